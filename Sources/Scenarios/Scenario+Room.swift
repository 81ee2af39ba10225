extension RunSettings {
  /// The most values that a run holds at once, of 8 bytes each: 4 GiB.
  public static let mostValues = 1 << 29
}

extension Scenario {
  /// Refuses a run that would hold more than `RunSettings.mostValues`, before anything is allocated.
  ///
  /// What is held is one value a draw, of each column that is kept whole; a Latin hypercube holds the cell of every draw of every stream,
  /// half a value, besides.
  ///
  /// - Parameters:
  ///   - program: what is computed.
  ///   - settings: the draws of one replicate.
  ///   - runs: the replicates, or the runs of a sensitivity design.
  /// - Throws: `ScenarioError` that says how much it is.
  func requireRoom(_ program: Program, _ settings: RunSettings, runs: Int) throws(ScenarioError) {
    let cells = settings.method == .latinHypercube ? (program.plan.streams.count + 1) / 2 : 0
    let held = max(1, program.kept.count + cells)
    // 2³⁰ draws of 4,096 runs of a million columns are within a word.
    let (values, overflows) = (settings.draws * runs).multipliedReportingOverflow(by: held)
    guard overflows || values > RunSettings.mostValues else { return }
    let most = RunSettings.mostValues / held
    throw ScenarioError(
      "\(settings.draws) draws in each of \(runs) runs or replicates, \(held) values held for each, are more than the "
        + "\(RunSettings.mostValues) values (4 GiB) that are held at most: lower draws × replicates to \(most) at most",
      at: FilePlace(file: file.name))
  }
}
