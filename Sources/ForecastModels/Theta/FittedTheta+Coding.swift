internal import Forecasting

extension FittedTheta: Codable {
  static let envelope = ModelEnvelope("foresight.theta", version: 1)

  private enum CodingKeys: String, CodingKey {
    case name, form, parameters, weight, variance, degreesOfFreedom, squares, logLikelihood, status,
      evaluations
    case observedCount, origin, season, scale, centre, initialState, state, nudged, uncertainty, series,
      fitted
  }

  /// Writes the model with the last two cycles of its series (24 observations at least), a few kilobytes.
  public func encode(to encoder: any Encoder) throws {
    try FittedTheta.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    let tail = series.tail(cycle: seasonalPeriod)
    try container.encode(name, forKey: .name)
    try container.encode(form, forKey: .form)
    try container.encode(parameters, forKey: .parameters)
    try container.encode(weight, forKey: .weight)
    try container.encode(variance, forKey: .variance)
    try container.encode(degreesOfFreedom, forKey: .degreesOfFreedom)
    try container.encode(squares, forKey: .squares)
    try container.encodeIfPresent(logLikelihood, forKey: .logLikelihood)
    try container.encode(status, forKey: .status)
    try container.encode(evaluations, forKey: .evaluations)
    try container.encode(observedCount, forKey: .observedCount)
    try container.encode(origin, forKey: .origin)
    try container.encode(season, forKey: .season)
    try container.encode(scale, forKey: .scale)
    try container.encode(centre, forKey: .centre)
    try container.encode(initialState, forKey: .initialState)
    try container.encode(state, forKey: .state)
    try container.encode(nudged, forKey: .nudged)
    try container.encode(uncertainty, forKey: .uncertainty)
    try container.encode(tail, forKey: .series)
    try container.encode(Array(fitted.suffix(tail.count)), forKey: .fitted)
  }

  /// Reads a model, whose series is the part that was kept; its forecasts are those of the model written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no model.
  public init(from decoder: any Decoder) throws {
    try FittedTheta.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    form = try container.decode(ThetaForm.self, forKey: .form)
    parameters = try container.decode(ThetaParameters.self, forKey: .parameters)
    weight = try container.decode(Double.self, forKey: .weight)
    variance = try container.decode(Double.self, forKey: .variance)
    degreesOfFreedom = try container.decode(Double.self, forKey: .degreesOfFreedom)
    squares = try container.decode(Double.self, forKey: .squares)
    logLikelihood = try container.decodeIfPresent(Double.self, forKey: .logLikelihood)
    status = try container.decode(ThetaStatus.self, forKey: .status)
    evaluations = try container.decode(Int.self, forKey: .evaluations)
    observedCount = try container.decode(Int.self, forKey: .observedCount)
    origin = try container.decode(Period.self, forKey: .origin)
    season = try container.decode(SeasonalAdjustment.self, forKey: .season)
    scale = try container.decode(Double.self, forKey: .scale)
    centre = try container.decode(Double.self, forKey: .centre)
    initialState = try container.decode(ThetaState.self, forKey: .initialState)
    state = try container.decode(ThetaState.self, forKey: .state)
    nudged = try container.decode(ThetaNudge.self, forKey: .nudged)
    uncertainty = try container.decode(ThetaUncertainty.self, forKey: .uncertainty)
    series = try container.decode(TimeSeries.self, forKey: .series)
    fitted = try container.decode([Double?].self, forKey: .fitted)
    func require(_ holds: Bool, _ key: CodingKeys, _ text: String) throws {
      guard holds else {
        throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: text)
      }
    }
    try require(variance >= 0 && degreesOfFreedom >= 1, .variance, "is no variance")
    try require(scale > 0, .scale, "is no unit")
    try require(season.indices.count == season.errors.count, .season, "has an index without an error")
    try require(uncertainty.factor.count == 9, .uncertainty, "is not that of three parameters")
    try require(fitted.count == series.count, .fitted, "has another length than the series")
    try require(series.frequency == origin.frequency, .origin, "has another frequency than the series")
  }
}
