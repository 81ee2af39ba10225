internal import ArgumentParser
internal import Ledger
internal import Reports
internal import Scenarios

/// `foresight scenario run`: the answers to a scenario's questions.
struct ScenarioRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Answer the questions of a scenario file, with standard errors.",
    usage: "foresight scenario run <file> [...]",
    discussion: """
      The same file and seed give the same answers for any number of threads. A statistic is named QUESTION.STATISTIC, \
      where STATISTIC is mean, p10, p50_if_ever, exceed_25, probability, never, not_within_horizon or break_even; the \
      only statistic of a question also has the name of the question. --assert checks a statistic against a number; the \
      exit code is 3 if it does not hold.

      EXAMPLES
        foresight scenario run power-of-siberia-2
        foresight scenario run power-of-siberia-2 --draws 4096 --format json
        foresight scenario run power-of-siberia-2 --questions flow_2035 \\
          --assert 'flow_2035.mean >= 4' --assert 'flow_2035.exceed_45 < 0.01'
        foresight scenario run power-of-siberia-2 --draw 14
      """)

  @OptionGroup var input: ScenarioInput
  @OptionGroup var drawing: DrawInput
  @Option(help: ArgumentHelp("The questions to answer. (default: all)", valueName: "name,…"))
  var questions: String?
  @Option(
    name: .customLong("assert"),
    help: ArgumentHelp("A condition such as 'flow_2035.mean >= 4'; may be repeated.", valueName: "condition"))
  var assertions: [String] = []
  @Option(
    help: ArgumentHelp(
      "Show one draw of the run in full, counted from 0 over all replicates.", valueName: "k"))
  var draw: Int?
  @OptionGroup var recording: LedgerRecording
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard draw != nil else { return }
    for (name, isGiven) in [
      ("questions", questions != nil), ("assert", !assertions.isEmpty), ("ledger", recording.path != nil),
    ] where isGiven {
      throw ValidationError("--\(name) and --draw cannot be used together")
    }
  }

  func run() throws {
    if let draw {
      return try output.emit(try input.load().checked().draw(draw, drawing.options).report)
    }
    let conditions = try assertions.map { text throws(Failure) in try Assertion(text) }
    if let questions, questions.allSatisfy({ $0 == "," }) {
      throw Failure(.input, "--questions must name at least one question")
    }
    let scenario = try input.load()
    let names = questions.map { $0.split(separator: ",").map(String.init) }
    let run = try scenario.checked().run(drawing.options, questions: names)
    try recording.record { try LedgerRun(run, version: toolVersion) }
    var broken: Failure?
    do throws(Failure) {
      try Assertion.check(conditions, figures: run.statistics)
    } catch {
      // An answer that does not meet a condition is still an answer; a name that no statistic has is bad input.
      guard error.kind == .assertion else { throw error }
      broken = error
    }
    try output.emit(run.report)
    if let broken { throw broken }
  }
}
