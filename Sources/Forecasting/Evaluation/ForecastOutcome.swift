internal import ForesightNumerics

/// One forecast with its outcome: everything that the metrics need.
public struct ForecastOutcome: Sendable, Equatable, Codable {
  /// The name of the model.
  public let model: String
  /// The last base period that the model saw.
  public let origin: Period
  /// The number of base periods from the origin to the end of the span; 1 is the next period.
  public let step: Int
  /// The base periods that the observation covers.
  public let span: PeriodSpan
  /// The observed value; for a span, its sum, mean or last value according to the rule of the series.
  public let actual: Double
  /// The predictive mean of the value.
  public let mean: Double
  /// The predictive median of the value.
  public let median: Double
  /// The predictive quantiles at the probabilities of the backtest.
  public let quantiles: [Double]
  /// The predictive probability of a value up to the observed one.
  public let cdf: Double
  /// The continuous ranked probability score.
  public let crps: Double
  /// The divisor that makes errors per base period: the number of periods of the span for flows, otherwise 1.
  public let divisor: Int
  /// The scale of the training part; `nil` if it has none.
  public let scale: SeasonalScale?

  /// The error y − ŷ of the predictive mean, for the whole span.
  public var error: Double { actual - mean }
}

/// The probabilities whose quantiles a backtest keeps by default: those of central intervals of 99, 98, 95 and
/// 90, 80 … 10 percent, and the median.
public let standardProbabilities: [Double] =
  [0.005, 0.01, 0.025] + (1...19).map { Double($0) / 20 } + [0.975, 0.99, 0.995]

extension Forecast {
  /// Compares the forecast with later observations: one outcome for each observation that has a value and ends
  /// within the horizon.
  ///
  /// An observation that covers several periods is compared with the distribution of its total (mean, last value) over the span.
  ///
  /// - Parameters:
  ///   - later: A series with the observations after the forecast origin; earlier ones are ignored.
  ///   - probabilities: The probabilities whose quantiles are kept.
  ///   - scale: The scale of MASE, RMSSE and MSIS; by default that of the fitted series.
  /// - Throws: `ForecastError.notFinite` if the forecast is not finite, `.data` for a series of another
  ///   frequency, `.invalidOption` for a probability outside (0, 1).
  public func outcomes(
    against later: TimeSeries, probabilities: [Double] = standardProbabilities, scale: SeasonalScale? = nil
  ) throws(ForecastError) -> [ForecastOutcome] {
    guard later.frequency == series.frequency else {
      throw .data(DataFault(.mixedFrequencies(later.frequency, series.frequency), series: later.name))
    }
    if let wrong = probabilities.first(where: { !($0 > 0 && $0 < 1) }) {
      throw .invalidOption(
        name: "probability", value: "\(wrong)", reason: "must lie strictly between 0 and 1")
    }
    return try outcomes(
      of: later.observations, probabilities: probabilities, scale: scale ?? series.seasonalScale())
  }

  func outcomes(
    of later: some Sequence<Observation>, probabilities: [Double], scale: SeasonalScale?
  ) throws(ForecastError) -> [ForecastOutcome] {
    var outcomes: [ForecastOutcome] = []
    let origin = series.end
    for observation in later {
      let span = observation.span
      let step = origin.distance(to: span.last)
      guard span.first > origin, step <= horizon, let actual = observation.value else { continue }
      let law: any Distribution =
        span.count == 1 ? marginal(step - 1) : try total(over: .periods(span.first, through: span.last))
      let outcome = ForecastOutcome(
        model: model, origin: origin, step: step, span: span, actual: actual, mean: law.mean,
        median: law.quantile(0.5), quantiles: probabilities.map { law.quantile($0) }, cdf: law.cdf(actual),
        crps: law.crps(actual), divisor: series.periodDivisor(span), scale: scale)
      let figures = [outcome.mean, outcome.median, outcome.cdf, outcome.crps] + outcome.quantiles
      guard figures.allSatisfy(\.isFinite) else {
        throw .notFinite(model: model, series: series.name, span: span)
      }
      outcomes.append(outcome)
    }
    return outcomes
  }
}
