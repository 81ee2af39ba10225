#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension ScenarioError: LocalizedError {
  /// One line per problem.
  public var errorDescription: String? { description }

  /// How many problems there are, and where the first is.
  public var failureReason: String? {
    guard let first = problems.first else { return nil }
    return problems.count == 1
      ? "The scenario has a problem at \(first.place)."
      : "The scenario has \(problems.count) problems, the first at \(first.place)."
  }

  /// What to do about it.
  public var recoverySuggestion: String? {
    "Mend the scenario at the places named; `foresight scenario validate` checks it without a run."
  }
}

extension ScenarioProblem: LocalizedError {
  /// `file:line:column: what is wrong`.
  public var errorDescription: String? { description }

  /// What is wrong.
  public var failureReason: String? { what }

  /// Where to mend it.
  public var recoverySuggestion: String? { "Mend the scenario at \(place)." }
}
