internal import Forecasting

private enum CodingKeys: String, CodingKey { case model, basis, series, optimum, solution }

extension KeyedEncodingContainer<CodingKeys> {
  /// Writes the series estimated on, and the one that forecasts follow where that is another.
  fileprivate mutating func encode(basis: TimeSeries, series: TimeSeries) throws {
    try encode(basis, forKey: .basis)
    if series != basis { try encode(series, forKey: .series) }
  }
}

extension KeyedDecodingContainer<CodingKeys> {
  /// A fit made of the series estimated on and brought to the end of the one that forecasts follow.
  fileprivate func fit<Fit: UpdatableForecaster>(
    _ make: (TimeSeries) throws -> Fit
  ) throws -> Fit {
    do {
      let fit = try make(try decode(TimeSeries.self, forKey: .basis))
      guard let series = try decodeIfPresent(TimeSeries.self, forKey: .series) else { return fit }
      return try fit.updated(to: series)
    } catch let error as ForecastError {
      throw DecodingError.dataCorruptedError(forKey: .basis, in: self, debugDescription: "\(error)")
    }
  }

  /// The optimum of a model with so many parameters.
  fileprivate func optimum(of count: Int) throws -> CurveOptimum {
    let optimum = try decode(CurveOptimum.self, forKey: .optimum)
    guard optimum.fits(count) else {
      throw DecodingError.dataCorruptedError(
        forKey: .optimum, in: self, debugDescription: "has not the \(count) parameters of the model")
    }
    return optimum
  }
}

extension FittedExponentialGrowth: Codable {
  static let envelope = ModelEnvelope("foresight.exponential-growth", version: 1)

  /// Writes the solution and the series estimated on, some twenty bytes an observation.
  public func encode(to encoder: any Encoder) throws {
    try FittedExponentialGrowth.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
    try container.encode(basis: basis, series: series)
    try container.encode(solution, forKey: .solution)
  }

  /// Reads a curve; its forecasts are those of the one written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no curve.
  public init(from decoder: any Decoder) throws {
    try FittedExponentialGrowth.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let model = try container.decode(ExponentialGrowth.self, forKey: .model)
    let solution = try container.decode(ExponentialKernel.Solution.self, forKey: .solution)
    self = try container.fit { basis in
      let sample = try GrowthSample(basis, noise: model.noise, model: model.name, needed: 3)
      return try model.fitted(to: basis, sample, solution)
    }
  }
}

extension FittedSaturatingGrowth where Model: CurveModel {
  static var envelope: ModelEnvelope { ModelEnvelope(Model.format, version: 1) }
}

extension FittedSaturatingGrowth: Codable {
  /// Writes the parameters and the series estimated on, some twenty bytes an observation.
  public func encode(to encoder: any Encoder) throws {
    if let model = Model.self as? any CurveModel.Type {
      try ModelEnvelope(model.format, version: 1).write(to: encoder)
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
    try container.encode(basis: basis, series: series)
    try container.encode(curve.optimum, forKey: .optimum)
  }

  /// Reads a curve; its forecasts are those of the one written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no curve.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let model = try container.decode(Model.self, forKey: .model)
    guard let curved = model as? any CurveModel else {
      throw DecodingError.dataCorruptedError(
        forKey: .model, in: container, debugDescription: "is no curve of this library")
    }
    let kind = type(of: curved)
    try ModelEnvelope(kind.format, version: 1).check(decoder)
    let optimum = try container.optimum(of: curved.parameterCount)
    self = try container.fit { basis in
      FittedSaturatingGrowth(
        model: model, series: basis, curve: try curved.curve(of: basis, at: optimum),
        capacityName: kind.capacityName, limit: kind.limit)
    }
  }
}

extension FittedRampToCapacity: Codable {
  static let envelope = ModelEnvelope("foresight.ramp-to-capacity", version: 1)

  /// Writes the parameters and the series estimated on, some twenty bytes an observation.
  public func encode(to encoder: any Encoder) throws {
    try FittedRampToCapacity.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
    try container.encode(basis: basis, series: series)
    try container.encode(fit.optimum, forKey: .optimum)
  }

  /// Reads a ramp; its forecasts are those of the one written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no ramp.
  public init(from decoder: any Decoder) throws {
    try FittedRampToCapacity.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let model = try container.decode(RampToCapacity.self, forKey: .model)
    guard model.capacity.map({ $0 > 0 }) ?? true else {
      throw DecodingError.dataCorruptedError(
        forKey: .model, in: container, debugDescription: "has a capacity that is not positive")
    }
    let optimum = try container.optimum(
      of: 1 + (model.capacity == nil ? 1 : 0) + (model.start == nil ? 1 : 0))
    self = try container.fit { try model.fitted(to: $0, at: optimum) }
  }
}
