/// A rolling-origin evaluation: a model forecasts from successive origins, each time from the data up to the origin only.
///
/// Lengths are in base periods. An origin falls only at the end of an observation: if it would fall inside a
/// span, it moves to the end of that span.
public struct RollingOrigin: Sendable, Hashable, Codable {
  /// The part of the past that a model sees.
  public enum Window: Sendable, Hashable, Codable {
    /// Everything up to the origin.
    case expanding
    /// The observations that lie entirely within the given number of base periods up to the origin.
    case sliding(Int)
  }

  /// The number of base periods up to the first origin.
  public let initial: Int
  /// The number of base periods to forecast from each origin.
  public let horizon: Int
  /// The number of base periods from one origin to the next.
  public let step: Int
  /// The part of the past that a model sees.
  public let window: Window
  /// Parameters are re-estimated at every `refit`-th origin and kept fixed in between.
  public let refit: Int
  /// Whether to use origins whose horizon extends beyond the data.
  public let partialHorizons: Bool
  /// The probabilities whose quantiles are kept for interval and quantile metrics, in ascending order.
  public let probabilities: [Double]

  /// An evaluation from the origin after `initial` base periods on.
  ///
  /// Holding parameters (`refit` above 1) needs models whose fits can be updated; the others fail at the origins in
  /// between. A length below 1 or a probability outside (0, 1) is an error where the evaluation is used (`validate()`).
  public init(
    initial: Int, horizon: Int, step: Int = 1, window: Window = .expanding, refit: Int = 1,
    partialHorizons: Bool = false, probabilities: [Double] = standardProbabilities
  ) {
    self.initial = initial
    self.horizon = horizon
    self.step = step
    self.window = window
    self.refit = refit
    self.partialHorizons = partialHorizons
    self.probabilities = Set(probabilities).sorted()
  }

  /// Throws unless lengths are at least one period and probabilities lie strictly between 0 and 1.
  ///
  /// - Throws: `ForecastError.invalidOption`, which names the argument.
  public func validate() throws(ForecastError) {
    var lengths = [("initial", initial), ("horizon", horizon), ("step", step), ("refit", refit)]
    if case .sliding(let length) = window { lengths.append(("window", length)) }
    for (name, length) in lengths where length < 1 {
      throw .invalidOption(name: name, value: "\(length)", reason: "must be at least 1 period")
    }
    for probability in probabilities { try requireShare("probability", probability) }
  }

  private enum CodingKeys: String, CodingKey {
    case initial, horizon, step, window, refit, partialHorizons, probabilities
  }

  /// Decodes an evaluation, with the checks of the other initializer.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func length(_ key: CodingKeys) throws -> Int {
      let length = try container.decode(Int.self, forKey: key)
      guard length > 0 else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "must be at least one period")
      }
      return length
    }
    let window = try container.decode(Window.self, forKey: .window)
    if case .sliding(let length) = window, length < 1 {
      throw DecodingError.dataCorruptedError(
        forKey: .window, in: container, debugDescription: "must be at least one period")
    }
    let probabilities = try container.decode([Double].self, forKey: .probabilities)
    guard probabilities.allSatisfy({ $0 > 0 && $0 < 1 }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .probabilities, in: container, debugDescription: "must lie strictly between 0 and 1")
    }
    self.init(
      initial: try length(.initial), horizon: try length(.horizon), step: try length(.step), window: window,
      refit: try length(.refit), partialHorizons: try container.decode(Bool.self, forKey: .partialHorizons),
      probabilities: probabilities)
  }

  /// An origin: what was known then, and the outcomes.
  public struct Origin: Sendable, Equatable {
    /// The last base period known.
    public let period: Period
    /// The part of the series that a model sees.
    public let training: TimeSeries
    /// The observations with a value that end within the horizon.
    public let targets: [Observation]
  }

  /// Returns the origins that a series allows, in time order.
  ///
  /// - Throws: `ForecastError.tooFewPeriods` if there is none, and the errors of `validate()`.
  public func origins(of series: TimeSeries) throws(ForecastError) -> [Origin] {
    try validate()
    var origins: [Origin] = []
    let observations = series.observations
    var wanted = series.start + (initial - 1)
    for (k, observation) in observations.enumerated() where observation.span.last >= wanted {
      let end = observation.span.last
      guard partialHorizons || end + horizon <= series.end else { break }
      // This span uses up the steps that end inside it.
      if wanted <= end { wanted = wanted + (wanted.distance(to: end) / step + 1) * step }
      let targets = observations[(k + 1)...].prefix { $0.span.last <= end + horizon }
        .filter { $0.value != nil }
      guard !targets.isEmpty, let training = training(series, through: k) else { continue }
      origins.append(Origin(period: end, training: training, targets: targets))
    }
    guard !origins.isEmpty else {
      throw .tooFewPeriods(
        model: "Rolling origin", series: series.name,
        needed: initial.addingReportingOverflow(partialHorizons ? 1 : horizon).overflow
          ? .max : initial + (partialHorizons ? 1 : horizon),
        found: series.periodCount)
    }
    return origins
  }

  private func training(_ series: TimeSeries, through index: Int) -> TimeSeries? {
    guard let past = series.prefix(index + 1), case .sliding(let length) = window else {
      return series.prefix(index + 1)
    }
    return past.slice(from: past.end - (length - 1))
  }
}
