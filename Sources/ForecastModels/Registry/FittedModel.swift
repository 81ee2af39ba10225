public import Forecasting

/// A fitted model of whatever family: what a file of an encoded model holds.
///
/// Its JSON is that of the model inside, so that a fit written as itself is read as a `FittedModel` and the other way round.
public struct FittedModel: FittedForecaster {
  /// The model itself.
  public let model: any FittedForecaster

  /// A fitted model with its family forgotten.
  public init(_ model: any FittedForecaster) { self.model = (model as? FittedModel)?.model ?? model }

  /// The model's name.
  public var name: String { model.name }
  /// The series that was fitted.
  public var series: TimeSeries { model.series }
  /// The model's fitted values.
  public var fitted: [Double?] { model.fitted }
  /// Whether the model inside has converged.
  public var hasConverged: Bool { model.hasConverged }
  /// The model's summary.
  public var summary: FitSummary { model.summary }

  /// The seed of the model inside.
  public var seed: UInt64 { model.seed }
  /// Whether the model inside uses external variables.
  public var usesRegressors: Bool { model.usesRegressors }
  /// Whether the model inside follows later observations.
  public var followsObservations: Bool { model.followsObservations }

  /// The distribution of the model inside.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    try model.distribution(horizon, regressors: regressors)
  }

  /// What the model inside takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { model.valuesTaken(from: series) }

  /// The model's state on later data, its parameters held.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedModel {
    FittedModel(try model.updated(to: series, regressors: regressors))
  }

  /// The model with later observations taken in, at its own cost.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> FittedModel {
    FittedModel(try model.appending(observations, regressors: regressors))
  }
}

extension FittedModel: Codable {
  /// The types of fit by the formats that they are written in: those of the models in the registry.
  private static let formats: [String: any SavedFit.Type] = Registry.models.reduce(into: [:]) {
    formats, model in
    guard let type = model.fittedType as? any SavedFit.Type else { return }
    for envelope in type.envelopes { formats[envelope.format] = type }
  }

  private enum CodingKeys: String, CodingKey { case format }

  /// Writes the model inside.
  ///
  /// - Throws: `EncodingError` for a model that has no encoded form.
  public func encode(to encoder: any Encoder) throws {
    guard let model = model as? any Encodable else {
      throw EncodingError.invalidValue(
        model,
        EncodingError.Context(
          codingPath: encoder.codingPath, debugDescription: "\(name) cannot be encoded"))
    }
    try model.encode(to: encoder)
  }

  /// Reads a model of the family that the format names.
  ///
  /// - Throws: `DecodingError` for an unknown format, and what the family's reader throws.
  public init(from decoder: any Decoder) throws {
    // A wrapper around a wrapper goes a level deeper each; no fit goes this deep.
    guard decoder.codingPath.count < 64 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: [], debugDescription: "is nested too deeply"))
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let format = try container.decode(String.self, forKey: .format)
    guard let family = FittedModel.formats[format] else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: container, debugDescription: "\(format) is not the format of a fitted model")
    }
    model = try family.init(from: decoder)
  }
}
