internal import Forecasting

extension FittedCES: Codable {
  static let envelope = ModelEnvelope("foresight.ces", version: 1)

  private enum CodingKeys: String, CodingKey {
    case name, form, gains, variance, degreesOfFreedom, logLikelihood, status, evaluations, observedCount
    case seasonalPeriod, origin, scale, initialState, state, uncertainty, series, fitted
  }

  /// Writes the model with the last two cycles of its series (24 observations at least).
  public func encode(to encoder: any Encoder) throws {
    try FittedCES.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    let tail = series.tail(cycle: seasonalPeriod)
    try container.encode(name, forKey: .name)
    try container.encode(form, forKey: .form)
    try container.encode(gains, forKey: .gains)
    try container.encode(variance, forKey: .variance)
    try container.encode(degreesOfFreedom, forKey: .degreesOfFreedom)
    try container.encodeIfPresent(logLikelihood, forKey: .logLikelihood)
    try container.encode(status, forKey: .status)
    try container.encode(evaluations, forKey: .evaluations)
    try container.encode(observedCount, forKey: .observedCount)
    try container.encode(seasonalPeriod, forKey: .seasonalPeriod)
    try container.encode(origin, forKey: .origin)
    try container.encode(scale, forKey: .scale)
    try container.encode(initialState, forKey: .initialState)
    try container.encode(state, forKey: .state)
    try container.encode(uncertainty, forKey: .uncertainty)
    try container.encode(tail, forKey: .series)
    try container.encode(Array(fitted.suffix(tail.count)), forKey: .fitted)
  }

  /// Reads a model, whose series is the part that was kept; its forecasts are those of the model written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no model.
  public init(from decoder: any Decoder) throws {
    try FittedCES.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    form = try container.decode(CESForm.self, forKey: .form)
    gains = try container.decode([Double].self, forKey: .gains)
    variance = try container.decode(Double.self, forKey: .variance)
    degreesOfFreedom = try container.decode(Double.self, forKey: .degreesOfFreedom)
    logLikelihood = try container.decodeIfPresent(Double.self, forKey: .logLikelihood)
    status = try container.decode(CESStatus.self, forKey: .status)
    evaluations = try container.decode(Int.self, forKey: .evaluations)
    observedCount = try container.decode(Int.self, forKey: .observedCount)
    seasonalPeriod = try container.decode(Int.self, forKey: .seasonalPeriod)
    origin = try container.decode(Period.self, forKey: .origin)
    scale = try container.decode(Double.self, forKey: .scale)
    initialState = try container.decode(CESState.self, forKey: .initialState)
    state = try container.decode(CESState.self, forKey: .state)
    uncertainty = try container.decode([[Double]].self, forKey: .uncertainty)
    series = try container.decode(TimeSeries.self, forKey: .series)
    fitted = try container.decode([Double?].self, forKey: .fitted)
    func require(_ holds: Bool, _ key: CodingKeys, _ text: String) throws {
      guard holds else {
        throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: text)
      }
    }
    try require(
      gains.count == form.gainCount && gains.allSatisfy(\.isFinite), .gains, "are not those of the form")
    try require(variance >= 0 && variance.isFinite && degreesOfFreedom >= 1, .variance, "is no variance")
    try require(scale > 0 && scale.isFinite, .scale, "is no unit")
    try require(
      seasonalPeriod == 1 || form.isSeasonal && seasonalPeriod > 1, .seasonalPeriod, "is not the form's")
    try require(state.fits(form, cycle: seasonalPeriod), .state, "is not one of the form")
    try require(initialState.fits(form, cycle: seasonalPeriod), .initialState, "is not one of the form")
    try require(
      uncertainty.allSatisfy { $0.count == gains.count + 2 && $0.allSatisfy(\.isFinite) }, .uncertainty,
      "is not that of the gains")
    try require(fitted.count == series.count, .fitted, "has another length than the series")
    try require(series.frequency == origin.frequency, .origin, "has another frequency than the series")
  }
}

extension CESState {
  /// Whether this is a state of a form: finite, a pair or an index for each period of the cycle.
  func fits(_ form: CESForm, cycle: Int) -> Bool {
    let seasonal = form.isSeasonal ? cycle : 0
    let lanes = [level, potential] + seasonLevels + seasonPotentials
    return seasonLevels.count == seasonal && seasonPotentials.count == (form == .partial ? 0 : seasonal)
      && (place == 0 || (1..<max(seasonal, 1)).contains(place))
      && lanes.allSatisfy { lane in lane.indices.allSatisfy { lane[$0].isFinite } }
  }
}
