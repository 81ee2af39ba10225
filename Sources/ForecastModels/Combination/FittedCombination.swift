public import Forecasting
internal import ForesightNumerics

/// The members of a combination fitted to a series, with their weights.
public struct FittedCombination: FittedForecaster {
  /// The name of the combination.
  public let name: String
  /// The series that was fitted.
  public let series: TimeSeries
  /// The fitted members.
  public let members: [any FittedForecaster]
  /// The members' weights, which sum to 1; equal where the median is taken.
  public let weights: [Double]
  /// Whether each step is that of the median member, whatever the weights.
  public let isMedian: Bool
  /// The members that dropped out.
  public let failures: [CombinationFailure]

  init(
    name: String, series: TimeSeries, members: [any FittedForecaster], weights: [Double], isMedian: Bool,
    failures: [CombinationFailure]
  ) {
    self.name = name
    self.series = series
    self.members = members
    self.weights = weights
    self.isMedian = isMedian
    self.failures = failures
  }

  /// The weight of each member by its name; members of one name are taken together.
  public var weightsByName: [String: Double] {
    Dictionary(zip(members.map(\.name), weights), uniquingKeysWith: +)
  }

  /// The weighted mean, or the median, of the members' fitted values where all have one.
  public var fitted: [Double?] {
    let all = members.map(\.fitted)
    return series.observations.indices.map { t in
      var values: [Double] = []
      for fitted in all {
        // Members that were read keep their own last cycles, which may be fewer.
        let place = t - series.count + fitted.count
        guard fitted.indices.contains(place), let value = fitted[place] else { return nil }
        values.append(value)
      }
      return zip(weights(of: values), values).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// The joint predictive distribution of the next base periods.
  ///
  /// At every step the quantiles are the weighted means of the members' quantiles, and so is the mean; ranks are joined
  /// over the steps as the members' correlations, averaged, have it (`CombinedDistribution`).
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    var laws: [any PredictiveDistribution] = []
    for member in members {
      laws.append(
        try member.distribution(horizon, regressors: member.usesRegressors ? regressors : nil))
    }
    let means = laws.map { law in (0..<horizon).map { law.marginal($0).mean } }
    let steps = (0..<horizon).map { step in weights(of: means.map { $0[step] }) }
    let members = laws
    return try numerics { () throws(NumericsError) in try combined(members, weights: steps) }
  }

  /// Whether a member uses external variables.
  public var usesRegressors: Bool { members.contains { $0.usesRegressors } }

  /// The weights of the members whose values are these.
  private func weights(of values: [Double]) -> [Double] {
    guard isMedian else { return weights }
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var result = [Double](repeating: 0, count: values.count)
    result[order[(values.count - 1) / 2]] += 0.5
    result[order[values.count / 2]] += 0.5
    return result
  }

  /// Whether every member has converged.
  public var hasConverged: Bool { members.allSatisfy { $0.hasConverged } }

  /// The weights, and each member's own summary in short.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    for (weight, member) in zip(weights, members) {
      summary.coefficients.append(FitSummary.Coefficient(name: "weight of \(member.name)", estimate: weight))
    }
    if isMedian { summary.notes.append("each step is that of the median member") }
    summary.shortfall =
      members.lazy.compactMap { member in
        member.summary.shortfall.map { "\(member.name): \($0)" }
      }.first
    for failure in failures { summary.notes.append("left out: \(failure.member): \(failure.reason)") }
    return summary
  }
}

extension FittedCombination {
  /// Whether some member follows them.
  public var followsObservations: Bool { members.contains { $0.followsObservations } }

  /// The members brought to the end of another series, weights and parameters held.
  ///
  /// - Throws: `ForecastError.invalidOption` where a member cannot hold its parameters, and what the members throw.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedCombination {
    var moved: [any FittedForecaster] = []
    for member in members {
      moved.append(
        try member.updated(to: series, regressors: member.usesRegressors ? regressors : nil))
    }
    return self.moved(to: series, members: moved)
  }

  /// The members with later observations taken in, each at its own cost; weights and parameters held.
  ///
  /// - Throws: as `updated(to:)`, and `ForecastError.data` for observations that do not follow the series.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> FittedCombination {
    var moved: [any FittedForecaster] = []
    for member in members {
      moved.append(
        try member.appending(observations, regressors: member.usesRegressors ? regressors : nil))
    }
    return self.moved(to: try series.appending(observations), members: moved)
  }

  /// The later values alone where that holds of a member, none where it holds of every member.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    let taken = members.map { $0.valuesTaken(from: series) }
    let partly = taken.first { if case .later = $0 { true } else { false } }
    return partly ?? (taken.allSatisfy { $0 == .none } ? .none : .all)
  }

  private func moved(to series: TimeSeries, members: [any FittedForecaster]) -> FittedCombination {
    FittedCombination(
      name: name, series: series, members: members, weights: weights, isMedian: isMedian, failures: failures)
  }
}
