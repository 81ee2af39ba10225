public import Forecasting

/// A learned gate: a small network that weighs cheap classical forecasts and says how far the outcome may lie from them.
///
/// For every step, 28 candidates – seasonal naive forecasts of one and two cycles, smoothed levels, lines, damped trends, each with
/// seasonal differences that are constant or grow with the level, and a ridge autoregression – are computed in one pass.
/// The median is their convex combination, with shares that a network of three layers of 64 gives; the same network gives the distances
/// between seven quantiles. It was trained on synthetic series alone and has seen no data. Nothing is estimated when it
/// is fitted to a series.
///
/// Forecasts move with the series, grow with it and change their sign with it. Where the series repeats its seasonal differences exactly, as lines,
/// constants and pure seasons do, the forecast does so too, without width. A last value far outside is believed half: the 80 % interval
/// reaches from what was expected to it. The steps are joined by a normal copula whose correlations are those of a persistent
/// and a fleeting part of the deviations.
///
/// Missing values are those of the nearest cycles at the same place, or lie on a line. Cost: O(n), and O(h) for h steps.
public struct Gate: Forecaster, Equatable {
  /// The base periods in the cycle and in a longer one; empty for those that the series suggests.
  public var seasonalPeriods: [Int]
  /// The values that the series can take.
  public var domain: ForecastDomain

  /// A gate with cycles of so many base periods; those that the series suggests if none are given.
  public init(seasonalPeriods: [Int] = [], domain: ForecastDomain = .real) {
    self.seasonalPeriods = seasonalPeriods
    self.domain = domain
  }

  /// `Gate` with the cycles in brackets, if any are given.
  public var name: String {
    "Gate" + (seasonalPeriods.isEmpty ? "" : " [\(seasonalPeriods.map { "\($0)" }.joined(separator: ", "))]")
  }

  /// The series as the network sees it.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below three values, `.spanNotSupported`, `.outsideDomain` for a value outside
  ///   a domain that was chosen, and `.numerics` for values whose squares overflow.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedGate {
    try validate()
    guard !GateWeights.networks.isEmpty else {
      throw .unsupported(model: name, capability: "weights other than those of its hash")
    }
    var fit = FittedGate(
      name: name, series: series, model: self, cycles: series.cycles(seasonalPeriods))
    try fit.take(series.observations, from: 0)
    return fit
  }

  /// Complete values from the first observed to the last period.
  ///
  /// A missing value is the mean of those at the same place in the nearest cycles before and after it, or of one of them; where there is
  /// none, it lies on the line between its neighbors.
  static func filled(_ values: [Double], cycle: Int) -> [Double] {
    let known = Array(values.drop { $0.isNaN })
    guard known.contains(where: \.isNaN) else { return known }
    var result = known
    if cycle > 1 {
      for place in 0..<min(cycle, known.count) {
        let times = Array(stride(from: place, to: known.count, by: cycle))
        let seen = times.filter { !known[$0].isNaN }
        guard !seen.isEmpty else { continue }
        var next = 0
        for t in times where known[t].isNaN {
          while next < seen.count, seen[next] < t { next += 1 }
          let before = next > 0 ? seen[next - 1] : seen[next]
          let after = next < seen.count ? seen[next] : seen[next - 1]
          result[t] = 0.5 * (known[before] + known[after])
        }
      }
    }
    var last = 0
    for t in result.indices where !result[t].isNaN {
      for gap in (last + 1)..<max(t, last + 1) {
        result[gap] = result[last] + (result[t] - result[last]) * Double(gap - last) / Double(t - last)
      }
      last = t
    }
    for t in result.indices.suffix(from: min(last + 1, result.count)) { result[t] = result[last] }
    return result
  }
}

extension Gate: DescribedForecaster {
  /// `gate`.
  public static let descriptions = [
    ModelDescription(
      "gate", "a network trained on synthetic series that weighs cheap classical forecasts", Gate(),
      [
        ModelOption(
          "periods", \.seasonalPeriods, .cycles,
          "base periods in each cycle; auto takes those that the frequency suggests"),
        ModelOption("domain", \.domain, .domain, "the values that the series can take"),
      ])
  ]
}
