public import Forecasting

/// A fitted model with external variables of whatever family: what a file of an encoded one holds.
///
/// Its JSON is that of the model inside, as with `FittedModel`.
public struct FittedExplanatoryModel: FittedWithRegressors {
  /// The model itself.
  public let model: any FittedWithRegressors

  /// A fitted model with its family forgotten.
  public init(_ model: any FittedWithRegressors) {
    self.model = (model as? FittedExplanatoryModel)?.model ?? model
  }

  /// The model's name.
  public var name: String { model.name }
  /// The series that forecasts follow.
  public var series: TimeSeries { model.series }
  /// The model's fitted values.
  public var fitted: [Double?] { model.fitted }
  /// The model's summary.
  public var summary: FitSummary { model.summary }

  /// The model's forecast, given the variables over the horizon.
  public func forecast(_ horizon: Int, future: Regressors) throws(ForecastError) -> Forecast {
    try model.forecast(horizon, future: future)
  }

  /// What the model inside takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { model.valuesTaken(from: series) }

  /// The model's state on later data, its parameters held.
  public func updated(
    to series: TimeSeries, regressors: Regressors
  ) throws(ForecastError) -> FittedExplanatoryModel {
    FittedExplanatoryModel(try model.updated(to: series, regressors: regressors))
  }
}

extension FittedExplanatoryModel: Codable {
  private static let families: [String: any (FittedWithRegressors & Codable).Type] = [
    FittedExplanatoryRegression.envelope.format: FittedExplanatoryRegression.self,
    FittedExplanatoryARIMA.envelope.format: FittedExplanatoryARIMA.self,
  ]

  private enum CodingKeys: String, CodingKey { case format }

  /// Whether a format is that of a model with external variables.
  public static func reads(_ format: String) -> Bool { families[format] != nil }

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
    guard let family = FittedExplanatoryModel.families[format] else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: container, debugDescription: "\(format) is no format of such a model")
    }
    model = try family.init(from: decoder)
  }
}
