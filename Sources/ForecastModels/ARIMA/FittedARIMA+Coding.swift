internal import Forecasting

extension FittedARIMA: Codable {
  static let envelope = ModelEnvelope("foresight.arima", version: 2)

  /// Writes estimates and state with the last two cycles of the series, some kilobytes whatever its length.
  public func encode(to encoder: any Encoder) throws { try write(FittedARIMA.envelope, to: encoder) }

  /// Reads a model; its forecasts are those of the model written (version 1 is run over its series).
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no model.
  public init(from decoder: any Decoder) throws { try self.init(FittedARIMA.envelope, from: decoder) }

  private enum CodingKeys: String, CodingKey {
    case order, hasConstant, coefficients, estimates, convergence, logLikelihood, effectiveCount, origin,
      series,
      fitted, state
  }

  func write(_ envelope: ModelEnvelope, to encoder: any Encoder) throws {
    try envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(order, forKey: .order)
    try container.encode(hasConstant, forKey: .hasConstant)
    try container.encode(coefficients, forKey: .coefficients)
    try container.encode(estimates, forKey: .estimates)
    try container.encode(convergence, forKey: .convergence)
    try container.encodeIfPresent(logLikelihood, forKey: .logLikelihood)
    try container.encode(effectiveCount, forKey: .effectiveCount)
    try container.encode(origin, forKey: .origin)
    let tail = series.tail(cycle: order.period)
    try container.encode(tail, forKey: .series)
    try container.encode(Array(fitted.suffix(tail.count)), forKey: .fitted)
    try container.encode(state, forKey: .state)
  }

  init(_ envelope: ModelEnvelope, from decoder: any Decoder) throws {
    let version = try envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func require(_ holds: Bool, _ key: CodingKeys, _ text: String) throws {
      guard holds else {
        throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: text)
      }
    }
    let order = try container.decode(ARIMAOrder.self, forKey: .order)
    let hasConstant = try container.decode(Bool.self, forKey: .hasConstant)
    let coefficients = try container.decode(ARIMACoefficients.self, forKey: .coefficients)
    let estimates = try container.decode(ARIMAEstimates.self, forKey: .estimates)
    let convergence = try container.decode(ARIMAConvergence.self, forKey: .convergence)
    let series = try container.decode(TimeSeries.self, forKey: .series)
    let seasonal = [order.seasonalAR, order.seasonalDifference, order.seasonalMA]
    let orders = [order.ar, order.difference, order.ma] + seasonal
    try require(orders.allSatisfy { (0...1000).contains($0) }, .order, "has orders that are none")
    try require(
      order.period > 1 || (order.period == 1 && seasonal == [0, 0, 0]), .order,
      "has a season without a period")
    try require(
      !hasConstant || order.difference + order.seasonalDifference <= 1, .hasConstant,
      "does not go with two differences")
    let given = [coefficients.ar, coefficients.ma, coefficients.seasonalAR, coefficients.seasonalMA]
    try require(
      given.map(\.count) == [order.ar, order.ma, order.seasonalAR, order.seasonalMA], .coefficients,
      "are not those of ARIMA\(order)")
    try require(estimates.fits(order), .estimates, "are not those of ARIMA\(order)")
    guard version > 1 || envelope.format != FittedARIMA.envelope.format else {
      do throws(ForecastError) {
        let sample = try ARIMASample(
          series, model: ARIMA.name(order, hasConstant: hasConstant), difference: order.difference,
          seasonalDifference: order.seasonalDifference, period: order.period)
        try self.init(
          series: series, objective: ARIMAObjective(sample, order: order, hasConstant: hasConstant),
          coefficients: coefficients, partials: nil, covariance: nil, convergence: convergence,
          spread: estimates.spread, estimates: estimates, logLikelihood: nil, effectiveCount: nil)
      } catch {
        throw DecodingError.dataCorruptedError(forKey: .series, in: container, debugDescription: "\(error)")
      }
      return
    }
    let origin = try container.decode(Period.self, forKey: .origin)
    let fitted = try container.decode([Double?].self, forKey: .fitted)
    let state = try container.decode(ARIMAState.self, forKey: .state)
    try require(fitted.count == series.count, .fitted, "are not those of the series")
    try require(
      origin.frequency == series.frequency && origin.distance(to: series.end) + 1 == state.length, .origin,
      "is not that of the state")
    try require(
      state.fits(order, hasConstant: hasConstant) && estimates.regression.count == state.names.count, .state,
      "is none of ARIMA\(order)")
    self.init(
      order: order, hasConstant: hasConstant, coefficients: coefficients, estimates: estimates,
      convergence: convergence,
      logLikelihood: try container.decodeIfPresent(Double.self, forKey: .logLikelihood),
      effectiveCount: try container.decode(Int.self, forKey: .effectiveCount), origin: origin,
      series: series, fitted: fitted, state: state)
  }
}

extension ARIMAEstimates {
  /// Whether the lists have the lengths of an order's.
  func fits(_ order: ARIMAOrder) -> Bool {
    variance >= 0 && degreesOfFreedom >= 1 && standardErrors.count == order.armaCount
      && partials.map { $0.count == order.armaCount } ?? directions.isEmpty
      && directions.allSatisfy { $0.count == order.armaCount }
  }
}
