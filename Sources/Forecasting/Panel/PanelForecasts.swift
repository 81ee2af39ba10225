#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The forecasts of a panel as they are made, in the order of the panel: `panel.forecasts(of: AutoETS(), horizon: 12)`.
///
/// Each loop over the sequence makes the forecasts anew. At most a few chunks of series are ahead of the loop, so that memory stays bounded
/// however slow it is; the work ends when the loop ends or its task is cancelled.
public struct PanelForecasts: AsyncSequence, Sendable {
  /// The result for one series.
  public typealias Element = PanelForecast

  private let count: Int
  private let workers: Int
  private let make: @Sendable (Int) -> PanelForecast

  init(count: Int, workers: Int, make: @escaping @Sendable (Int) -> PanelForecast) {
    self.count = count
    self.workers = workers
    self.make = make
  }

  /// Returns the iterator of a loop.
  public func makeAsyncIterator() -> Iterator { Iterator(count: count, workers: workers, make: make) }

  /// The iterator of one loop.
  public struct Iterator: AsyncIteratorProtocol {
    private let work: Work
    private var ready: ArraySlice<PanelForecast> = []

    init(count: Int, workers: Int, make: @escaping @Sendable (Int) -> PanelForecast) {
      work = Work(count: count, workers: workers, make: make)
    }

    /// Returns the result of the next series; `nil` after the last.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public mutating func next() async throws -> PanelForecast? {
      while ready.isEmpty {
        try Task.checkCancellation()
        guard let chunk = work.next() else { return nil }
        ready = try await withTaskCancellationHandler {
          try await chunk.value[...]
        } onCancel: {
          chunk.cancel()
        }
      }
      return ready.popFirst()
    }
  }

  /// The chunks under way; those left when the loop ends are cancelled.
  private final class Work {
    private let count: Int
    private let workers: Int
    private let length: Int
    private let make: @Sendable (Int) -> PanelForecast
    private var begun = 0
    private var chunks: ArraySlice<Task<[PanelForecast], any Error>> = []

    init(count: Int, workers: Int, make: @escaping @Sendable (Int) -> PanelForecast) {
      self.count = count
      self.workers = workers
      self.make = make
      length = Swift.max(1, Swift.min(64, count / (8 * workers)))
    }

    deinit { for chunk in chunks { chunk.cancel() } }

    /// The earliest chunk that was not taken, with as many under way behind it as there are workers.
    func next() -> Task<[PanelForecast], any Error>? {
      while begun < count, chunks.count <= workers {
        let indices = begun..<Swift.min(begun + length, count)
        begun = indices.upperBound
        let make = make
        chunks.append(
          Task {
            var answers: [PanelForecast] = []
            for index in indices {
              try Task.checkCancellation()
              answers.append(make(index))
            }
            return answers
          })
      }
      return chunks.popFirst()
    }
  }
}

extension Panel {
  /// Returns the forecasts of every series, made on several tasks while a loop takes them, in the order of the panel.
  ///
  /// ```swift
  /// for try await answer in panel.forecasts(of: AutoETS(), horizon: 12) {
  ///   print(answer.key, try answer.result.get().mean)
  /// }
  /// ```
  ///
  /// A series that cannot be read, fitted or forecast has a failure as its result. Results are the same, bit for bit, for any number of
  /// workers. It can be used from any actor.
  ///
  /// - Parameters:
  ///   - model: The model to fit to each series.
  ///   - horizon: The number of base periods to forecast.
  ///   - reach: How far outside its data the mean of a series may lie, in multiples of their range (`Forecast.checked`).
  ///   - workers: The number of concurrent tasks, kept within 1 to 1,024; by default, the number of active processors.
  public func forecasts(
    of model: some Forecaster, horizon: Int, reach: Double = Forecast.usualReach, workers: Int? = nil
  ) -> PanelForecasts {
    let workers = min(max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount), 1024)
    return PanelForecasts(count: count, workers: workers) { index in
      forecast(index, model, horizon: horizon, reach: reach)
    }
  }
}
