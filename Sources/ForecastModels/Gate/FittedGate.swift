public import Forecasting
internal import ForesightNumerics

/// A series as the gate's network sees it.
public struct FittedGate: FittedForecaster {
  /// The name of the model.
  public let name: String
  /// The fitted series, with new observations if there are any.
  public internal(set) var series: TimeSeries
  /// None: the network forecasts only what comes after the series.
  public internal(set) var fitted: [Double?] = []
  let origin: Period
  let model: Gate
  /// The base periods in each cycle, shortest first.
  let cycles: [Int]
  /// The values since the origin; NaN where missing.
  private(set) var values: [Double] = []
  private var bounds = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  /// What the network sees.
  private(set) var view = GateView.empty

  /// A fit that has seen no value.
  init(name: String, series: TimeSeries, model: Gate, cycles: [Int]) {
    self.name = name
    self.series = series
    self.model = model
    self.cycles = cycles
    origin = series.start
  }

  /// The 64-bit FNV-1a hash of the network's weights, in hexadecimal digits.
  public static var weights: String { GateWeights.hash }

  /// The joint distribution of the next base periods.
  ///
  /// Each step has the seven quantiles of the network, a smooth curve between them and tails beyond; a normal copula joins the steps.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let knots = view.quantiles(horizon)
    if let step = knots.firstIndex(where: { !areFinite($0) }) {
      throw .notFinite(model: name, series: series.name, span: PeriodSpan(series.end + (step + 1)))
    }
    if knots.allSatisfy({ $0[0] == $0[6] }) {
      return try numerics { () throws(NumericsError) in
        try JointStudentT(
          location: knots.map { $0[3] }, loadings: Matrix(rows: horizon, columns: 0, repeating: 0),
          own: [Double](repeating: 0, count: horizon))
      }
    }
    let persistence = view.state.persistence
    let law = try numerics { () throws(NumericsError) in
      try GateDistribution(knots, share: persistence.share, decay: persistence.decay)
    }
    let limit = Double.greatestFiniteMagnitude
    guard bounds.lowerBound > -limit || bounds.upperBound < limit else { return law }
    return CensoredDistribution(law, bounds: bounds)
  }

  /// True: nothing is estimated.
  public var hasConverged: Bool { true }

  /// The cycles, and the hash of the weights.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    let cycle = view.state.subject.cycle
    let longer = view.state.subject.longer
    summary.notes.append(
      cycle > 1
        ? "cycles: \(cycle)\(longer > 0 ? " and \(longer)" : "") periods" : "no cycle comes twice")
    if view.state.exactChange != nil {
      summary.notes.append("the series repeats its seasonal differences exactly")
    }
    if let end = view.end {
      summary.notes.append(
        "the last value, \(end.value), lies far outside what the series before it says, \(end.expected): it is believed half"
      )
    }
    summary.notes.append("nothing is estimated; weights \(GateWeights.hash)")
    return summary
  }
}

extension FittedGate: StatefulFit {
  mutating func restart() { values = [] }

  /// The view of all values, old and new.
  ///
  /// Cost: O(n).
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    bounds = try model.domain.bounds(of: series, model: name)
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      values.append(observation.value ?? .nan)
      fitted.append(nil)
    }
    let sample = ScaledSample(values)
    guard sample.observed >= 3 else {
      throw .tooFewObservations(model: name, series: series.name, needed: 3, found: sample.observed)
    }
    guard sample.scale > 0x1p-480, sample.scale < 0x1p480 else {
      throw .numerics(
        model: name, series: series.name,
        .outsideRange(name: "mean of |y|", value: sample.scale, lower: 0x1p-480, upper: 0x1p480))
    }
    view = GateView(sample, cycles: cycles)
  }
}

extension FittedGate: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.gate", version: 1)]

  /// The options, the series, the hash of the weights, and values that differ from those of the series.
  var saved: SavedFields {
    let kept = values.map { $0.isNaN ? nil : $0 }
    return [
      "name": name, "series": series, "periods": model.seasonalPeriods, "domain": model.domain,
      "cycles": cycles, "origin": origin, "values": kept == series.values ? nil : kept,
      "weights": GateWeights.hash,
    ]
  }

  init(_ saved: SavedReader) throws {
    let weights: String = try saved.weights
    guard weights == GateWeights.hash else {
      throw UnsoundFit(
        key: "weights", reason: "\(weights) are not those of this program, \(GateWeights.hash): fit again")
    }
    name = try saved.name
    series = try saved.series
    origin = try saved.origin
    cycles = try saved.cycles
    model = Gate(seasonalPeriods: try saved.periods, domain: try saved.domain)
    let kept: [Double?]? = try saved.values
    values = (kept ?? series.values).map { $0 ?? .nan }
    try model.validate()
    try require(
      cycles.allSatisfy { (2...1_000_000).contains($0) } && cycles == cycles.sorted(), "cycles",
      "are not cycles in order")
    try require(
      origin.frequency == series.frequency && origin <= series.end
        && origin.distance(to: series.end) == values.count - 1, "origin",
      "is not the period of the first value")
    fitted = [Double?](repeating: nil, count: series.count)
    try require(!series.hasSpans, "series", "has observations of several periods")
    try take([], from: values.count)
  }
}
