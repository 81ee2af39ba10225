public import Forecasting
internal import ForesightNumerics

/// The members of `Auto` fitted to a series, with their weights.
public struct FittedAuto: FittedForecaster {
  /// A member with its weight.
  public struct Member: Sendable {
    /// The fit.
    public internal(set) var fit: any FittedForecaster
    /// The weight.
    public internal(set) var weight: Double
    /// The mean error on held-back data; `nil` where there was none.
    public let error: Double?
  }

  /// The fitted series, with new observations if there are any.
  public internal(set) var series: TimeSeries
  /// The members that forecast.
  public internal(set) var members: [Member]
  /// The members that dropped out, and why.
  public internal(set) var failures: [CombinationFailure]
  /// The bounds that no forecast leaves.
  let bounds: ClosedRange<Double>
  /// Fifty ranges of the data on both sides: a member whose mean leaves it is left out.
  let reach: ClosedRange<Double>
  /// The factor of the members' widths.
  public internal(set) var width: Double
  /// A standard deviation that no step goes below, where the members are far surer than their held-back errors allow.
  let floor: Double
  /// A last value far outside, in whose place the members have what was expected.
  private(set) var end: EndOutlier?
  /// Whether forecasts are the weighted mean of the members alone, so that masses on single values stay where they are.
  let isMean: Bool
  /// The number of values that were held back.
  let heldBack: Int
  /// The cycles that were looked at.
  let cycles: [Int]
  var notes: [String]

  /// `Auto`.
  public var name: String { "Auto" }

  /// The weighted mean of the members' fitted values, of those that have one.
  public var fitted: [Double?] {
    let all = members.map { ($0.weight, $0.fit.fitted) }.filter { $0.1.contains { $0 != nil } }
    let most = all.reduce(0) { $0 + $1.0 }
    return series.observations.indices.map { t in
      var sum = 0.0
      var total = 0.0
      for (weight, fitted) in all {
        // A member that was read may keep fewer values.
        let place = t - series.count + fitted.count
        guard fitted.indices.contains(place), let value = fitted[place] else { continue }
        sum += weight * value
        total += weight
      }
      return total > 0.5 * most ? sum / total : nil
    }
  }

  /// The members' joint distributions; a member whose forecast fails or is not finite is left out.
  private func laws(
    _ horizon: Int, _ regressors: Regressors?
  ) throws(ForecastError) -> (
    weights: [Double], laws: [any PredictiveDistribution], means: [[Double]], gate: Int?
  ) {
    var gate: Int?
    var weights: [Double] = []
    var laws: [any PredictiveDistribution] = []
    var means: [[Double]] = []
    var failure: ForecastError?
    for member in members {
      do throws(ForecastError) {
        let whole = try member.fit.distribution(
          horizon, regressors: member.fit.usesRegressors ? regressors : nil)
        let law: any PredictiveDistribution = (whole as? SimulatedETS).map { $0.light } ?? whole
        let mean = (0..<horizon).map { law.marginal($0).mean }
        guard let step = mean.firstIndex(where: { !reach.contains($0) }) else {
          if law is GateDistribution { gate = laws.count }
          weights.append(member.weight)
          laws.append(law)
          means.append(mean)
          continue
        }
        throw .explodes(
          model: member.fit.name, series: series.name, span: PeriodSpan(series.end + (step + 1)),
          value: mean[step])
      } catch {
        if case .missingRegressor = error { throw error }
        failure = failure ?? error
      }
    }
    if laws.isEmpty, let failure {
      // A series that has a forecast gets one.
      guard case .explodes = failure else { throw failure }
      let law = try Naive().fit(series).distribution(horizon, regressors: nil)
      return ([1], [law], [(0..<horizon).map { law.marginal($0).mean }], nil)
    }
    let total = weights.reduce(0, +)
    return (weights.map { $0 / total }, laws, means, gate)
  }

  /// The joint predictive distribution of the next base periods.
  ///
  /// A step's location is half-way between the weighted mean and the weighted median of the members' means, and its quantiles lie about
  /// it as the members' lie about theirs, by the pool's width; where the gate is a member, they have the shape of its quantiles and
  /// a width half-way between its own and the members'. The width of a step is at least the standard deviation between the members.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let (weights, laws, means, gate) = try laws(horizon, regressors)
    let steps = [[Double]](repeating: weights, count: horizon)
    if isMean, end == nil, floor == 0 {
      return held(try numerics { () throws(NumericsError) in try combined(laws, weights: steps) })
    }
    let (moved, added) = (end?.shift ?? 0, end?.deviation ?? 0)
    let deviations = FittedAuto.deviations(laws, weights: weights, gate: gate, horizon: horizon)
    let inners = gate.map { FittedAuto.deviations([laws[$0]], weights: [1], horizon: horizon) } ?? deviations
    var shifts: [Double] = []
    var widths: [Double] = []
    for step in 0..<horizon {
      let own = means.map { $0[step] }
      let mean = zip(weights, own).reduce(0) { $0 + $1.0 * $1.1 }
      let spread = zip(weights, own).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }.squareRoot()
      let center = mean + 0.5 * (weightedMedian(own, weights: weights) - mean)
      shifts.append(moved + center - (gate.map { own[$0] } ?? mean))
      let inner = deviations[step]
      let outer = max(width * inner, min(spread, 1.5 * inner))
      let whole = (outer * outer + added * added).squareRoot()
      widths.append(inners[step] > 0 ? whole / inners[step] : 1)
    }
    let (places, factors) = (shifts, widths)
    // A law that is next to certain has no shape that could be widened.
    let isTooSure = floor > 0 && zip(inners, widths).allSatisfy { $0 * $1 < floor }
    if isTooSure || added > 0 && inners.allSatisfy({ $0 < 1e-9 * added }) {
      let location = (0..<horizon).map { step in
        gate.map { shifts[step] + means[$0][step] }
          ?? zip(weights, means).reduce(shifts[step]) { $0 + $1.0 * $1.1[step] }
      }
      let own = (0..<horizon).map { (floor * floor * (1 + Double($0) / 10) + added * added).squareRoot() }
      return held(
        try numerics { () throws(NumericsError) in
          try JointStudentT(
            location: location, loadings: Matrix(rows: horizon, columns: 0, repeating: 0), own: own,
            degreesOfFreedom: BlendMembers.freedom)
        })
    }
    return held(
      try numerics { () throws(NumericsError) in
        RescaledDistribution(
          gate == nil ? try combined(laws, weights: steps) : laws[gate ?? 0], shifts: places, widths: factors)
      })
  }

  /// The law within the bounds.
  private func held(_ law: any PredictiveDistribution) -> any PredictiveDistribution {
    guard bounds.lowerBound > -.greatestFiniteMagnitude || bounds.upperBound < .greatestFiniteMagnitude else {
      return law
    }
    return CensoredDistribution(law, bounds: bounds)
  }

  /// The standard deviations that the intervals start from.
  ///
  /// Where the gate is a member, they are half-way between its own and the weighted mean.
  static func deviations(
    _ laws: [any PredictiveDistribution], weights: [Double], gate: Int?, horizon: Int
  ) -> [Double] {
    guard let gate else { return deviations(laws, weights: weights, horizon: horizon) }
    let own = deviations([laws[gate]], weights: [1], horizon: horizon)
    return zip(own, deviations(laws, weights: weights, horizon: horizon)).map {
      0.5 * ($0 + $1)
    }
  }

  /// The weighted mean of standard deviations, each half the distance of the quantiles at ±1 normal score.
  ///
  /// Laws that must be simulated count only where there are no others.
  static func deviations(
    _ laws: [any PredictiveDistribution], weights: [Double], horizon: Int
  ) -> [Double] {
    let closed = laws.indices.filter { !(laws[$0] is SimulatedETS) }
    let chosen = closed.isEmpty ? Array(laws.indices) : closed
    let total = chosen.reduce(0) { $0 + weights[$1] }
    var result = [Double](repeating: 0, count: horizon)
    for place in chosen {
      let low = laws[place].quantile(Normal.standard.cdf(-1))
      let high = laws[place].quantile(Normal.standard.cdf(1))
      for step in result.indices { result[step] += 0.5 * weights[place] / total * (high[step] - low[step]) }
    }
    return result
  }

  /// Whether a member uses external variables.
  public var usesRegressors: Bool { members.contains { $0.fit.usesRegressors } }

  /// Whether every member has converged.
  public var hasConverged: Bool { members.allSatisfy { $0.fit.hasConverged } }

  /// Each member with its weight and held-back error, the seasons, the domain and the width.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    for member in members {
      summary.coefficients.append(
        FitSummary.Coefficient(name: "weight of \(member.fit.name)", estimate: member.weight))
    }
    for member in members {
      guard let error = member.error else { continue }
      summary.facts.append(
        FitSummary.Fact(name: "held-back error of \(member.fit.name)", value: error, unit: series.unit))
    }
    summary.facts.append(FitSummary.Fact(name: "width factor", value: width))
    summary.shortfall =
      members.lazy.compactMap { member in
        member.fit.summary.shortfall.map { "\(member.fit.name): \($0)" }
      }.first
    summary.notes = explanation + notes
    for failure in failures { summary.notes.append("left out: \(failure.member): \(failure.reason)") }
    return summary
  }
}

/// The value at which half the weight is reached, linear between the middles of the weights.
func weightedMedian(_ values: [Double], weights: [Double]) -> Double {
  let order = values.indices.filter { weights[$0] > 0 }.sorted { (values[$0], $0) < (values[$1], $1) }
  let half = 0.5 * weights.reduce(0, +)
  var sum = 0.0
  var before: (place: Double, value: Double)?
  for index in order {
    let middle = sum + 0.5 * weights[index]
    sum += weights[index]
    if middle >= half {
      guard let before else { return values[index] }
      let share = (half - before.place) / (middle - before.place)
      return before.value + share * (values[index] - before.value)
    }
    before = (middle, values[index])
  }
  return before?.value ?? .nan
}

extension FittedAuto {
  /// Whether some member follows them.
  public var followsObservations: Bool { members.contains { $0.fit.followsObservations } }

  /// The members brought to the end of another series, weights and parameters held; one that cannot be is left out.
  ///
  /// - Throws: The first member's error if none can follow.
  public func updated(to series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> FittedAuto {
    var subject = series
    if let own = members.first?.fit.series { subject.seasonalPeriod = own.seasonalPeriod }
    let other = subject
    return try moved(to: series) { fit throws(ForecastError) in
      try fit.updated(to: other, regressors: fit.usesRegressors ? regressors : nil)
    }
  }

  /// The members with new observations, each at its own cost; weights and parameters held.
  ///
  /// - Throws: As `updated(to:)`, and `ForecastError.data` for observations that do not follow the series.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> FittedAuto {
    try moved(to: try series.appending(observations)) { fit throws(ForecastError) in
      try fit.appending(observations, regressors: fit.usesRegressors ? regressors : nil)
    }
  }

  /// The later values alone if that holds for a member, none if it holds for every member.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    let taken = members.map { $0.fit.valuesTaken(from: series) }
    let partly = taken.first { if case .later = $0 { true } else { false } }
    return partly ?? (taken.allSatisfy { $0 == .none } ? .none : .all)
  }

  private func moved(
    to series: TimeSeries,
    _ change: (any FittedForecaster) throws(ForecastError) -> any FittedForecaster
  ) throws(ForecastError) -> FittedAuto {
    var copy = self
    copy.series = series
    copy.members = []
    if series.end != self.series.end { copy.end = nil }
    var failure: ForecastError?
    for member in members {
      do throws(ForecastError) {
        var next = member
        next.fit = try change(member.fit)
        copy.members.append(next)
      } catch {
        failure = failure ?? error
        copy.failures.append(CombinationFailure(member: member.fit.name, reason: error.description))
      }
    }
    if copy.members.isEmpty, let failure { throw failure }
    let total = copy.members.reduce(0) { $0 + $1.weight }
    for place in copy.members.indices { copy.members[place].weight /= total }
    return copy
  }
}
