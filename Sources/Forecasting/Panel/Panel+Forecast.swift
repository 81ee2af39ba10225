#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One series' answer in a panel: its forecast, or why there is none.
public struct PanelForecast: Sendable {
  /// The place of the series in the panel.
  public let index: Int
  /// The series' key.
  public let key: String
  /// The forecast, or the error of this series.
  public let result: Result<Forecast, ForecastError>
  /// Why the optimizer of the fit stopped, where it did not converge (`FitSummary.shortfall`); else `nil`.
  public let shortfall: String?
}

extension Panel {
  /// The forecasts of every series, in the panel's order.
  ///
  /// A series that cannot be read, fitted or forecast is a failure in its place. The answers have the same bits at any
  /// number of workers, for each depends on its own series alone.
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

  /// Hands over the forecasts of every series one after another, in the panel's order, holding only a few at a time.
  ///
  /// - Parameters:
  ///   - model: the model fitted to each series.
  ///   - horizon: the base periods to forecast.
  ///   - reach: how far outside its data a series' mean may lie, in ranges of the data (`Forecast.checked`).
  ///   - workers: the number of tasks at work; that of the active processors unless given.
  ///   - first: the place of the first series wanted; those before it are passed over.
  ///   - body: called once a series, in order; an error it throws ends the work.
  /// - Precondition: the first place is not negative.
  /// - Throws: what `body` throws, and `CancellationError` when the task is cancelled.
  public func forEachForecast(
    _ model: some Forecaster, horizon: Int, reach: Double = Forecast.usualReach, workers: Int? = nil,
    from first: Int = 0,
    _ body: (PanelForecast) throws -> Void
  ) async throws {
    let workers = max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount)
    // Chunks small enough that the last ones spread over the workers, large enough that tasks cost nothing.
    let length = max(1, min(64, count / (8 * workers)))
    let chunks = stride(from: first, to: count, by: length).map { $0..<min($0 + length, count) }
    try await withThrowingTaskGroup(of: (Int, [PanelForecast]).self) { group in
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
        // A slow chunk holds up what may wait behind it, so that memory stays bounded.
        while begun < chunks.count, begun - delivered < 4 * workers,
          begun - delivered - waiting.count < workers
        {
          begin()
        }
      }
    }
  }

  /// The forecast of one series by its place.
  ///
  /// - Precondition: there is such a place.
  public func forecast(
    _ index: Int, _ model: some Forecaster, horizon: Int, reach: Double = Forecast.usualReach
  ) -> PanelForecast {
    do throws(ForecastError) {
      let fit = try model.fit(try series(index))
      let forecast = try fit.forecast(horizon).checked(reach: reach)
      return PanelForecast(
        index: index, key: keys[index], result: .success(forecast), shortfall: fit.summary.shortfall)
    } catch {
      return PanelForecast(index: index, key: keys[index], result: .failure(error), shortfall: nil)
    }
  }
}
