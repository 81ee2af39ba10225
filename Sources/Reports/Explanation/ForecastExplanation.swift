internal import ForecastModels
public import Forecasting
internal import ForesightNumerics

/// A forecast explained in words: level, trend, seasons, external variables, the models behind it, outliers, and how well it did.
///
/// ```swift
/// let fit = try Auto().fit(sales)
/// print(ForecastExplanation(of: fit, horizon: 12, by: Auto()).report.text)
/// ```
///
/// Trend and seasons of the past are those of a robust decomposition (`MSTL`). Effects of external variables are differences of two
/// forecasts; those of outliers are differences to a refit without them. Accuracy is that of forecasts from up to four earlier origins,
/// beside the seasonal naive method.
public struct ForecastExplanation: Sendable {
  /// What a statement is about.
  public enum Topic: String, Sendable, CaseIterable {
    /// The level at the end of the series.
    case level
    /// The change of the past and of the forecast.
    case trend
    /// A seasonal cycle.
    case season
    /// An external variable.
    case regressor
    /// A model behind the forecast.
    case member
    /// An unusual value.
    case outlier
    /// Why the forecast hardly changes.
    case flat
    /// The accuracy on held-back data.
    case accuracy
  }

  /// One statement with the number behind it.
  public struct Statement: Sendable {
    /// What it is about.
    public let topic: Topic
    /// Its subject: a cycle, a variable, a model, a period.
    public let subject: String
    /// The number behind it, in the unit of the series unless the text says otherwise; `nil` if there is none.
    public let value: Double?
    /// The same in percent, of the level or as the text says; `nil` if there is none.
    public let percent: Double?
    /// The statement in words.
    public let text: String
  }

  /// The name of the model.
  public let model: String
  /// The name of the series.
  public let series: String
  /// The statements in the order of their topics.
  public let statements: [Statement]

  /// Explains a fit and its forecast.
  ///
  /// Cost: one decomposition, up to three more forecasts per external variable, and, if the model is given, one refit per outlier (at
  /// most two) and one fit per origin (at most four).
  ///
  /// - Parameters:
  ///   - fit: The fit.
  ///   - horizon: The number of periods to forecast.
  ///   - forecaster: The model, to fit it without outliers and on earlier data; `nil` if it is not known.
  ///   - regressors: The external variables of the fit.
  /// - Throws: The errors of the forecast.
  public init(
    of fit: any FittedForecaster, horizon: Int, by forecaster: (any Forecaster)? = nil,
    regressors: Regressors? = nil
  ) throws(ForecastError) {
    let view = SeriesView(fit.series)
    let forecast = try fit.forecast(horizon, regressors: regressors)
    // A cycle more shows what the forecast does apart from its season.
    let wanted = min(longestHorizon, max(horizon, 2 * view.cycle))
    let longer = regressors == nil ? (try? fit.forecast(wanted, regressors: nil)) : nil
    let mean = (longer ?? forecast).mean
    model = fit.name
    series = fit.series.name
    var statements = view.levelStatements
    let trend = ForecastTrend(mean, view)
    statements += view.trendStatements + trend.statements(view)
    statements += view.seasonStatements(mean, trend)
    if let regressors, fit.usesRegressors {
      statements += regressorStatements(fit, forecast, regressors, view)
    }
    statements += memberStatements(fit, view)
    statements += outlierStatements(forecast, forecaster, regressors, view)
    statements += trend.flatStatements(mean, view)
    if let forecaster { statements += accuracyStatements(forecaster, fit.series, horizon, regressors, view) }
    self.statements = statements
  }

  /// The explanation: paragraphs in text, a list `explanation` in JSON, a row per statement in CSV.
  public var report: Report {
    Report {
      Members(["model": model, "series": series])
      words
      table
    }
  }

  /// The statements as paragraphs.
  var words: Words {
    let statements = statements
    return Words { width in
      let width = max(40, min(width ?? 80, 100))
      let lines = Topic.allCases.flatMap { topic in
        statements.filter { $0.topic == topic }.map { statement in
          "- " + wrap(statement.text, width: width - 2).joined(separator: "\n  ") + "\n"
        }
      }
      return "In words\n" + lines.joined()
    }
  }

  /// The statements as rows.
  var table: Table<Statement> {
    Table("explanation", statements, in: [.json, .csv]) {
      Column("topic") { $0.topic.rawValue }
      Column("subject") { $0.subject }
      Column("value") { $0.value }
      Column("percent") { $0.percent }
      Column("text") { $0.text }
    }
  }
}

extension Forecast {
  /// The answers to questions about a forecast with the forecast explained; CSV has a row per statement of the explanation.
  ///
  /// - Throws: The errors of `report(_:notes:)`.
  package func report(
    _ questions: ForecastQuestions, explained: ForecastExplanation, notes: [String] = []
  ) throws(ForecastError) -> Report {
    try report(questions, notes: notes).adding(first: [explained.table], last: [explained.words])
  }
}

extension FitSummary {
  /// The summary of a fit with the fit explained; CSV has a row per statement of the explanation.
  public func report(explained: ForecastExplanation) -> Report {
    report.adding(first: [explained.table], last: [explained.words])
  }
}
