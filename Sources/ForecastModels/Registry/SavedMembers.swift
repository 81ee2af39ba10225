internal import Forecasting

// A fit that holds fits of any family reads and writes them by their formats, which `FittedModel` knows.

extension FittedAuto: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.auto", version: 2, oldest: 2)]

  /// The members' parameters and states with the last two cycles of the series, some twenty kilobytes at any length.
  var saved: SavedFields {
    tail(
      cycle: series.seasonalPeriod,
      behind: [
        "pool": pool, "substitute": substitute.map { FittedModel($0) }, "note": note, "origin": origin,
      ])
  }

  init(_ saved: SavedReader) throws {
    series = try saved.series
    pool = try saved.pool
    let read: FittedModel? = try saved.substitute
    substitute = read
    note = try saved.note
    origin = try saved.origin
    fitted = try saved.fitted
  }

  func requireSound() throws(UnsoundFit) {
    try requireTail(origin: origin)
    try require(
      pool?.isSound(after: origin.distance(to: series.end) + 1) ?? (substitute?.series.end == series.end),
      "pool", "does not go with the series")
  }
}

extension FittedCombination: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.combination", version: 1)]

  /// The members, each with its own last cycles, and the weights.
  var saved: SavedFields {
    [
      "name": name, "series": series.tail(cycle: series.seasonalPeriod),
      "members": members.map(FittedModel.init), "weights": weights, "isMedian": isMedian,
      "failures": failures,
    ]
  }

  init(_ saved: SavedReader) throws {
    let read: [FittedModel] = try saved.members
    self.init(
      name: try saved.name, series: try saved.series, members: read, weights: try saved.weights,
      isMedian: try saved.isMedian, failures: try saved.failures)
  }

  func requireSound() throws(UnsoundFit) {
    try require(
      !members.isEmpty && members.allSatisfy { $0.series.end == series.end }, "members",
      "do not end with the series")
    try require(
      members.count == weights.count && weights.allSatisfy { (0...1).contains($0) }
        && abs(weights.reduce(0, +) - 1) < 1e-9, "weights", "are not those of the members")
  }
}
