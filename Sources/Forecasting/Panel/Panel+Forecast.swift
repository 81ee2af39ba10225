#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The result for one series of a panel: its forecast, or the reason that there is none.
public struct PanelForecast: Sendable {
  /// The index of the series in the panel.
  public let index: Int
  /// The key of the series.
  public let key: String
  /// The forecast, or the error of this series.
  public let result: Result<Forecast, ForecastError>
  /// Why the optimizer of the fit stopped, where it did not converge (`FitSummary.shortfall`); else `nil`.
  public let shortfall: String?
}

extension Panel {
  /// Forecasts every series, in the order of the panel.
  ///
  /// A series that cannot be read, fitted or forecast has a failure as its result. Results are identical, bit for bit, for any
  /// number of workers, because each depends only on its own series.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  public func forecast(
    _ model: some Forecaster, horizon: Int, reach: Double = Forecast.usualReach, workers: Int? = nil
  ) async throws -> [PanelForecast] {
    var results: [PanelForecast] = []
    results.reserveCapacity(count)
    try await forEachForecast(model, horizon: horizon, reach: reach, workers: workers) { results.append($0) }
    return results
  }

  /// Forecasts every series and passes the results to a closure one after another, in the order of the panel, with only a few in memory.
  ///
  /// - Parameters:
  ///   - model: The model to fit to each series.
  ///   - horizon: The number of base periods to forecast.
  ///   - reach: How far outside its data the mean of a series may lie, in multiples of their range (`Forecast.checked`).
  ///   - workers: The number of concurrent tasks, kept within 1 to 1,024; by default, the number of active processors.
  ///   - first: The index of the first series; earlier ones are skipped.
  ///   - isolation: The actor of the caller, on which the closure runs.
  ///   - body: Called once per series, in order; an error that it throws ends the work.
  /// - Throws: what `body` throws, and `CancellationError` when the task is cancelled.
  public func forEachForecast(
    _ model: some Forecaster, horizon: Int, reach: Double = Forecast.usualReach, workers: Int? = nil,
    from first: Int = 0, isolation: isolated (any Actor)? = #isolation,
    _ body: (PanelForecast) throws -> Void
  ) async throws {
    let workers = min(max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount), 1024)
    // Chunks are small enough that the last ones spread over the workers, and large enough that tasks cost nothing.
    let length = max(1, min(64, count / (8 * workers)))
    let chunks = stride(from: max(0, first), to: count, by: length).map { $0..<min($0 + length, count) }
    try await withThrowingTaskGroup(of: (Int, [PanelForecast]).self) { group in
      // The closure runs on the actor that it captures.
      _ = isolation
      var waiting: [Int: [PanelForecast]] = [:]
      var begun = 0
      var delivered = 0
      func begin() {
        let chunk = begun
        begun += 1
        group.addTask {
          var answers: [PanelForecast] = []
          for index in chunks[chunk] {
            try Task.checkCancellation()
            answers.append(forecast(index, model, horizon: horizon, reach: reach))
          }
          return (chunk, answers)
        }
      }
      while begun < min(workers, chunks.count) { begin() }
      while let (chunk, answers) = try await group.next() {
        waiting[chunk] = answers
        while let ready = waiting.removeValue(forKey: delivered) {
          delivered += 1
          for answer in ready { try body(answer) }
        }
        // Limits how much can wait behind a slow chunk, so that memory stays bounded.
        while begun < chunks.count, begun - delivered < 4 * workers,
          begun - delivered - waiting.count < workers
        {
          begin()
        }
      }
    }
  }

  /// Forecasts one series by its index; an index that the panel does not have is a failure.
  public func forecast(
    _ index: Int, _ model: some Forecaster, horizon: Int, reach: Double = Forecast.usualReach
  ) -> PanelForecast {
    let key = keys.indices.contains(index) ? keys[index] : ""
    do throws(ForecastError) {
      let fit = try model.fit(try series(index))
      let forecast = try fit.forecast(horizon).checked(reach: reach)
      return PanelForecast(
        index: index, key: key, result: .success(forecast),
        shortfall: fit.hasConverged ? nil : fit.summary.shortfall)
    } catch {
      return PanelForecast(index: index, key: key, result: .failure(error), shortfall: nil)
    }
  }
}
