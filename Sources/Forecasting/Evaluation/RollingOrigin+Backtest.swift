#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

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
    let plan = try BacktestPlan(self, models, on: series, regressors: regressors)
    return plan.backtest(plan.blocks.map { plan.run($0) })
  }

  /// Runs every model at every origin as `backtest(_:on:regressors:)` does, on several tasks, and reports progress.
  ///
  /// The result is the same, bit for bit, for any number of workers. Parameters that are kept between origins (`refit`) keep those origins on
  /// one task. The closure is called on the caller's actor.
  ///
  /// ```swift
  /// let backtest = try await design.backtest([AutoETS(), Theta()], on: sales) { self.share = $0.fraction }
  /// ```
  ///
  /// - Parameters:
  ///   - models: The models to compare.
  ///   - series: The series.
  ///   - regressors: External variables over the whole series.
  ///   - workers: The number of concurrent tasks, kept within 1 to 1,024; by default, the number of active processors.
  ///   - isolation: The actor of the caller.
  ///   - progress: Called after each finished part, with how many of the forecasts are done.
  /// - Throws: The errors of `backtest(_:on:regressors:)`, and `CancellationError` when the task is cancelled.
  public func backtest(
    _ models: [any Forecaster], on series: TimeSeries, regressors: Regressors? = nil, workers: Int? = nil,
    isolation: isolated (any Actor)? = #isolation, progress: (BacktestProgress) -> Void
  ) async throws -> Backtest {
    let plan = try BacktestPlan(self, models, on: series, regressors: regressors)
    let width = min(max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount), 1024)
    var parts = [BacktestPlan.Part](repeating: BacktestPlan.Part(), count: plan.blocks.count)
    var reached = BacktestProgress(done: 0, total: plan.models.count * plan.origins.count)
    try await withThrowingTaskGroup(of: (Int, BacktestPlan.Part).self) { group in
      _ = isolation
      var begun = 0
      while begun < min(width, plan.blocks.count) {
        group.addTask { [begun] in (begun, plan.run(plan.blocks[begun])) }
        begun += 1
      }
      while let (index, part) = try await group.next() {
        try Task.checkCancellation()
        parts[index] = part
        reached = BacktestProgress(
          done: reached.done + plan.blocks[index].origins.count, total: reached.total)
        progress(reached)
        if begun < plan.blocks.count {
          group.addTask { [begun] in (begun, plan.run(plan.blocks[begun])) }
          begun += 1
        }
      }
    }
    return plan.backtest(parts)
  }
}

/// How far a backtest has come.
public struct BacktestProgress: Sendable, Hashable {
  /// The number of pairs of model and origin that are done.
  public let done: Int
  /// The number of all pairs of model and origin.
  public let total: Int

  /// The share that is done, 0 to 1.
  public var fraction: Double { total > 0 ? Double(done) / Double(total) : 1 }
}

/// The models and origins of a backtest, in blocks that do not depend on one another.
struct BacktestPlan: Sendable {
  /// A model at origins that share one estimate of its parameters.
  struct Block: Sendable {
    let model: Int
    let origins: Range<Int>
  }

  /// What a block found.
  struct Part: Sendable {
    var outcomes: [ForecastOutcome] = []
    var failures: [Backtest.Failure] = []
  }

  let design: RollingOrigin
  let models: [any Forecaster]
  let series: TimeSeries
  let regressors: Regressors?
  let origins: [RollingOrigin.Origin]
  let scales: [SeasonalScale?]
  let blocks: [Block]

  init(
    _ design: RollingOrigin, _ models: [any Forecaster], on series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) {
    var names: Set<String> = []
    for model in models where !names.insert(model.name).inserted {
      throw .invalidOption(name: "models", value: model.name, reason: "is given twice")
    }
    let origins = try design.origins(of: series)
    self.design = design
    self.models = models
    self.series = series
    self.regressors = regressors
    self.origins = origins
    scales = origins.map { $0.training.seasonalScale() }
    blocks = models.indices.flatMap { model in
      stride(from: 0, to: origins.count, by: min(design.refit, origins.count)).map { first in
        Block(model: model, origins: first..<min(first + min(design.refit, origins.count), origins.count))
      }
    }
  }

  /// The results of the blocks, in their order, as one.
  func backtest(_ parts: [Part]) -> Backtest {
    Backtest(
      series: series.name, unit: series.unit, design: design, models: models.map(\.name),
      origins: origins.map(\.period), outcomes: parts.flatMap(\.outcomes), failures: parts.flatMap(\.failures)
    )
  }

  func run(_ block: Block) -> Part { run(models[block.model], block.origins) }

  private func run(_ model: some Forecaster, _ block: Range<Int>) -> Part {
    var part = Part()
    let regressors = model.takesRegressors ? regressors : nil
    var held: (any FittedForecaster)?
    for k in block {
      // A task that was cancelled throws its results away.
      if Task.isCancelled { return part }
      let origin = origins[k]
      do throws(ForecastError) {
        let fitted: any FittedForecaster
        if let last = held {
          fitted = try last.updated(to: origin.training, regressors: regressors)
        } else {
          fitted = try model.fit(origin.training, regressors: regressors)
        }
        held = fitted
        // External variables may end with the series: no step is asked for that has no target.
        let reach =
          origin.targets.last.map { origin.training.end.distance(to: $0.span.last) } ?? design.horizon
        let steps = regressors == nil ? design.horizon : max(1, min(design.horizon, reach))
        let forecast = try fitted.forecast(steps, regressors: regressors)
        let made = try forecast.outcomes(
          of: origin.targets, probabilities: design.probabilities, scale: scales[k])
        part.outcomes += made.map { $0.named(model.name) }
      } catch {
        part.failures.append(Backtest.Failure(model: model.name, origin: origin.period, error: error))
      }
    }
    return part
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
