internal import ForesightNumerics
internal import RealModule

/// A Gaussian or t copula of two inputs.
public struct Correlation: Sendable, Hashable {
  /// The first input.
  public var first: String
  /// The second input.
  public var second: String
  /// The correlation of the normal scores, or of the t scores.
  public var normalScore: Double
  /// The degrees of freedom of a t copula; `nil` for the Gaussian one.
  public var degreesOfFreedom: Double?
  /// Whether to use the nearest correlation matrix if the group's pairs do not form one.
  public var repairs: Bool
  /// Its place in the file.
  public var place: FilePlace
}

/// A Gaussian copula of the innovations of two series.
public struct SeriesCorrelation: Sendable, Hashable {
  /// The first series.
  public var first: String
  /// The second series.
  public var second: String
  /// The correlation of the normal scores; `nil` is estimated from the series' residuals.
  public var normalScore: Double?
  /// Whether to use the nearest correlation matrix if the group's pairs do not form one.
  public var repairs: Bool
  /// Its place in the file.
  public var place: FilePlace
}

/// How correlated inputs are drawn: the Cholesky factors of their correlation matrices.
///
/// Inputs that correlations connect form a group, in the order in which the list of correlations first names them; pairs of
/// a group that are not listed are uncorrelated. For one Gaussian pair this is z₂ ← r z₁ + √(1 − r²) z₂.
struct CopulaFactors {
  /// The weights of the independent scores in the score of an input, in the order of its group.
  struct Mix {
    let weights: [(String, Double)]
    /// The degrees of freedom of a t copula; `nil` for the Gaussian one.
    let degreesOfFreedom: Double?
  }

  /// The inputs of each group, in its order.
  private(set) var groups: [[String]] = []
  /// How each correlated input but the first of its group is mixed.
  private(set) var mixes: [String: Mix] = [:]
  private(set) var problems: [ScenarioProblem] = []
  /// What was done to matrices that are none.
  private(set) var repairs: [ScenarioProblem] = []

  /// The factors of a list of correlations; the inputs named in `first` come first in their groups, in that order.
  init(_ correlations: [Correlation], first: [String] = []) {
    var order: [String] = []
    var parent: [String: String] = [:]
    func root(_ name: String) -> String {
      var current = name
      while let next = parent[current], next != current { current = next }
      return current
    }
    for correlation in correlations {
      for name in [correlation.first, correlation.second] where parent[name] == nil {
        parent[name] = name
        order.append(name)
      }
      parent[root(correlation.second)] = root(correlation.first)
    }
    var groups: [String: [String]] = [:]
    for name in order { groups[root(name), default: []].append(name) }
    for name in order where root(name) == name {
      let members = groups[name] ?? []
      let names = first.filter(members.contains) + members.filter { !first.contains($0) }
      factor(names, correlations.filter { names.contains($0.first) })
    }
  }

  /// The inputs of the groups that some names belong to, those among them.
  func partners(of names: Set<String>) -> Set<String> {
    Set(groups.filter { !names.isDisjoint(with: $0) }.joined())
  }

  private mutating func factor(_ names: [String], _ pairs: [Correlation]) {
    groups.append(names)
    guard let first = pairs.first, let last = pairs.last else { return }
    if let other = pairs.first(where: { $0.degreesOfFreedom != first.degreesOfFreedom }) {
      problems.append(
        ScenarioProblem(
          "correlations: \(names.joined(separator: ", ")) are connected and must use one copula: all gaussian_copula, or all "
            + "t_copula with the same df", at: other.place))
      return
    }
    var matrix = CopulaFactors.matrix(names, pairs)
    var lower = CopulaFactors.cholesky(matrix)
    if lower == nil {
      guard let nearest = try? NearestCorrelation(matrix).matrix else {
        problems.append(
          ScenarioProblem("the eigenvalues of the correlations did not converge", at: last.place))
        return
      }
      let shown = CopulaFactors.shown(names, nearest)
      let group = "the correlations of \(names.joined(separator: ", "))"
      guard pairs.contains(where: \.repairs) else {
        problems.append(
          ScenarioProblem(
            "\(group) do not form a correlation matrix (not positive semidefinite); the nearest matrix has \(shown); "
              + "add \"repair: nearest\" to one of the pairs to use it", at: last.place))
        return
      }
      repairs.append(
        ScenarioProblem("\(group) were replaced by the nearest valid correlations: \(shown)", at: last.place))
      matrix = nearest
      lower = CopulaFactors.cholesky(matrix, tolerance: 1e-7)
    }
    // The first of a group keeps its own draws.
    guard let lower else { return }
    for i in 1..<names.count {
      mixes[names[i]] = Mix(
        weights: (0...i).map { (names[$0], lower[i][$0]) }, degreesOfFreedom: first.degreesOfFreedom)
    }
  }

  private static func matrix(_ names: [String], _ pairs: [Correlation]) -> [[Double]] {
    let n = names.count
    var index: [String: Int] = [:]
    for (position, name) in names.enumerated() { index[name] = position }
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n { matrix[i][i] = 1 }
    for pair in pairs {
      guard let i = index[pair.first], let j = index[pair.second] else { continue }
      matrix[i][j] = pair.normalScore
      matrix[j][i] = pair.normalScore
    }
    return matrix
  }

  /// The lower factor; `nil` if the matrix is not positive semidefinite within the tolerance.
  private static func cholesky(_ matrix: [[Double]], tolerance: Double = 1e-12) -> [[Double]]? {
    let n = matrix.count
    var lower = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for j in 0..<n {
      var pivot = matrix[j][j]
      for k in 0..<j { pivot -= lower[j][k] * lower[j][k] }
      if pivot < -tolerance { return nil }
      lower[j][j] = max(0, pivot).squareRoot()
      for i in (j + 1)..<max(n, j + 1) {
        var sum = matrix[i][j]
        for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
        if lower[j][j] > 1e-9 {
          lower[i][j] = sum / lower[j][j]
        } else if abs(sum) > tolerance.squareRoot() {
          // Beside a zero pivot of a positive semidefinite matrix there are zeros.
          return nil
        }
      }
    }
    return lower
  }

  private static func shown(_ names: [String], _ matrix: [[Double]]) -> String {
    var pairs: [String] = []
    for j in names.indices {
      for i in names.indices where i < j {
        pairs.append("\(names[i])-\(names[j]) \((matrix[i][j] * 1e6).rounded() / 1e6)")
      }
    }
    return pairs.joined(separator: ", ")
  }
}

/// The correlation matrix nearest to a symmetric one in the Frobenius norm.
///
/// Alternating projections with Dykstra's correction: Higham, IMA J. Numer. Anal. 22(3), 2002, 329-343,
/// doi:10.1093/imanum/22.3.329, algorithm 3.3 with unit weights. Cost: about 9n³ operations per step.
struct NearestCorrelation {
  let matrix: [[Double]]

  /// - Throws: `NumericsError` if the eigenvalues do not converge.
  init(_ given: [[Double]]) throws(NumericsError) {
    let n = given.count
    var unit = Matrix(given)
    var correction = Matrix(rows: n, columns: n)
    for _ in 0..<1000 {
      let shifted = unit - correction
      let semidefinite = try NearestCorrelation.semidefinite(shifted)
      correction = semidefinite - shifted
      var next = semidefinite
      for i in 0..<n { next[i, i] = 1 }
      let change = zip(next.elements, unit.elements).map { abs($0 - $1) }.max() ?? 0
      unit = next
      if change <= 1e-13 { break }
    }
    // What is left below zero by rounding goes, and the diagonal is one again.
    let lifted = try NearestCorrelation.semidefinite(unit)
    matrix = (0..<n).map { i in
      (0..<n).map { j in
        i == j ? 1 : lifted[i, j] / (lifted[i, i] * lifted[j, j]).squareRoot()
      }
    }
  }

  private static func semidefinite(_ a: Matrix) throws(NumericsError) -> Matrix {
    let eigen = try SymmetricEigen(a)
    let n = a.rows
    var result = Matrix(rows: n, columns: n)
    for j in 0..<n {
      for i in 0...j {
        var sum = 0.0
        for k in 0..<n where eigen.values[k] > 0 {
          sum += eigen.values[k] * eigen.vectors[i, k] * eigen.vectors[j, k]
        }
        result[i, j] = sum
        result[j, i] = sum
      }
    }
    return result
  }
}

/// The Spearman correlation of the bivariate t copula and its inverse.
///
/// With independent copies of the mixing variable W = ν/χ², ρ = (6/π) E asin(r W/√((W + W′)(W + W″))): Spearman's ρ is
/// three times the excess of concordance with independent copies of each margin, and given the W's these are normal (after
/// Kruskal, J. Am. Stat. Assoc. 53, 1958, 814-861, doi:10.1080/01621459.1958.10501481). The mean is taken over
/// the mid-points of 48 equally likely cells of each W.
struct RankCorrelation {
  private let cells: [Double]

  init(degreesOfFreedom: Double) throws(NumericsError) {
    let law = try ChiSquared(degreesOfFreedom: degreesOfFreedom)
    cells = (0..<48).map { law.quantile((Double($0) + 0.5) / 48) }
  }

  /// Spearman's ρ of the copula with correlation parameter r.
  func spearman(_ r: Double) -> Double {
    var sum = 0.0
    for own in cells {
      // W/(W + W′) = χ′²/(χ² + χ′²).
      let shares = cells.map { ($0 / ($0 + own)).squareRoot() }
      for (i, first) in shares.enumerated() {
        for second in shares[..<i] { sum += 2 * .asin(r * first * second) }
        sum += .asin(r * first * first)
      }
    }
    let count = Double(cells.count)
    return 6 / .pi * sum / (count * count * count)
  }

  /// The correlation parameter that gives Spearman's ρ, by the secant through the odd, increasing curve; ±1 gives ±1.
  func parameter(_ rho: Double) -> Double {
    guard abs(rho) < 1 else { return rho }
    var (low, high) = (-1.0, 1.0)
    var r = 2 * .sin(.pi * rho / 6)
    for _ in 0..<40 where high - low > 1e-9 {
      let excess = spearman(r) - rho
      if abs(excess) < 1e-10 { return r }
      if excess > 0 { high = r } else { low = r }
      // The slope of the Gaussian copula's curve is close to this one's.
      let next = r - excess * .pi / 3 * (1 - r * r / 4).squareRoot()
      r = next > low && next < high ? next : 0.5 * (low + high)
    }
    return r
  }
}
