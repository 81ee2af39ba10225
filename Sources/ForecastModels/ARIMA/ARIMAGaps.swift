internal import ForesightNumerics
internal import RealModule

/// The exact likelihood of a sample in which so many values are missing that a column for each would cost too much.
///
/// `GapFilter` integrates the missing values out. Those among the first d + mD periods, the external variables and the constant
/// are columns of generalized least squares. The value is that of `ARIMAObjective` with a column per missing value.
final class ARIMAGaps {
  let filter: GapFilter
  /// The number of columns for missing values among the first d + mD periods.
  let diffuse: Int
  /// The positions of these values among all missing ones.
  private let diffusePlaces: [Int]
  /// The levels, then the columns.
  private let columns: [[Double]]

  /// The estimates at a process.
  struct Estimate {
    var outcome: GapFilter.Outcome
    /// The coefficients of the columns.
    var coefficients: [Double] = []
    /// A lower triangular factor of their information.
    var information: Matrix?
    /// Σe²/E.
    var squares = 0.0
    /// Σ log E + log|information on the missing values|.
    var logDeterminant: Double
  }

  /// The gaps of a sample; `nil` for few missing values or for aggregated periods.
  init?(_ sample: ARIMASample, width: Int, levels: [Double], further: [[Double]]) {
    guard sample.isGapped else { return nil }
    let length = sample.levels.count
    var isObserved = [Bool](repeating: true, count: length)
    for place in sample.places { isObserved[place.index] = false }
    filter = GapFilter(
      isObserved: isObserved, difference: sample.difference, seasonalDifference: sample.seasonalDifference,
      period: sample.period, width: width)
    let lost = filter.lost
    diffusePlaces = sample.places.indices.filter { sample.places[$0].index < lost }
    diffuse = diffusePlaces.count
    columns =
      [levels] + diffusePlaces.map { ARIMASample.indicator(sample.places[$0], length: length) } + further
  }

  /// The estimates at a prepared process; `nil` if columns are collinear.
  func estimate(_ recursion: ARMARecursion, keepsGains: Bool = false) -> Estimate? {
    guard let outcome = filter.run(recursion, columns, keepsGains: keepsGains) else { return nil }
    var estimate = Estimate(outcome: outcome, logDeterminant: outcome.logDeterminant)
    let series = outcome.innovations[0]
    func product(_ a: [Double], _ b: [Double]) -> Double {
      var sum = 0.0
      for t in a.indices { sum += a[t] * b[t] / outcome.variances[t] }
      return sum
    }
    let count = columns.count - 1
    if count > 0 {
      let found = outcome.innovations.dropFirst()
      var gram = Matrix(rows: count, columns: count, repeating: 0)
      for i in 0..<count {
        for j in 0...i {
          gram[i, j] = product(found[i + 1], found[j + 1])
          gram[j, i] = gram[i, j]
        }
      }
      guard let factor = try? Cholesky(gram),
        let coefficients = try? factor.solve(found.map { product($0, series) })
      else { return nil }
      for i in 0..<count {
        guard factor.lower[i, i] * factor.lower[i, i] > 1e-13 * gram[i, i] else { return nil }
      }
      for i in 0..<diffuse { estimate.logDeterminant += 2 * Double.log(factor.lower[i, i]) }
      estimate.coefficients = coefficients
      estimate.information = factor.lower
    }
    let rest = net(outcome.innovations, estimate.coefficients)
    estimate.squares = product(rest, rest)
    return estimate.squares.isFinite && estimate.logDeterminant.isFinite ? estimate : nil
  }

  /// A list minus what coefficients explain of it.
  private func net(_ lists: [[Double]], _ coefficients: [Double]) -> [Double] {
    var rest = lists[0]
    for (coefficient, column) in zip(coefficients, lists.dropFirst()) {
      for t in rest.indices { rest[t] -= coefficient * column[t] }
    }
    return rest
  }

  /// The levels minus what the columns explain, missing ones at their conditional means, and the missing values minus their
  /// first guess with the sign of a column's coefficient.
  func completed(
    _ recursion: ARMARecursion, _ estimate: Estimate, _ places: [ARIMASample.Place]
  ) -> (levels: [Double], unknowns: [Double]) {
    let rest = net(columns, estimate.coefficients)
    let levels = filter.smoothed(
      recursion, rest, innovations: net(estimate.outcome.innovations, estimate.coefficients), estimate.outcome
    )
    var unknowns = places.map { rest[$0.index] - levels[$0.index] }
    for (k, place) in diffusePlaces.enumerated() { unknowns[place] = estimate.coefficients[k] }
    return (levels, unknowns)
  }
}

extension ARIMAState {
  /// The parts of a state after a sample with many missing values.
  ///
  /// Missing values among the last d + mD periods stay unknown, given which the filter's state has a mean and a rest of variance
  /// in a few directions: these are the columns, with their prior distribution as information. Then follow the missing values
  /// of the first d + mD periods.
  struct GapParts {
    var tails: [[Double]]
    var unknownCount: Int
    var centre: ARMAState
    /// The state at other coefficients, with the same columns.
    var displaced: (ARIMACoefficients) -> ARMAState?
  }

  /// The parts for the series net of constant and variables and for further columns.
  static func gapParts(
    _ objective: ARIMAObjective, coefficients: ARIMACoefficients, rest: [Double], further: [[Double]]
  ) -> GapParts? {
    let sample = objective.sample
    let order = objective.order
    let recursion = objective.recursion
    guard
      let gaps = ARIMAGaps(
        sample, width: max(order.longAR, order.longMA + 1), levels: rest, further: further)
    else { return nil }
    let length = rest.count
    let lost = order.lost
    let open = (max(lost, length - lost)..<max(length, lost)).filter { !gaps.filter.isObserved[$0] }
    let fixed = sample.places.filter { $0.index < lost }.map { ARIMASample.indicator($0, length: length) }

    func filter(_ coefficients: ARIMACoefficients, _ columns: [[Double]], directions: Int?) -> (
      ARMAState, Int
    )? {
      guard let process = ARMAProcess(coefficients, period: order.period), recursion.prepare(process),
        let outcome = gaps.filter.run(recursion, columns)
      else { return nil }
      return GapMoments(gaps.filter, outcome, open: open, columns: columns, lost: lost)?
        .state(recursion, directions: directions)
    }
    guard let (centre, directions) = filter(coefficients, [rest] + fixed + further, directions: nil) else {
      return nil
    }
    let zero = [Double](repeating: 0, count: lost)
    let own =
      [Array(rest.suffix(lost))]
      + open.map { Array(ARIMASample.indicator(.init(index: $0, partner: nil), length: length).suffix(lost)) }
    return GapParts(
      tails: own + [[Double]](repeating: zero, count: directions)
        + (fixed + further).map { Array($0.suffix(lost)) },
      unknownCount: open.count + directions + fixed.count, centre: centre,
      displaced: { filter($0, [rest] + fixed, directions: directions)?.0 })
  }
}

/// The joint moments of a filter's state and the missing values among the last d + mD levels after a run.
private struct GapMoments {
  let width: Int
  let open: Int
  /// The states of the columns with missing levels at their guess.
  private var heads: [[Double]] = []
  /// What the guess exceeds the mean of each missing level by: for the series, then for the columns.
  private var excess: [[Double]] = []
  /// The regression of the state on missing levels, row by row, and their precision.
  private var slopes: [[Double]] = []
  private var precision: [[Double]] = []
  private var rest: Matrix
  private let gram: [[Double]]
  private let right: [Double]

  init?(_ filter: GapFilter, _ outcome: GapFilter.Outcome, open places: [Int], columns: [[Double]], lost: Int)
  {
    width = filter.width
    let open = places.count
    self.open = open
    let width = filter.width
    let slots = places.map { filter.place(ofLevel: $0) }
    let own = (0..<filter.width).map { filter.place(ofEntry: $0) }
    rest = Matrix(rows: width, columns: width, repeating: 0)
    for i in 0..<width { for j in 0..<width { rest[i, j] = filter.covariance(own[i], own[j]) } }
    if !slots.isEmpty {
      var joint = Matrix(rows: slots.count, columns: slots.count, repeating: 0)
      for (i, a) in slots.enumerated() {
        for (j, b) in slots.enumerated() { joint[i, j] = filter.covariance(a, b) }
      }
      guard let inverse = try? Cholesky(joint).inverse() else { return nil }
      precision = slots.indices.map { i in slots.indices.map { inverse[i, $0] } }
      slopes = (0..<width).map { i in
        slots.indices.map { j in
          slots.indices.reduce(0) { $0 + filter.covariance(own[i], slots[$1]) * inverse[$1, j] }
        }
      }
      for i in 0..<width {
        for j in 0..<width {
          for (k, slot) in slots.enumerated() { rest[i, j] -= slopes[i][k] * filter.covariance(own[j], slot) }
        }
      }
    }
    for (mean, column) in zip(outcome.means, columns) {
      let beyond = zip(places, slots).map { column[$0] - mean[$1] }
      excess.append(beyond)
      heads.append(
        (0..<width).map { [slopes] i in
          slopes.isEmpty ? mean[own[i]] : zip(slopes[i], beyond).reduce(mean[own[i]]) { $0 + $1.0 * $1.1 }
        })
    }
    func product(_ a: [Double], _ b: [Double]) -> Double {
      var sum = 0.0
      for t in a.indices { sum += a[t] * b[t] / outcome.variances[t] }
      return sum
    }
    let found = outcome.innovations
    gram = (1..<max(found.count, 1)).map { i in (1...i).map { product(found[i], found[$0]) } }
    right = (1..<max(found.count, 1)).map { product(found[$0], found[0]) }
  }

  /// The state with a column per missing level, then one per direction of the rest, then the columns.
  func state(_ recursion: ARMARecursion, directions given: Int?) -> (ARMAState, Int)? {
    for i in 0..<width { guard (0..<width).allSatisfy({ rest[i, $0].isFinite }) else { return nil } }
    guard let eigen = try? SymmetricEigen(rest) else { return nil }
    let order = eigen.values.indices.sorted { eigen.values[$0] > eigen.values[$1] }
    let floor = 1e-12 * recursion.variance(recursion.count)
    let count = given ?? order.filter { eigen.values[$0] > floor }.count
    var states = [heads[0]] + (0..<open).map { k in (0..<width).map { slopes[$0][k] } }
    for k in order.prefix(count) {
      let root = max(eigen.values[k], 0).squareRoot()
      states.append(eigen.vectors.column(k).map { $0 * root })
    }
    states += heads.dropFirst()
    var rows: [[Double]] = []
    var products: [Double] = []
    for i in 0..<open {
      rows.append(Array(precision[i][0...i]))
      products.append(zip(precision[i], excess[0]).reduce(0) { $0 + $1.0 * $1.1 })
    }
    for i in 0..<count {
      rows.append([Double](repeating: 0, count: open + i) + [1])
      products.append(0)
    }
    let own = products.prefix(open)
    for (c, row) in gram.enumerated() {
      let beyond = excess[c + 1]
      let weighted = (0..<open).map { i in zip(precision[i], beyond).reduce(0) { $0 + $1.0 * $1.1 } }
      let added = (0...c).map { other in
        zip(weighted, excess[other + 1]).reduce(row[other]) { $0 + $1.0 * $1.1 }
      }
      rows.append(weighted + [Double](repeating: 0, count: count) + added)
      products.append(zip(beyond, own).reduce(right[c]) { $0 + $1.0 * $1.1 })
    }
    return (recursion.state(heads: states, gram: rows, right: products), count)
  }
}
