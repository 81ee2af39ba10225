/// The Cholesky factors of the correlation matrices of inputs' normal scores.
///
/// Inputs that correlations connect form a group, in the order in which the list of correlations first names them; pairs of
/// a group that are not listed are uncorrelated. For one pair this is z₂ ← r z₁ + √(1 − r²) z₂.
struct CopulaFactors {
  /// The weights of the independent scores in the score of each correlated input.
  private(set) var rows: [String: [(String, Double)]] = [:]
  private(set) var problems: [ScenarioProblem] = []

  init(_ correlations: [Correlation]) {
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
    for name in order where root(name) == name { factor(groups[name] ?? [], correlations) }
  }

  private mutating func factor(_ names: [String], _ correlations: [Correlation]) {
    let n = names.count
    var index: [String: Int] = [:]
    for (position, name) in names.enumerated() { index[name] = position }
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n { matrix[i][i] = 1 }
    var last: FilePlace?
    for correlation in correlations {
      guard let i = index[correlation.first], let j = index[correlation.second] else { continue }
      matrix[i][j] = correlation.normalScore
      matrix[j][i] = correlation.normalScore
      last = correlation.place
    }
    var lower = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for j in 0..<n {
      var pivot = matrix[j][j]
      for k in 0..<j { pivot -= lower[j][k] * lower[j][k] }
      if pivot < -1e-12 {
        if let last {
          problems.append(
            ScenarioProblem(
              "the correlations of \(names.joined(separator: ", ")) are no correlation matrix "
                + "(not positive semidefinite)", at: last))
        }
        return
      }
      lower[j][j] = max(0, pivot).squareRoot()
      for i in (j + 1)..<max(n, j + 1) {
        var sum = matrix[i][j]
        for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
        if lower[j][j] > 1e-9 { lower[i][j] = sum / lower[j][j] }
      }
    }
    // The first of a group keeps its own draws.
    for i in 1..<n { rows[names[i]] = (0...i).map { (names[$0], lower[i][$0]) } }
  }
}
