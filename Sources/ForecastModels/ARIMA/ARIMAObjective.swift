internal import ForesightNumerics
internal import RealModule

/// The exact Gaussian log-likelihood of a sample at an order, mean or drift and σ² concentrated out.
///
/// External variables are concentrated out with the constant. With Ω the covariance of the differenced values over σ², U the
/// columns of unknowns and S the generalized sum of squares, −2 log L = ν log(2πeS/ν) + log|Ω| + log|UᵀΩ⁻¹U| for ν
/// effective observations.
final class ARIMAObjective {
  let order: ARIMAOrder
  let sample: ARIMASample
  let hasConstant: Bool
  let recursion: ARMARecursion
  private(set) var evaluations = 0
  /// The differenced values, centered if there is a constant.
  private let centred: [Double]
  private let shift: Double
  /// The amount of the constant's column that is subtracted from each external variable; zero without a constant.
  let shifts: [Double]
  private let explanatory: [[Double]]
  /// A sum of squares below this is rounding error.
  private let floor: Double
  private let gaps: ARIMAGaps?
  /// Whether differences in place of an exact gradient are taken on both sides.
  var isCentral = true

  init(_ sample: ARIMASample, order: ARIMAOrder, hasConstant: Bool) {
    self.order = order
    self.sample = sample
    self.hasConstant = hasConstant
    let n = sample.values.count
    recursion = ARMARecursion(count: n, width: max(order.longAR, order.longMA + 1))
    let unit = sample.constant[0]
    shift = hasConstant && unit != 0 ? sample.values.reduce(0, +) / (Double(n) * unit) : 0
    let shift = shift
    centred = hasConstant ? zip(sample.values, sample.constant).map { $0 - shift * $1 } : sample.values
    let shifts = sample.explanatory.map {
      hasConstant && unit != 0 ? $0.reduce(0, +) / (Double(n) * unit) : 0
    }
    self.shifts = shifts
    explanatory = zip(sample.explanatory, shifts).map { column, shift in
      zip(column, sample.constant).map { $0 - shift * $1 }
    }
    var squares = 0.0
    for y in sample.levels { squares += y * y }
    floor = 1e-29 * squares
    let clock = ARIMASample.clock(
      sample.levels.count, isTrend: sample.difference + sample.seasonalDifference > 0)
    gaps = ARIMAGaps(
      sample, width: max(order.longAR, order.longMA + 1),
      levels: hasConstant ? zip(sample.levels, clock).map { $0 - shift * $1 } : sample.levels,
      further: zip(sample.regressors.columns, shifts).map { column, shift in
        zip(column, clock).map { $0 - shift * $1 }
      } + (hasConstant ? [clock] : []))
  }

  /// The solution of generalized least squares at given coefficients, in units of the sample.
  struct Solution {
    /// The innovations at the estimates.
    var innovations: [Double]
    /// Σv²/F.
    var squares: Double
    /// Σ log F + log|UᵀΩ⁻¹U|.
    var logDeterminant: Double
    /// The unknowns minus their first guess.
    var unknowns: [Double]
    /// The coefficients of the external variables.
    var regression: [Double]
    /// The mean, or the drift per base period.
    var constant: Double
    /// A lower triangular factor of the information on unknowns, regression and constant, over σ⁻²; the constant is that for
    /// the shifted variables.
    var information: Matrix?
    /// The number of unknowns among them.
    var informed = 0
    /// The columns of unknowns, regression and constant, filtered; none if the sample is gapped.
    var filtered: [[Double]]
    /// Whether the innovations are zero up to rounding.
    var isPerfect: Bool
  }

  /// The free parameters, σ² among them.
  var parameterCount: Int { order.armaCount + explanatory.count + (hasConstant ? 1 : 0) + 1 }

  private var columns: [[Double]] {
    sample.unknowns + explanatory + (hasConstant ? [sample.constant] : [])
  }

  /// The solution for the process that `recursion` was prepared with; `nil` if columns are collinear.
  private func solve() -> Solution? {
    if let gaps { return solve(gaps) }
    let n = centred.count
    var innovations = [Double](repeating: 0, count: n)
    recursion.filter(centred, into: &innovations)
    var filtered: [[Double]] = []
    for column in columns {
      var result = [Double](repeating: 0, count: n)
      recursion.filter(column, from: column.firstIndex { $0 != 0 } ?? n, into: &result)
      filtered.append(result)
    }
    var solution = Solution(
      innovations: innovations, squares: 0, logDeterminant: recursion.logDeterminant, unknowns: [],
      regression: [], constant: 0, information: nil, filtered: filtered, isPerfect: false)
    let count = filtered.count
    if count > 0 {
      var gram = Matrix(rows: count, columns: count, repeating: 0)
      let products = recursion.products(filtered, innovations)
      let right = products.right
      for i in 0..<count { for j in 0...i { gram[i, j] = products.gram[i][j] } }
      for i in 0..<count { for j in 0..<i { gram[j, i] = gram[i, j] } }
      guard let factor = try? Cholesky(gram), let estimates = try? factor.solve(right) else { return nil }
      for i in 0..<count {
        guard factor.lower[i, i] * factor.lower[i, i] > 1e-13 * gram[i, i] else { return nil }
      }
      for (estimate, column) in zip(estimates, filtered) {
        for t in 0..<n { solution.innovations[t] -= estimate * column[t] }
      }
      for i in sample.unknowns.indices { solution.logDeterminant += 2 * Double.log(factor.lower[i, i]) }
      solution.unknowns = Array(estimates.prefix(sample.unknowns.count))
      solution.regression = Array(estimates[sample.unknowns.count...].prefix(explanatory.count))
      if hasConstant {
        solution.constant = estimates[count - 1] + shift
        for (slope, shift) in zip(solution.regression, shifts) { solution.constant -= slope * shift }
      }
      solution.information = factor.lower
      solution.informed = sample.unknowns.count
    }
    solution.squares = product(solution.innovations, solution.innovations)
    guard solution.squares.isFinite else { return nil }
    solution.isPerfect = solution.squares <= floor
    solution.squares = max(solution.squares, floor, .leastNormalMagnitude)
    return solution
  }

  /// The solution with missing values integrated out.
  private func solve(_ gaps: ARIMAGaps) -> Solution? {
    guard let estimate = gaps.estimate(recursion, keepsGains: true) else { return nil }
    let (levels, unknowns) = gaps.completed(recursion, estimate, sample.places)
    var solution = Solution(
      innovations: [Double](repeating: 0, count: centred.count), squares: estimate.squares,
      logDeterminant: estimate.logDeterminant, unknowns: unknowns,
      regression: Array(estimate.coefficients[gaps.diffuse...].prefix(explanatory.count)), constant: 0,
      information: estimate.information, informed: gaps.diffuse, filtered: [],
      isPerfect: estimate.squares <= floor)
    recursion.filter(sample.differenced(levels), into: &solution.innovations)
    if hasConstant, let last = estimate.coefficients.last {
      solution.constant = last + shift
      for (slope, shift) in zip(solution.regression, shifts) { solution.constant -= slope * shift }
    }
    solution.squares = max(solution.squares, floor, .leastNormalMagnitude)
    return solution
  }

  /// aᵀΩ⁻¹b of filtered columns.
  private func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for t in 0..<a.count { sum += a[t] * b[t] / recursion.variance(t) }
    return sum
  }

  /// The solution at given coefficients; `nil` if the process is not stationary or columns are collinear.
  func solution(_ coefficients: ARIMACoefficients, canSettle: Bool = true) -> Solution? {
    guard let process = ARMAProcess(coefficients, period: order.period),
      recursion.prepare(process, canSettle: canSettle)
    else { return nil }
    return solve()
  }

  /// The log-likelihood of the observations in their own units.
  func logLikelihood(_ solution: Solution) -> Double {
    let n = Double(sample.effective)
    return -0.5 * (n * (1 + Double.log(2 * .pi * solution.squares / n)) + solution.logDeterminant)
      + sample.logJacobian
  }

  /// −(log L)/ν without its constants, with its exact gradient; infinite outside the domain.
  func value(_ partials: [Double], gradient: inout [Double]) -> Double {
    if let gaps { return value(partials, gaps, gradient: &gradient) }
    evaluations += 1
    var total = Double.infinity
    for block in stride(from: 0, to: max(partials.count, 1), by: 8) {
      let parts = ARIMAPartials(order, jets(partials, block: block))
      guard let process = parts.process, recursion.prepare(process), let solution = solve() else {
        return .infinity
      }
      let n = Double(sample.effective)
      total = 0.5 * (n * Double.log(solution.squares) + solution.logDeterminant) / n
      let slope = slope(process, solution)
      for k in block..<min(block + 8, partials.count) { gradient[k] = slope[k - block] / n }
    }
    return total
  }

  /// The value with missing values integrated out, and its gradient by differences.
  private func value(_ partials: [Double], _ gaps: ARIMAGaps, gradient: inout [Double]) -> Double {
    func value(_ partials: [Double]) -> Double {
      evaluations += 1
      let process = ARIMAPartials(order, partials.map { ARMAJet($0) }).process
      guard let process, recursion.prepare(process), let estimate = gaps.estimate(recursion) else {
        return .infinity
      }
      let n = Double(sample.effective)
      let squares = max(estimate.squares, floor, .leastNormalMagnitude)
      return 0.5 * (n * Double.log(squares) + estimate.logDeterminant) / n
    }
    let centre = value(partials)
    guard centre.isFinite else { return centre }
    let step = isCentral ? 1e-5 : 1e-7
    for k in partials.indices {
      var point = partials
      // A partial autocorrelation near its bound is approached from inside.
      var ends = [1.0, -1.0].map { abs(partials[k] + $0 * step) < 1 ? partials[k] + $0 * step : partials[k] }
      if !isCentral, ends[0] != partials[k] { ends[1] = partials[k] }
      let values = ends.map { end in
        point[k] = end
        return end == partials[k] ? centre : value(point)
      }
      gradient[k] = (values[0] - values[1]) / (ends[0] - ends[1])
    }
    return centre
  }

  private func slope(_ process: ARMAProcess, _ solution: Solution) -> SIMD8<Double> {
    let residual = residualColumn(solution)
    var columns = [
      (
        weight: Double(sample.effective) / solution.squares, column: residual,
        innovations: solution.innovations
      )
    ]
    // d log|UᵀΩ⁻¹U| is the sum over columns that are orthonormal in Ω⁻¹: U L⁻ᵀ.
    if let factor = solution.information {
      let missing = sample.unknowns.indices
      let orthonormal = recursion.orthonormal(
        Array(solution.filtered[missing]), factor: factor.elements, leading: factor.rows)
      let supports = sample.unknowns.map { column in column.indices.filter { column[$0] != 0 } }
      for j in missing {
        var weights = [Double](repeating: 0, count: sample.unknowns.count)
        for i in stride(from: j, through: 0, by: -1) {
          var sum = i == j ? 1.0 : 0.0
          for k in (i + 1)..<max(j + 1, i + 1) { sum -= factor[k, i] * weights[k] }
          weights[i] = sum / factor[i, i]
        }
        var column = [Double](repeating: 0, count: centred.count)
        for i in 0...j { for t in supports[i] { column[t] += weights[i] * sample.unknowns[i][t] } }
        columns.append((1, column, orthonormal[j]))
      }
    }
    let adjoint = recursion.adjoint(columns)
    var slope = adjoint.variance * process.variance.slope
    for (weight, term) in zip(adjoint.ar, process.ar) { slope += weight * term.value.slope }
    for (weight, term) in zip(adjoint.gain, process.gain) { slope += weight * term.slope }
    return slope
  }

  /// The differenced values minus what the estimates explain.
  private func residualColumn(_ solution: Solution) -> [Double] {
    guard !solution.filtered.isEmpty else { return centred }
    var residual = sample.values
    for (estimate, unknown) in zip(solution.unknowns, sample.unknowns) {
      for t in residual.indices { residual[t] -= estimate * unknown[t] }
    }
    for (slope, column) in zip(solution.regression, sample.explanatory) {
      for t in residual.indices { residual[t] -= slope * column[t] }
    }
    if hasConstant { for t in residual.indices { residual[t] -= solution.constant * sample.constant[t] } }
    return residual
  }

  private func jets(_ partials: [Double], block: Int) -> [ARMAJet] {
    partials.enumerated().map { index, value in
      var jet = ARMAJet(value)
      if index >= block && index < block + 8 { jet.slope[index - block] = 1 }
      return jet
    }
  }
}
