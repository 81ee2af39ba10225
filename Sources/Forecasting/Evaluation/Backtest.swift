/// What a rolling-origin evaluation found: each forecast beside what came, and each failure.
public struct Backtest: Sendable, Equatable, Codable {
  /// A model that could not be fitted or forecast from an origin.
  public struct Failure: Sendable, Equatable, Codable {
    /// The model's name.
    public let model: String
    /// The last base period it was shown.
    public let origin: Period
    /// Why.
    public let error: ForecastError
  }

  /// The series' name.
  public let series: String
  /// The series' unit.
  public let unit: String
  /// How origins were chosen.
  public let design: RollingOrigin
  /// The models in the order given.
  public let models: [String]
  /// The last base period known at each origin.
  public let origins: [Period]
  /// Every forecast beside what came, by model, then origin, then time.
  public let outcomes: [ForecastOutcome]
  /// Every failure, by model, then origin.
  public let failures: [Failure]
}

/// A metric's value over a set of outcomes.
public struct Score: Sendable, Hashable, Codable {
  /// The metric.
  public let metric: Metric
  /// Its value; `nil` where the outcomes have none (MAPE at a zero, MASE without a scale, no outcome at all).
  public let value: Double?
  /// The number of outcomes it is taken over.
  public let count: Int
}

/// Models compared by metrics, the best by the first metric first.
public struct ScoreTable: Sendable, Hashable, Codable {
  /// One model's scores.
  public struct Row: Sendable, Hashable, Codable {
    /// The model's name.
    public let model: String
    /// One score a metric, in the table's order.
    public let scores: [Score]
    /// The number of origins at which the model failed.
    public let failures: Int
  }

  /// The metrics, which are the columns.
  public let metrics: [Metric]
  /// The step ahead that the table is about; `nil` for all of them together.
  public let step: Int?
  /// The number of origins that every compared model forecast from.
  public let origins: Int
  /// One row a model; those without a value come last.
  public let rows: [Row]

  /// The value of a metric for a model, `nil` where it has none.
  public subscript(model: String, metric: Metric) -> Double? {
    guard let column = metrics.firstIndex(of: metric) else { return nil }
    return rows.first { $0.model == model }?.scores[column].value
  }
}
