internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The combination of joint distributions under weights, one list a step.
///
/// Where all are Student t with the same degrees of freedom the answer is Student t with averaged locations, deviations
/// and correlations; else a `CombinedDistribution`. Equal parts give that part itself.
///
/// - Throws: `NumericsError` where the members' correlations are not finite numbers.
func combined(
  _ parts: [any PredictiveDistribution], weights: [[Double]]
) throws(NumericsError) -> any PredictiveDistribution {
  if parts.count == 1 { return parts[0] }
  let laws = parts.compactMap { $0 as? JointStudentT }
  if laws.count == parts.count, laws.allSatisfy({ $0.degreesOfFreedom == laws[0].degreesOfFreedom }),
    let law = combinedStudentT(laws, weights: weights)
  {
    return law
  }
  return CombinedDistribution(parts, weights: weights)
}

/// μ = Σwμ, D = Σw·deviation and Σ = D R D with R the average of the members' correlations.
private func combinedStudentT(_ laws: [JointStudentT], weights: [[Double]]) -> JointStudentT? {
  let horizon = weights.count
  let correlation = averageCorrelation(laws, weights: weights)
  var location = [Double](repeating: 0, count: horizon)
  var deviation = location
  for step in 0..<horizon {
    for (law, weight) in zip(laws, weights[step]) where weight > 0 {
      location[step] += weight * law.location[step]
      deviation[step] += weight * law.diagonal[step].squareRoot()
    }
  }
  var scale = correlation
  for i in 0..<horizon {
    for j in 0..<horizon { scale[i, j] *= deviation[i] * deviation[j] }
  }
  return try? JointStudentT(location: location, scale: scale, degreesOfFreedom: laws[0].degreesOfFreedom)
}

/// The correlation matrix of the steps, averaged over distributions by their weights over all steps.
///
/// That of a distribution other than Student t, or one made of it, is estimated from 1,000 paths by the normal scores of their ranks. A mean of
/// correlation matrices is one.
func averageCorrelation(_ parts: [any PredictiveDistribution], weights: [[Double]]) -> Matrix {
  let horizon = weights.count
  var result = Matrix(rows: horizon, columns: horizon, repeating: 0)
  for (place, part) in parts.enumerated() {
    let weight = weights.reduce(0) { $0 + $1[place] } / Double(horizon)
    guard weight > 0 else { continue }
    let own = correlation(part)
    for i in 0..<horizon {
      for j in 0..<horizon { result[i, j] += weight * own[i, j] }
    }
  }
  // Weights sum to 1 but for rounding; a diagonal is exactly that.
  for i in 0..<horizon { result[i, i] = 1 }
  return result
}

/// A joint distribution whose steps rise with those of a Student t law, whose ranks it has.
protocol TransformedStudentT: PredictiveDistribution {
  var root: JointStudentT { get }
}

private func correlation(_ part: any PredictiveDistribution) -> Matrix {
  let horizon = part.horizon
  let known = part as? JointStudentT ?? (part as? any TransformedStudentT)?.root
  let scale = known?.scale ?? rankCovariance(part.samplePaths(1_000, seed: 20_221_130))
  var result = Matrix(rows: horizon, columns: horizon, repeating: 0)
  for i in 0..<horizon {
    for j in 0..<horizon {
      let unit = (scale[i, i] * scale[j, j]).squareRoot()
      // A step that is certain goes with no other.
      let share = unit > 0 ? scale[i, j] / unit : 0
      result[i, j] = i == j ? 1 : share.isFinite ? share : 0
    }
  }
  return result
}

/// The products of the normal scores of each step's ranks; equal values share the mean of their scores.
private func rankCovariance(_ paths: Matrix) -> Matrix {
  let count = paths.columns
  let scores = (1...count).map { Normal.standard.quantile((Double($0) - 0.5) / Double(count)) }
  let rows = (0..<paths.rows).map { step -> [Double] in
    let row = paths.row(step)
    let order = row.indices.sorted { (row[$0], $0) < (row[$1], $1) }
    var result = [Double](repeating: 0, count: count)
    var first = 0
    while first < count {
      var next = first + 1
      while next < count, row[order[next]] == row[order[first]] { next += 1 }
      let shared = scores[first..<next].reduce(0, +) / Double(next - first)
      for k in first..<next { result[order[k]] = shared }
      first = next
    }
    return result
  }
  var result = Matrix(rows: paths.rows, columns: paths.rows, repeating: 0)
  for i in rows.indices {
    for j in rows.indices {
      result[i, j] = zip(rows[i], rows[j]).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
  return result
}

/// The combination of any joint distributions by their quantiles.
///
/// The quantile of a step is Σwᵢ Qᵢ(p): monotone, inside the members' domains, of mean Σwᵢ μᵢ (F. A. Vincent 1912; K. C.
/// Lichtendahl, Y. Grushka-Cockayne and R. L. Winkler, *Management Science* 59 (2013) 1594–1611,
/// doi:10.1287/mnsc.1120.1667). Steps are joined by the copula of a Student t law with the averaged correlations and
/// the harmonic mean of the members' degrees of freedom. Sums are those of joint paths.
struct CombinedDistribution: PredictiveDistribution {
  let parts: [any PredictiveDistribution]
  /// One weight a part, for each step.
  let weights: [[Double]]

  init(_ parts: [any PredictiveDistribution], weights: [[Double]]) {
    self.parts = parts
    self.weights = weights
  }

  /// The copula, which is made when paths are asked for: a member without a closed form costs 1,000 paths.
  private var copula: JointStudentT {
    var inverse = 0.0
    for (place, part) in parts.enumerated() {
      let weight = weights.reduce(0) { $0 + $1[place] } / Double(horizon)
      if let law = part as? JointStudentT { inverse += weight / law.degreesOfFreedom }
    }
    let law = try? JointStudentT(
      location: [Double](repeating: 0, count: horizon),
      scale: averageCorrelation(parts, weights: weights), degreesOfFreedom: 1 / inverse)
    // Where rounding leaves no correlation matrix, steps are joined by the common scale alone.
    return law ?? JointStudentT(standard: horizon, degreesOfFreedom: 1 / inverse)
  }

  var horizon: Int { weights.count }

  func marginal(_ step: Int) -> any Distribution {
    var margins: [any Distribution] = []
    var shares: [Double] = []
    for (part, weight) in zip(parts, weights[step]) where weight > 0 {
      margins.append(part.marginal(step))
      shares.append(weight)
    }
    return CombinedMargin(margins: margins, weights: shares)
  }

  func quantile(_ probability: Double) -> [Double] {
    let all = parts.map { $0.quantile(probability) }
    return (0..<horizon).map { step in
      var sum = 0.0
      for (place, weight) in weights[step].enumerated() where weight > 0 { sum += weight * all[place][step] }
      return sum
    }
  }

  /// Scores of the copula through each step's quantiles, which are read from a table of 513, linear in between.
  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let scores = copula.samplePaths(count, seed: seed)
    let tables = QuantileTable.tables(of: self, law: copula.marginal(0))
    return Matrix(
      rows: horizon, columns: count,
      columnMajor: scores.elements.enumerated().map { tables[$0 % horizon].value($1) })
  }
}

/// The quantiles of a law at the probabilities of scores of another, dense in the middle.
private struct QuantileTable {
  private let values: [Double]

  private static let half = 256
  /// The scores at the nodes are sinh of a multiple of this; the outermost is beyond 10⁵.
  private static let step = 12.5 / 256.0

  /// One table a step for the scores of a standard law.
  static func tables(of distribution: CombinedDistribution, law: any Distribution) -> [QuantileTable] {
    var columns = [[Double]](repeating: [], count: distribution.horizon)
    for node in -half...half {
      let score = Double.sinh(step * Double(node))
      let probability = min(max(law.cdf(score), 1e-15), 1 - 1e-15)
      for (place, value) in distribution.quantile(probability).enumerated() { columns[place].append(value) }
    }
    return columns.map { QuantileTable(values: $0) }
  }

  func value(_ score: Double) -> Double {
    let place = Double.asinh(score) / QuantileTable.step + Double(QuantileTable.half)
    guard place > 0 else { return values[0] }
    guard place < Double(values.count - 1) else { return values[values.count - 1] }
    let node = Int(place)
    let low = Double.sinh(QuantileTable.step * Double(node - QuantileTable.half))
    let high = Double.sinh(QuantileTable.step * Double(node + 1 - QuantileTable.half))
    return values[node] + (values[node + 1] - values[node]) * (score - low) / (high - low)
  }
}
