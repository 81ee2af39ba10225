internal import Forecasting

extension FittedETS: Codable {
  static let envelope = ModelEnvelope("foresight.ets", version: 1)

  private enum CodingKeys: String, CodingKey {
    case form, seasonalPeriod, parameters, initialState, finalState, variance, logLikelihood
    case concentratedLogLikelihood, convergence, observedCount, uncertainty, lowerReach, upperReach, spread,
      origin
    case series, fitted
  }

  /// Writes the model with the last two cycles of its series (24 observations at least), a few kilobytes.
  public func encode(to encoder: any Encoder) throws {
    try FittedETS.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    let tail = series.tail(cycle: seasonalPeriod)
    try container.encode(form, forKey: .form)
    try container.encode(seasonalPeriod, forKey: .seasonalPeriod)
    try container.encode(parameters, forKey: .parameters)
    try container.encode(initialState, forKey: .initialState)
    try container.encode(finalState, forKey: .finalState)
    try container.encode(variance, forKey: .variance)
    try container.encode(logLikelihood, forKey: .logLikelihood)
    try container.encode(concentratedLogLikelihood, forKey: .concentratedLogLikelihood)
    try container.encode(convergence, forKey: .convergence)
    try container.encode(observedCount, forKey: .observedCount)
    try container.encode(uncertainty, forKey: .uncertainty)
    try container.encode(reach.lowerBound, forKey: .lowerReach)
    try container.encode(reach.upperBound, forKey: .upperReach)
    try container.encode(spread.innovation, forKey: .spread)
    try container.encode(origin, forKey: .origin)
    try container.encode(tail, forKey: .series)
    try container.encode(Array(fitted.suffix(tail.count)), forKey: .fitted)
  }

  /// Reads a model, whose series is the part that was kept; its forecasts are those of the model written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no model.
  public init(from decoder: any Decoder) throws {
    try FittedETS.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func fault(_ key: CodingKeys, _ text: String) -> DecodingError {
      DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: text)
    }
    form = try container.decode(ETSForm.self, forKey: .form)
    seasonalPeriod = try container.decode(Int.self, forKey: .seasonalPeriod)
    parameters = try container.decode(ETSParameters.self, forKey: .parameters)
    initialState = try container.decode(ETSState.self, forKey: .initialState)
    finalState = try container.decode(ETSState.self, forKey: .finalState)
    variance = try container.decode(Double.self, forKey: .variance)
    logLikelihood = try container.decodeIfPresent(Double.self, forKey: .logLikelihood)
    concentratedLogLikelihood = try container.decodeIfPresent(Double.self, forKey: .concentratedLogLikelihood)
    convergence = try container.decode(ETSConvergence.self, forKey: .convergence)
    observedCount = try container.decode(Int.self, forKey: .observedCount)
    uncertainty = try container.decode(ETSUncertainty.self, forKey: .uncertainty)
    let lower = try container.decode(Double.self, forKey: .lowerReach)
    let upper = try container.decode(Double.self, forKey: .upperReach)
    guard lower <= upper else { throw fault(.lowerReach, "lies above the upper one") }
    reach = lower...upper
    spread = Spread(try container.decode(Double.self, forKey: .spread))
    origin = try container.decode(Period.self, forKey: .origin)
    series = try container.decode(TimeSeries.self, forKey: .series)
    fitted = try container.decode([Double?].self, forKey: .fitted)
    let seasons = form.season == .none ? 0 : seasonalPeriod
    let rows = uncertainty.rank == 0 ? 0 : 6 + seasons
    guard seasonalPeriod >= 1, finalState.seasonal.count == seasons, initialState.seasonal.count == seasons
    else {
      throw fault(.finalState, "has no index for each of \(seasonalPeriod) periods")
    }
    guard variance >= 0, uncertainty.rank >= 0, uncertainty.degreesOfFreedom >= 1,
      uncertainty.factor.count == rows * uncertainty.rank
    else { throw fault(.uncertainty, "fits no model of form \(form)") }
    guard fitted.count == series.count else { throw fault(.fitted, "has another length than the series") }
  }
}
