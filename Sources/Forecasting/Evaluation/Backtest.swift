/// The result of a rolling-origin evaluation: each forecast with its outcome, and each failure.
public struct Backtest: Sendable, Equatable, Codable {
  /// A model that could not be fitted or forecast from an origin.
  public struct Failure: Sendable, Equatable, Codable {
    /// The name of the model.
    public let model: String
    /// The last base period that the model saw.
    public let origin: Period
    /// The reason.
    public let error: ForecastError
  }

  /// The name of the series.
  public let series: String
  /// The unit of the series.
  public let unit: String
  /// The design of the evaluation.
  public let design: RollingOrigin
  /// The models in the order given.
  public let models: [String]
  /// The last base period known at each origin.
  public let origins: [Period]
  /// Every forecast with its outcome, ordered by model, then origin, then time.
  public let outcomes: [ForecastOutcome]
  /// Every failure, ordered by model, then origin.
  public let failures: [Failure]
}

/// The value of a metric over a set of outcomes.
public struct Score: Sendable, Hashable, Codable {
  /// The metric.
  public let metric: Metric
  /// The value; `nil` if there is none (MAPE with a zero, MASE without a scale, no outcomes at all).
  public let value: Double?
  /// The number of outcomes.
  public let count: Int
}

/// Models compared by metrics, with the best by the first metric first.
public struct ScoreTable: Sendable, Hashable, Codable {
  /// The scores of one model.
  public struct Row: Sendable, Hashable, Codable {
    /// The name of the model.
    public let model: String
    /// One score per metric, in the order of the table.
    public let scores: [Score]
    /// The number of origins at which the model failed.
    public let failures: Int
  }

  /// The metrics, which are the columns.
  public let metrics: [Metric]
  /// The step ahead of the scores; `nil` for all steps together.
  public let step: Int?
  /// The number of origins at which every compared model has a forecast.
  public let origins: Int
  /// One row per model; models without a value come last.
  public let rows: [Row]

  /// The value of a metric for a model; `nil` if it has none.
  public subscript(model: String, metric: Metric) -> Double? {
    guard let column = metrics.firstIndex(of: metric) else { return nil }
    return rows.first { $0.model == model }?.scores[column].value
  }
}
