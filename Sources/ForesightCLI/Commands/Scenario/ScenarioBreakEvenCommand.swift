internal import ArgumentParser
internal import Forecasting
internal import Reports
internal import Scenarios

/// `foresight scenario break-even`: the value of an input at which a statistic reaches a target.
struct ScenarioBreakEvenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "break-even",
    abstract: "Find the value of an input at which an answer reaches a target.",
    usage: """
      foresight scenario break-even <file> --vary <name=low:high> \\
        --question <name> --reaches <value> [...]
      """,
    discussion: """
      The input, or the date of the event, is set to the same value on every path; everything else keeps its draws. The \
      statistic must rise or fall over the whole range and reach the target. --figure chooses the statistic: mean, p10, \
      exceed_25, probability, never or not_within_horizon.

      EXAMPLES
        foresight scenario break-even power-of-siberia-2 \\
          --vary price=100:400 --question revenue_2035 --reaches 1
        foresight scenario break-even power-of-siberia-2 --figure exceed_25 \\
          --vary first_gas=2030:2036 --question flow_2035 --reaches 0.3
      """)

  @OptionGroup var input: ScenarioInput
  @Option(help: ArgumentHelp("The input or event to vary, and its range.", valueName: "name=low:high"))
  var vary: String
  @Option(help: ArgumentHelp("The question whose statistic must reach the target.", valueName: "name"))
  var question: String
  @Option(help: ArgumentHelp("The target.", valueName: "value")) var reaches: Double
  @Option(help: ArgumentHelp("The statistic. (default: probability or mean)", valueName: "name"))
  var figure: String?
  @OptionGroup var drawing: DrawInput
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard reaches.isFinite else { throw ValidationError("--reaches must be a finite number, not \(reaches)") }
  }

  func run() throws {
    let varied = try Self.range(vary)
    let figure = try figure.map { text throws(Failure) in try Self.figure(text) }
    let found = try input.load().checked().breakEven(
      of: question, varying: varied.name, over: varied.range, reaching: reaches, figure: figure,
      drawing.options)
    try output.emit(found.report)
  }

  /// The range in `name=low:high`; the name may follow the name of its section, as in `inputs.price`.
  private static func range(_ text: String) throws(Failure) -> (name: String, range: ClosedRange<Double>) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let ends = parts.last?.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) } ?? []
    guard parts.count == 2, ends.count == 2, let low = ends[0], let high = ends[1], low.isFinite,
      high.isFinite
    else { throw Failure(.input, "--vary: \"\(text)\" is not a range; expected name=low:high") }
    guard low < high else { throw Failure(.input, "--vary \(text): the low end must be below the high end") }
    let section = ["inputs.", "events."].first { parts[0].hasPrefix($0) } ?? ""
    return (String(parts[0].dropFirst(section.count)), low...high)
  }

  /// A statistic by its name, as in `--assert`.
  private static func figure(_ text: String) throws(Failure) -> FigureName {
    if let figure = FigureName(text) { return figure }
    let near = nearestName(to: text, among: FigureName.examples).map { "; did you mean \"\($0)\"?" } ?? ""
    throw Failure(
      .input,
      "--figure must be one such as mean, p10, p50_if_ever, exceed_25, probability, never or not_within_horizon, "
        + "not \"\(text)\"\(near)"
    )
  }
}
