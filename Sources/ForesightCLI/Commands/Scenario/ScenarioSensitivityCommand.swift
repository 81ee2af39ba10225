internal import ArgumentParser
internal import Scenarios

/// `foresight scenario sensitivity`: what drives a question's quantity.
struct ScenarioSensitivityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Find what drives the quantity of a question.",
    usage: "foresight scenario sensitivity <file> --question <name> [...]",
    discussion: """
      METHODS
        sobol    first-order and total shares of the variance; inputs apart
        shapley  shares that sum to one, correlated inputs too
        tornado  the mean with one input after another at its P10 and P90
        prim     boxes of inputs in which cases of interest are dense
        evppi    the value of knowing an input before deciding to act

      Inputs whose intervals overlap are tied and get no rank. prim and evppi take --threshold: cases of interest have at \
      least that value, and acting pays the value less it.

      EXAMPLES
        foresight scenario sensitivity power-of-siberia-2 --question flow_2035
        foresight scenario sensitivity power-of-siberia-2 --question flow_2035 \\
          --method sobol --group room=china_demand,china_output,central_asia
        foresight scenario sensitivity power-of-siberia-2 --question flow_2035 \\
          --method prim --threshold 25
      """)

  enum Method: String, CaseIterable {
    case sobol
    case tornado
    case shapley
    case prim
    case evppi
  }

  @OptionGroup var input: ScenarioInput
  @Option(help: ArgumentHelp("The question whose quantity is studied.", valueName: "name"))
  var question: String
  @Option(help: "sobol, tornado, shapley, prim or evppi. (default: sobol)", transform: named)
  var method: Method = .sobol
  @Option(
    name: .customLong("group"),
    help: ArgumentHelp(
      "Inputs taken as one, for sobol and shapley; may be repeated.", valueName: "name=input,…"))
  var groups: [String] = []
  @Option(help: ArgumentHelp("Level of the intervals, per cent. (default: 95)", valueName: "p"))
  var level: Double?
  @Option(help: ArgumentHelp("The value that prim and evppi hold against.", valueName: "value"))
  var threshold: Double?
  @Option(help: ArgumentHelp("The density of a box, for prim. (default: 0.8)", valueName: "share"))
  var density: Double?
  @Option(help: ArgumentHelp("The most boxes, for prim. (default: 1)", valueName: "n")) var boxes: Int?
  @OptionGroup var drawing: DrawInput
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func validate() throws {
    if let level, !(level > 0 && level < 100) {
      throw ValidationError("--level \(level): lies between 0 and 100")
    }
    if let density, !(density > 0 && density <= 1) {
      throw ValidationError("--density \(density): lies above 0 and at most at 1")
    }
    if let boxes, !(1...100).contains(boxes) { throw ValidationError("--boxes \(boxes): is outside 1 … 100") }
    if let threshold, !threshold.isFinite { throw ValidationError("--threshold \(threshold): is no number") }
    let takes: [(String, Bool, [Method])] = [
      ("group", !groups.isEmpty, [.sobol, .shapley]), ("threshold", threshold != nil, [.prim, .evppi]),
      ("density", density != nil, [.prim]), ("boxes", boxes != nil, [.prim]),
      ("level", level != nil, [.sobol, .shapley, .tornado, .evppi]),
    ]
    for (name, isGiven, methods) in takes where isGiven && !methods.contains(method) {
      let those = methods.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--\(name) belongs to \(those), not to \(method.rawValue)")
    }
    if drawing.replicates != nil, method == .sobol || method == .shapley {
      throw ValidationError(
        "--replicates belongs to tornado, prim, evppi; \(method.rawValue) takes one set of --draws points")
    }
    if method == .evppi, threshold == nil {
      throw ValidationError("evppi needs --threshold: acting pays the quantity less that")
    }
  }

  func run() throws {
    let groups = try groups.map { text throws(Failure) in try Self.group(text) }
    let level = level.map { $0 / 100 }
    let options = drawing.options
    let scenario = try input.load().checked()
    switch method {
    case .sobol:
      try write(
        SobolReport(try scenario.sobolIndices(of: question, groups: groups, level: level, options)))
    case .tornado: try write(TornadoReport(try scenario.tornado(of: question, level: level, options)))
    case .shapley:
      try write(
        ShapleyReport(try scenario.shapleyEffects(of: question, groups: groups, level: level, options)))
    case .prim:
      try write(
        BoxReport(
          try scenario.boxes(
            of: question, threshold: threshold, density: density ?? 0.8, count: boxes ?? 1, options)))
    case .evppi:
      try write(
        InformationReport(
          try scenario.valueOfInformation(of: question, threshold: threshold ?? 0, level: level, options)))
    }
  }

  private func write(_ report: some SensitivityReport) throws {
    switch format {
    case .text: try StandardOutput.write(report.text)
    case .json: try StandardOutput.write(jsonText(report.study))
    case .csv: try StandardOutput.write(report.csv)
    }
  }

  /// The group written `name=input,input`.
  private static func group(_ text: String) throws(Failure) -> SensitivityGroup {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let members = parts.last?.split(separator: ",").map(String.init) ?? []
    guard parts.count == 2, !members.isEmpty else {
      throw Failure(.input, "--group \(text): is not written name=input,input")
    }
    return SensitivityGroup(name: parts[0], members: members)
  }
}
