internal import ArgumentParser
internal import Ledger
internal import Scenarios

/// `foresight scenario run`: the answers to a scenario's questions.
struct ScenarioRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Answer the questions of a scenario file, each figure with its standard error.",
    usage: "foresight scenario run <file> [...]",
    discussion: """
      The same file and seed give the same answers at any number of threads. A figure is named \
      QUESTION.FIGURE: mean, p10, p50_if_ever, exceed_25, probability, never, not_within_horizon, break_even; a question's only \
      figure also by the question alone. --assert holds a figure against a number and exits 3 where it does not hold.

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
      "Show one draw of the run in full, counted from 0 over the replicates.", valueName: "k"))
  var draw: Int?
  @OptionGroup var recording: LedgerRecording
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func validate() throws {
    guard draw != nil else { return }
    for (name, isGiven) in [
      ("questions", questions != nil), ("assert", !assertions.isEmpty), ("ledger", recording.path != nil),
    ] where isGiven {
      throw ValidationError("--\(name) belongs to the whole run, not to --draw")
    }
  }

  func run() throws {
    if let draw {
      let report = DrawReport(
        try input.load().checked().draw(draw, drawing.options))
      switch format {
      case .text: try StandardOutput.write(report.text)
      case .json: try StandardOutput.write(jsonText(report.document))
      case .csv: try StandardOutput.write(report.csv)
      }
      return
    }
    let conditions = try assertions.map { text throws(Failure) in try Assertion(text) }
    if let questions, questions.allSatisfy({ $0 == "," }) {
      throw Failure(.input, "--questions names no question")
    }
    let scenario = try input.load()
    let names = questions.map { $0.split(separator: ",").map(String.init) }
    let run = try scenario.checked().run(drawing.options, questions: names)
    try recording.record { try LedgerRun(run, version: ForesightCommand.version) }
    let report = ScenarioReport(run)
    var broken: Failure?
    do throws(Failure) {
      try Assertion.check(conditions, figures: report.figures)
    } catch {
      // An answer that misses its mark is still an answer; a name that no figure has is bad input.
      guard error.kind == .assertion else { throw error }
      broken = error
    }
    switch format {
    case .text: try StandardOutput.write(report.text)
    case .json: try StandardOutput.write(jsonText(report.document))
    case .csv: try StandardOutput.write(report.csv)
    }
    if let broken { throw broken }
  }
}
