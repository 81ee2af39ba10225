internal import ForesightNumerics

/// One forecast beside the figure that came: everything the metrics need of it.
public struct ForecastOutcome: Sendable, Equatable, Codable {
  /// The model's name.
  public let model: String
  /// The last base period that the model had seen.
  public let origin: Period
  /// The base periods from the origin to the end of the figure's span: 1 is the next period.
  public let step: Int
  /// The base periods that the figure covers.
  public let span: PeriodSpan
  /// The figure that came: of a span its sum, mean or last value, by the series' rule.
  public let actual: Double
  /// The predictive mean of the figure.
  public let mean: Double
  /// The predictive median of the figure.
  public let median: Double
  /// The predictive quantiles at the backtest's probabilities.
  public let quantiles: [Double]
  /// The probability that the forecast gave to a figure of at most the actual one.
  public let cdf: Double
  /// The continuous ranked probability score.
  public let crps: Double
  /// What errors are divided by to be errors of a base period: the periods of the span for flows, else 1.
  public let divisor: Int
  /// The scale of the training part, `nil` where it has none.
  public let scale: SeasonalScale?

  /// The error y − ŷ of the predictive mean, of the whole figure.
  public var error: Double { actual - mean }
}

/// The probabilities whose quantiles a backtest keeps unless told otherwise: central intervals of 99, 98, 95 and
/// 90, 80 … 10 per cent, and the median.
public let standardProbabilities: [Double] =
  [0.005, 0.01, 0.025] + (1...19).map { Double($0) / 20 } + [0.975, 0.99, 0.995]

extension Forecast {
  /// The forecast beside the figures that came: one outcome for each later observation that has a value and ends
  /// within the horizon.
  ///
  /// A figure over several periods is held against the distribution of its total (mean, last value) over the span.
  ///
  /// - Parameters:
  ///   - later: a series with the observations after the forecast's start; earlier ones are passed over.
  ///   - probabilities: the probabilities whose quantiles are kept.
  ///   - scale: the scale of MASE, RMSSE and MSIS; that of the fitted series unless given.
  /// - Throws: `ForecastError.notFinite` when the model answers with a value that is not finite, `.data` for a series of another
  ///   frequency, `.invalidOption` for a probability outside (0, 1).
  public func outcomes(
    against later: TimeSeries, probabilities: [Double] = standardProbabilities, scale: SeasonalScale? = nil
  ) throws(ForecastError) -> [ForecastOutcome] {
    guard later.frequency == series.frequency else {
      throw .data(DataFault(.mixedFrequencies(later.frequency, series.frequency), series: later.name))
    }
    if let wrong = probabilities.first(where: { !($0 > 0 && $0 < 1) }) {
      throw .invalidOption(name: "probability", value: "\(wrong)", reason: "lies strictly between 0 and 1")
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
