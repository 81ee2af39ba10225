internal import Forecasting

// A fit that holds fits of any family reads and writes them by their formats, which `FittedModel` knows.

extension FittedTemporalBlend: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.temporal-blend", version: 1)]

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

extension FittedAuto: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.auto", version: 3, oldest: 2)]

  /// A member as it is written.
  private struct SavedMember: Codable {
    let fit: FittedModel
    let weight: Double
    let error: Double?
  }

  /// The members, each with what it keeps of itself, and their weights.
  var saved: SavedFields {
    [
      "series": series.tail(cycle: series.seasonalPeriod),
      "members": members.map {
        SavedMember(fit: FittedModel($0.fit), weight: $0.weight, error: $0.error)
      },
      "failures": failures, "lower": bounds.lowerBound, "upper": bounds.upperBound,
      "reachLower": reach.lowerBound, "reachUpper": reach.upperBound, "width": width,
      "floor": floor, "end": end, "isMean": isMean, "heldBack": heldBack, "cycles": cycles, "notes": notes,
    ]
  }

  /// The fit of version 3; version 2 was the temporal blend alone.
  init(_ saved: SavedReader) throws {
    let limit = Double.greatestFiniteMagnitude
    guard saved.version > 2 else {
      let blend = try FittedTemporalBlend(saved)
      try blend.requireSound()
      self.init(
        series: blend.series, members: [Member(fit: blend, weight: 1, error: nil)], failures: [],
        bounds: -limit...limit, reach: -limit...limit, width: 1, floor: 0, end: nil, isMean: true,
        heldBack: 0,
        cycles: [],
        notes: [])
      return
    }
    let members: [SavedMember] = try saved.members
    let lower: Double = try saved.lower
    let upper: Double = try saved.upper
    try require(lower < upper, "lower", "is not below the upper bound")
    let least: Double = try saved.reachLower
    let most: Double = try saved.reachUpper
    try require(least <= most, "reachLower", "is above the upper end")
    self.init(
      series: try saved.series,
      members: members.map { Member(fit: $0.fit.model, weight: $0.weight, error: $0.error) },
      failures: try saved.failures, bounds: lower...upper, reach: least...most, width: try saved.width,
      floor: try saved.floor,
      end: try saved.end, isMean: try saved.isMean, heldBack: try saved.heldBack, cycles: try saved.cycles,
      notes: try saved.notes)
  }

  func requireSound() throws(UnsoundFit) {
    try require(
      !members.isEmpty && members.allSatisfy { $0.fit.series.end == series.end }, "members",
      "do not end with the series")
    try require(
      members.allSatisfy { (0...1).contains($0.weight) }
        && abs(members.reduce(0) { $0 + $1.weight } - 1) < 1e-9, "members",
      "have weights that do not sum to 1")
    try require(width >= 0 && width.isFinite, "width", "is not a factor")
    try require(floor >= 0 && floor.isFinite, "floor", "is not a deviation")
    try require(
      end.map { areFinite([$0.value, $0.expected]) && (0...1).contains($0.share) } ?? true, "end",
      "is not a value")
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
