internal import Forecasting

extension FittedARIMA: Codable {
  static let envelope = ModelEnvelope("foresight.arima", version: 1)

  private enum CodingKeys: String, CodingKey {
    case order, hasConstant, coefficients, estimates, convergence, series
  }

  /// Writes the estimates and the series, some twenty bytes an observation: the state after it follows from both.
  public func encode(to encoder: any Encoder) throws {
    try FittedARIMA.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(order, forKey: .order)
    try container.encode(hasConstant, forKey: .hasConstant)
    try container.encode(coefficients, forKey: .coefficients)
    try container.encode(estimates, forKey: .estimates)
    try container.encode(convergence, forKey: .convergence)
    try container.encode(series, forKey: .series)
  }

  /// Reads a model and runs it over its series: its forecasts are those of the model written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no model.
  public init(from decoder: any Decoder) throws {
    try FittedARIMA.envelope.check(decoder)
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
    do throws(ForecastError) {
      let sample = try ARIMASample(
        series, model: ARIMA.name(order, hasConstant: hasConstant), difference: order.difference,
        seasonalDifference: order.seasonalDifference, period: order.period)
      try self.init(
        series: series, objective: ARIMAObjective(sample, order: order, hasConstant: hasConstant),
        coefficients: coefficients, partials: nil, covariance: nil, convergence: convergence,
        holding: estimates)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .series, in: container, debugDescription: "\(error)")
    }
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
