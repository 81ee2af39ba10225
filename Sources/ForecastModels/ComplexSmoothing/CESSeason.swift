internal import ForesightNumerics

/// The least-squares start of the season, given gains.
///
/// The predictions are linear in the initial state. Without missing values a unit of the start at position k acts as that at position 0
/// does, k periods later, so that one run gives all columns and prefix sums give their products. Cost: O(nm + m³).
extension CESSearch {
  /// The longest cycle whose start is estimated.
  static let longestStart = 60

  /// The optimum with the start of the season and the other parameters estimated in turn, with the search that it belongs to.
  ///
  /// With shrinkage, the start stays near the classical indices, within a third of their standard errors: chosen on the ends of the
  /// training parts of the M3 series.
  func withSeason(_ optimum: Optimum, errors: [Double], rounds: Int) -> (CESSearch, Optimum) {
    var best = (search: self, optimum: optimum)
    guard form.isSeasonal, start.seasonLevels.count <= CESSearch.longestStart else { return best }
    let anchor = start
    for _ in 0..<rounds {
      guard let search = best.search.seasonFitted(best.optimum, anchor: anchor, errors: errors) else { break }
      var found = search.descend(from: best.optimum.parameters)
      found.evaluations += best.optimum.evaluations
      let gain = best.optimum.objective - found.objective
      guard gain > 0 else { break }
      best = (search, found)
      if gain < 1e-3 { break }
    }
    return best
  }

  /// The search from the season that fits best given gains and shifts.
  private func seasonFitted(_ optimum: Optimum, anchor: CESState, errors: [Double]) -> CESSearch? {
    let cycle = start.seasonLevels.count
    let recursion = recursion(optimum.parameters)
    var state = initialState(optimum.parameters)
    let predictions = recursion.predictions(values, &state)
    let residuals = zip(values, predictions).map { $0.isNaN ? 0 : $0 - $1 }
    let columns = columns(recursion)
    var gram = Matrix(rows: columns.count, columns: columns.count, repeating: 0)
    var right = [Double](repeating: 0, count: columns.count)
    for i in columns.indices {
      for j in 0...i {
        var sum = 0.0
        for t in max(i % cycle, j % cycle)..<values.count { sum += columns[i][t] * columns[j][t] }
        gram[i, j] = sum
        gram[j, i] = sum
      }
      for t in (i % cycle)..<values.count { right[i] += columns[i][t] * residuals[t] }
    }
    // The penalty is on the distance from the classical indices.
    let noise = optimum.sums.squares / Double(max(values.count { !$0.isNaN }, 1))
    for i in columns.indices {
      let place = i % cycle
      let own = i < cycle ? start.seasonLevels[place] : start.seasonPotentials[place]
      let from = i < cycle ? anchor.seasonLevels[place] : anchor.seasonPotentials[place]
      var weight = 1e-8 * gram[i, i] + 1e-300
      if estimation == .shrinkage {
        let error = max(errors[place], 1e-9)
        weight += 10 * noise / (error * error)
      }
      gram[i, i] += weight
      right[i] -= weight * (own[0] - from[0])
    }
    guard let moves = try? Cholesky(gram).solve(right), moves.allSatisfy(\.isFinite) else { return nil }
    var next = start
    for (i, move) in moves.enumerated() {
      if i < cycle { next.seasonLevels[i][0] += move } else { next.seasonPotentials[i - cycle][0] += move }
    }
    return CESSearch(self, start: next)
  }

  /// What a unit of each entry of the season's start adds to the predictions.
  private func columns(_ recursion: CESRecursion) -> [[Double]] {
    let cycle = start.seasonLevels.count
    let hasPotentials = !start.seasonPotentials.isEmpty
    let hasGaps = values.contains(where: \.isNaN)
    let zeros = values.map { $0.isNaN ? Double.nan : 0 }
    func response(_ place: Int, isPotential: Bool) -> [Double] {
      var state = CESState()
      state.seasonLevels = [CESLanes](repeating: .zero, count: cycle)
      if hasPotentials { state.seasonPotentials = state.seasonLevels }
      if isPotential {
        state.seasonPotentials[place] = .valueLane
      } else {
        state.seasonLevels[place] = .valueLane
      }
      return recursion.predictions(zeros, &state)
    }
    return (hasPotentials ? [false, true] : [false]).flatMap { isPotential in
      if hasGaps { return (0..<cycle).map { response($0, isPotential: isPotential) } }
      let first = response(0, isPotential: isPotential)
      return (0..<cycle).map { place in
        [Double](repeating: 0, count: min(place, first.count)) + first.dropLast(min(place, first.count))
      }
    }
  }
}
