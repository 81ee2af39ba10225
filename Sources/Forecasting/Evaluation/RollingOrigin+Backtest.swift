extension RollingOrigin {
  /// Runs every model at every origin and compares the forecasts with the outcomes.
  ///
  /// A model that fails at an origin leaves a failure there and goes on at the next. External variables are given to the
  /// models that take them, over the whole series: their forecasts are conditional on the values that came. Cost: one fit a model and origin
  /// (fewer with `refit`), plus the quantiles of each target.
  ///
  /// - Throws: `ForecastError.tooFewPeriods` when the series has no origin, `.invalidOption` when two models share a
  ///   name.
  public func backtest(
    _ models: [any Forecaster], on series: TimeSeries, regressors: Regressors? = nil
  ) throws(ForecastError) -> Backtest {
    var names: Set<String> = []
    for model in models where !names.insert(model.name).inserted {
      throw .invalidOption(name: "models", value: model.name, reason: "is given twice")
    }
    let origins = try origins(of: series)
    let scales = origins.map { $0.training.seasonalScale() }
    var outcomes: [ForecastOutcome] = []
    var failures: [Backtest.Failure] = []
    for model in models {
      run(model, model.takesRegressors ? regressors : nil, origins, scales, &outcomes, &failures)
    }
    return Backtest(
      series: series.name, unit: series.unit, design: self, models: models.map(\.name),
      origins: origins.map(\.period), outcomes: outcomes, failures: failures)
  }

  private func run(
    _ model: some Forecaster, _ regressors: Regressors?, _ origins: [Origin], _ scales: [SeasonalScale?],
    _ outcomes: inout [ForecastOutcome], _ failures: inout [Backtest.Failure]
  ) {
    var held: (any FittedForecaster)?
    for (k, origin) in origins.enumerated() {
      do throws(ForecastError) {
        let fitted: any FittedForecaster
        if let last = held, k % refit != 0 {
          fitted = try last.updated(to: origin.training, regressors: regressors)
        } else {
          held = nil
          fitted = try model.fit(origin.training, regressors: regressors)
        }
        held = fitted
        // External variables may end with the series: no step is asked for that has no target.
        let reach = origin.targets.last.map { origin.training.end.distance(to: $0.span.last) } ?? horizon
        let steps = regressors == nil ? horizon : max(1, min(horizon, reach))
        let forecast = try fitted.forecast(steps, regressors: regressors)
        let made = try forecast.outcomes(of: origin.targets, probabilities: probabilities, scale: scales[k])
        outcomes += made.map { $0.named(model.name) }
      } catch {
        failures.append(Backtest.Failure(model: model.name, origin: origin.period, error: error))
      }
    }
  }
}

extension ForecastOutcome {
  /// The outcome under the name that the model has in a comparison (a chosen model may name its choice in forecasts).
  fileprivate func named(_ name: String) -> ForecastOutcome {
    ForecastOutcome(
      model: name, origin: origin, step: step, span: span, actual: actual, mean: mean, median: median,
      quantiles: quantiles, cdf: cdf, crps: crps, divisor: divisor, scale: scale)
  }
}
