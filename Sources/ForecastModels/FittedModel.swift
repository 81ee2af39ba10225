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
  /// The model's summary.
  public var summary: FitSummary { model.summary }

  /// The model's forecast.
  public func forecast(_ horizon: Int) -> Forecast { model.forecast(horizon) }
}

extension FittedModel: UpdatableForecaster {
  /// Whether the model inside follows them.
  public var followsObservations: Bool {
    (model as? any UpdatableForecaster)?.followsObservations ?? false
  }

  /// What the model inside takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    (model as? any UpdatableForecaster)?.valuesTaken(from: series) ?? .none
  }

  /// The model's state on later data, its parameters held.
  ///
  /// - Throws: `ForecastError.invalidOption` for a model that cannot hold its parameters, and what the model throws.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedModel {
    FittedModel(try updatable.updated(to: series))
  }

  /// The model with later observations taken in, at its own cost.
  ///
  /// - Throws: as `updated(to:)`, and `ForecastError.data` for observations that do not follow the series.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedModel {
    FittedModel(try updatable.appending(observations))
  }

  private var updatable: any UpdatableForecaster {
    get throws(ForecastError) {
      guard let updatable = model as? any UpdatableForecaster else {
        throw .invalidOption(
          name: "update", value: name, reason: "cannot hold its parameters on later data")
      }
      return updatable
    }
  }
}

extension FittedModel: Codable {
  /// The families that can be read, by the format they are written in.
  private static let families: [String: any (FittedForecaster & Codable).Type] = [
    FittedRandomWalk.envelope.format: FittedRandomWalk.self,
    FittedMean.envelope.format: FittedMean.self,
    FittedSeasonalNaive.envelope.format: FittedSeasonalNaive.self,
    FittedETS.envelope.format: FittedETS.self,
    FittedCES.envelope.format: FittedCES.self,
    FittedTheta.envelope.format: FittedTheta.self,
    FittedARIMA.envelope.format: FittedARIMA.self,
    FittedLinearRegression.envelope.format: FittedLinearRegression.self,
    FittedExponentialGrowth.envelope.format: FittedExponentialGrowth.self,
    FittedSaturatingGrowth<LogisticGrowth>.envelope.format: FittedSaturatingGrowth<LogisticGrowth>.self,
    FittedSaturatingGrowth<GompertzGrowth>.envelope.format: FittedSaturatingGrowth<GompertzGrowth>.self,
    FittedSaturatingGrowth<RichardsGrowth>.envelope.format: FittedSaturatingGrowth<RichardsGrowth>.self,
    FittedSaturatingGrowth<BassGrowth>.envelope.format: FittedSaturatingGrowth<BassGrowth>.self,
    FittedRampToCapacity.envelope.format: FittedRampToCapacity.self,
    FittedIntermittentDemand.envelope.format: FittedIntermittentDemand.self,
    FittedCombination.envelope.format: FittedCombination.self,
    FittedAuto.envelope.format: FittedAuto.self,
    FittedDecomposed<FittedModel>.envelope.format: FittedDecomposed<FittedModel>.self,
    FittedTransformed<FittedModel>.envelope.format: FittedTransformed<FittedModel>.self,
    FittedConformal<FittedModel>.envelope.format: FittedConformal<FittedModel>.self,
    FittedBootstrap<FittedModel>.envelope.format: FittedBootstrap<FittedModel>.self,
  ]

  private enum CodingKeys: String, CodingKey { case format }

  /// Writes the model inside.
  ///
  /// - Throws: `EncodingError` for a model that has no encoded form.
  public func encode(to encoder: any Encoder) throws {
    guard let model = model as? any Encodable else {
      throw EncodingError.invalidValue(
        model,
        EncodingError.Context(
          codingPath: encoder.codingPath, debugDescription: "\(name) has no encoded form"))
    }
    try model.encode(to: encoder)
  }

  /// Reads a model of the family that the format names.
  ///
  /// - Throws: `DecodingError` for an unknown format, and what the family's reader throws.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let format = try container.decode(String.self, forKey: .format)
    guard let family = FittedModel.families[format] else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: container, debugDescription: "\(format) is no format of a fitted model")
    }
    model = try family.init(from: decoder)
  }
}
