/// An uncertain input.
public struct Input: Sendable, Hashable {
  /// Its name, which keys its draws.
  public var name: String
  /// Its unit.
  public var unit: Unit
  /// Where its numbers come from.
  public var basis: Basis?
  /// The ids of its sources.
  public var sources: [String]
  /// The Sobol' dimension it is pinned to.
  public var dimension: Int?
  /// What it is in the branches that `byBranch` does not name.
  public var standard: InputProfile?
  /// What it is in single branches.
  public var byBranch: [String: InputProfile]
  /// Where the file names each of those branches.
  var branchPlaces: [String: FilePlace] = [:]
  /// Its place in the file.
  public var place: FilePlace

  /// Whether it has values by year.
  var isYearly: Bool {
    (byBranch.values.map { $0 } + (standard.map { [$0] } ?? [])).contains {
      if case .knots = $0 { true } else { false }
    }
  }
}

/// What an input is in one branch: one law, or laws at knot years.
public enum InputProfile: Sendable, Hashable {
  /// One law for all years.
  case law(Law)
  /// Laws at years, in ascending order; one draw serves all of them.
  case knots([KnotLaw])
}

/// The law of an input at a knot year.
public struct KnotLaw: Sendable, Hashable {
  /// The year.
  public var year: Int
  /// The law.
  public var law: Law
}

extension InputProfile {
  /// The laws at the knots on either side of a year, and the fraction of the way from the first to the second.
  func laws(at year: Int) -> (Law, Law, Double) {
    switch self {
    case .law(let law): return (law, law, 0)
    case .knots(let knots):
      guard let first = knots.first, let last = knots.last else { return (.never, .never, 0) }
      if year <= first.year { return (first.law, first.law, 0) }
      if year >= last.year { return (last.law, last.law, 0) }
      let above = knots.firstIndex { $0.year >= year } ?? knots.count - 1
      if knots[above].year == year { return (knots[above].law, knots[above].law, 0) }
      let below = above - 1
      let share = Double(year - knots[below].year) / Double(knots[above].year - knots[below].year)
      return (knots[below].law, knots[above].law, share)
    }
  }
}
