/// The loss of a forecast at an outcome, for a test of equal accuracy.
public enum Loss: String, Sendable, Hashable, Codable, CaseIterable {
  /// (y − mean)² per base period.
  case squared
  /// |y − median| per base period.
  case absolute
  /// The continuous ranked probability score per base period.
  case crps
}

/// The comparison of two models of a backtest.
public struct PairComparison: Sendable, Equatable, Codable {
  /// The first model.
  public let first: String
  /// The second model.
  public let second: String
  /// The test; a negative statistic favors the first model.
  ///
  /// `nil` if the test is not possible.
  public let test: DieboldMariano?
  /// Why there is no test.
  public let error: ForecastError?
}

extension Backtest {
  /// Returns the Diebold–Mariano test of every pair of models, in the order in which the models were given.
  ///
  /// Each origin contributes one loss: that of the outcome `step` periods ahead, or the mean over its outcomes if `step` is `nil`. The
  /// number of lags is the number of consecutive origins whose tested steps overlap. Cost: O(m² n) for m models and n origins.
  public func comparisons(
    loss: Loss = .squared, step: Int? = nil, variance: DieboldMariano.Variance = .rectangular
  ) -> [PairComparison] {
    let losses = models.map { lossByOrigin($0, loss, step) }
    var pairs: [PairComparison] = []
    for i in models.indices {
      for j in models.indices.dropFirst(i + 1) {
        let shared = origins.filter { losses[i][$0] != nil && losses[j][$0] != nil }
        do throws(ForecastError) {
          let test = try DieboldMariano(
            shared.compactMap { losses[i][$0] }, shared.compactMap { losses[j][$0] },
            horizon: overlap(shared, within: step ?? design.horizon), variance: variance)
          pairs.append(PairComparison(first: models[i], second: models[j], test: test, error: nil))
        } catch {
          pairs.append(PairComparison(first: models[i], second: models[j], test: nil, error: error))
        }
      }
    }
    return pairs
  }

  private func lossByOrigin(_ model: String, _ loss: Loss, _ step: Int?) -> [Period: Double] {
    var sums: [Period: (sum: Double, count: Int)] = [:]
    for outcome in outcomes where outcome.model == model && (step == nil || outcome.step == step) {
      let divisor = Double(outcome.divisor)
      let value =
        switch loss {
        case .squared: outcome.error / divisor * (outcome.error / divisor)
        case .absolute: abs(outcome.actual - outcome.median) / divisor
        case .crps: outcome.crps / divisor
        }
      let before = sums[outcome.origin] ?? (0, 0)
      sums[outcome.origin] = (before.sum + value, before.count + 1)
    }
    return sums.mapValues { $0.sum / Double($0.count) }
  }

  /// The largest number of origins, including itself, within one horizon of an origin: their forecasts overlap.
  private func overlap(_ origins: [Period], within horizon: Int) -> Int {
    var most = 1
    for (i, origin) in origins.enumerated() {
      let near = origins[i...].prefix { origin.distance(to: $0) < horizon }
      most = max(most, near.count)
    }
    return most
  }
}
