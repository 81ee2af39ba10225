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

  private mutating func factor(_ names: [String], _ pairs: [Correlation]) {
    guard let first = pairs.first, let last = pairs.last else { return }
    if let other = pairs.first(where: { $0.degreesOfFreedom != first.degreesOfFreedom }) {
      problems.append(
        ScenarioProblem(
          "correlations: \(names.joined(separator: ", ")) are connected and need one copula: all gaussian_copula, or all "
            + "t_copula with the same df", at: other.place))
      return
    }
    var matrix = CopulaFactors.matrix(names, pairs)
    var lower = CopulaFactors.cholesky(matrix)
    if lower == nil {
      guard let nearest = try? NearestCorrelation(matrix).matrix else {
        problems.append(ScenarioProblem("the correlations have no eigenvalues", at: last.place))
        return
      }
      let shown = CopulaFactors.shown(names, nearest)
      let group = "the correlations of \(names.joined(separator: ", "))"
      guard pairs.contains(where: \.repairs) else {
        problems.append(
          ScenarioProblem(
            "\(group) are no correlation matrix (not positive semidefinite); the nearest one is \(shown); "
              + "\"repair: nearest\" in one of the pairs takes it", at: last.place))
        return
      }
      repairs.append(ScenarioProblem("\(group) were replaced by the nearest ones: \(shown)", at: last.place))
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

  /// The lower factor, `nil` where the matrix is not positive semidefinite within the tolerance.
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
