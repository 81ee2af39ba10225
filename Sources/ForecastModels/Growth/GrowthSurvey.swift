public import Forecasting

/// All growth curves fitted to a series and backtested from a rolling origin, next to the drift forecast.
///
/// The curves are exponential, logistic, Gompertz, Richards, Bass and ramp to capacity, all with one noise distribution, so that
/// their AICc are comparable. A curve that cannot be fitted has a row that says why.
///
/// ```swift
/// for row in GrowthSurvey().rows(try Datasets.chinaRussiaTrade.total()) {
///   if case .success(let fit) = row.fit { print(row.model, fit.aicc as Any, fit.figures.capacity as Any) }
/// }
/// ```
public struct GrowthSurvey: Sendable {
  /// The noise distribution of all curves; `nil` for multiplicative noise if every value is positive, otherwise additive.
  public let noise: GrowthNoise?

  /// Creates a survey with a noise distribution; by default, the series decides.
  public init(noise: GrowthNoise? = nil) { self.noise = noise }

  /// The results of a fitted curve.
  public struct Fit: Sendable, Equatable {
    /// Rate, doubling time, capacity, with intervals.
    public let figures: GrowthFigures
    /// AIC corrected for small samples, on the scale of the series; `nil` with too few observations, and for the drift
    /// forecast, whose likelihood is that of differences.
    public let aicc: Double?
    /// R² on the scale of the noise, if there is one.
    public let rSquared: Double?
    /// The Durbin–Watson statistic; well below 2, the noise is autocorrelated and the intervals are too narrow.
    public let durbinWatson: Double?
  }

  /// The results of the backtest of a model.
  public struct Trial: Sendable, Equatable {
    /// The number of forecast origins, the same for all models.
    public let origins: Int
    /// The horizon in base periods.
    public let horizon: Int
    /// The mean absolute scaled error.
    public let mase: Double?
    /// The mean continuous ranked probability score, in the unit of the series.
    public let crps: Double?
    /// The share of outcomes inside the central 80% interval.
    public let coverage: Double?
    /// The number of origins at which the model could not be fitted.
    public let failures: Int
  }

  /// One model on one series.
  public struct Row: Sendable, Equatable {
    /// The name of the series.
    public let series: String
    /// The unit of the series.
    public let unit: String
    /// The periods that the series covers.
    public let span: PeriodSpan
    /// The number of observations with a value.
    public let observations: Int
    /// The noise law of the curves.
    public let noise: GrowthNoise
    /// The name of the model.
    public let model: String
    /// The fit to the whole series, or the reason why there is none.
    public let fit: Result<Fit, ForecastError>
    /// The backtest, or the reason why there is none.
    public let backtest: Result<Trial, ForecastError>
  }

  /// The noise distribution for a series.
  public func law(for series: TimeSeries) -> GrowthNoise {
    noise ?? (series.values.allSatisfy { $0.map { $0 > 0 } ?? true } ? .multiplicative : .additive)
  }

  /// The models that are compared on a series.
  public func models(for series: TimeSeries) -> [any Forecaster] {
    let noise = law(for: series)
    return [
      ExponentialGrowth(noise: noise), LogisticGrowth(noise: noise), GompertzGrowth(noise: noise),
      RichardsGrowth(noise: noise), BassGrowth(noise: noise), RampToCapacity(noise: noise), Drift(),
    ]
  }

  /// The rolling origin for a series: one year ahead, from the middle on (not before the sixth period), with about a dozen
  /// origins at most, half a year apart or more.
  public func design(for series: TimeSeries) -> RollingOrigin {
    let horizon = Int(series.frequency.meanPeriodsPerYear.rounded())
    let initial = max(5, (series.periodCount + 1) / 2)
    let room = max(0, series.periodCount - initial - horizon)
    return RollingOrigin(
      initial: initial, horizon: horizon, step: max(1, horizon / 2, (room + 11) / 12))
  }

  /// One row per model, in the order of `models(for:)`.
  ///
  /// Cost: a fit of each model to the whole series and at each origin.
  public func rows(_ series: TimeSeries) -> [Row] {
    let models = models(for: series)
    let trials = trials(models, on: series)
    let noise = law(for: series)
    return models.map { model in
      Row(
        series: series.name, unit: series.unit, span: series.span, observations: series.observedCount,
        noise: noise, model: model.name, fit: fit(model, series), backtest: trials(model.name))
    }
  }

  private func fit(_ model: some Forecaster, _ series: TimeSeries) -> Result<Fit, ForecastError> {
    do throws(ForecastError) {
      let fitted = try model.fit(series)
      let summary = fitted.summary
      let growth = fitted as? any FittedGrowth
      return .success(
        Fit(
          figures: growth?.figures ?? GrowthFigures(), aicc: growth == nil ? nil : summary.aicc,
          rSquared: summary.rSquared,
          durbinWatson: summary.diagnostics.first { $0.name == "Durbin–Watson" }?.statistic))
    } catch {
      return .failure(error)
    }
  }

  /// The backtest of each model, from the same origins.
  private func trials(
    _ models: [any Forecaster], on series: TimeSeries
  ) -> (String) -> Result<Trial, ForecastError> {
    let design = design(for: series)
    do throws(ForecastError) {
      let backtest = try design.backtest(models, on: series)
      let table = try backtest.scores([.mase, .crps, .coverage(0.8)])
      return { model in
        guard let row = table.rows.first(where: { $0.model == model }), row.scores[1].count > 0 else {
          let reason = backtest.failures.first { $0.model == model }?.error
          return .failure(
            reason
              ?? .tooFewObservations(
                model: model, series: series.name, needed: design.initial + design.horizon,
                found: series.periodCount))
        }
        return .success(
          Trial(
            origins: table.origins, horizon: design.horizon, mase: row.scores[0].value,
            crps: row.scores[1].value, coverage: row.scores[2].value, failures: row.failures))
      }
    } catch {
      return { _ in .failure(error) }
    }
  }
}
