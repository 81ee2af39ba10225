internal import ArgumentParser
internal import Reports
internal import Scenarios

/// `foresight scenario sensitivity`: what drives the quantity of a question.
struct ScenarioSensitivityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Find what drives the quantity of a question.",
    usage: "foresight scenario sensitivity <file> --question <name> [...]",
    discussion: """
      METHODS
        sobol    first-order and total shares of the variance; independent inputs
        shapley  shares that sum to one, for correlated inputs too
        tornado  the mean with each input in turn at its P10 and P90
        prim     boxes of inputs in which cases of interest are dense
        evppi    the value of knowing an input before deciding to act

      Inputs whose intervals overlap are tied and have no rank. prim and evppi use --threshold: cases of interest have at \
      least that value, and acting pays the value minus the threshold.

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
      "Inputs to treat as one, for sobol and shapley; may be repeated.", valueName: "name=input,…"))
  var groups: [String] = []
  @Option(help: ArgumentHelp("The level of the intervals in percent. (default: 95)", valueName: "p"))
  var level: Double?
  @Option(help: ArgumentHelp("The threshold for prim and evppi.", valueName: "value"))
  var threshold: Double?
  @Option(help: ArgumentHelp("The least density of a box, for prim. (default: 0.8)", valueName: "share"))
  var density: Double?
  @Option(help: ArgumentHelp("The largest number of boxes, for prim. (default: 1)", valueName: "n"))
  var boxes: Int?
  @OptionGroup var drawing: DrawInput
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let level, !(level > 0 && level < 100) {
      throw ValidationError("--level must be between 0 and 100, not \(level)")
    }
    if let density, !(density > 0 && density <= 1) {
      throw ValidationError("--density must be above 0 and at most 1, not \(density)")
    }
    if let boxes, !(1...100).contains(boxes) {
      throw ValidationError("--boxes must be from 1 to 100, not \(boxes)")
    }
    if let threshold, !threshold.isFinite {
      throw ValidationError("--threshold must be a finite number, not \(threshold)")
    }
    let takes: [(String, Bool, [Method])] = [
      ("group", !groups.isEmpty, [.sobol, .shapley]), ("threshold", threshold != nil, [.prim, .evppi]),
      ("density", density != nil, [.prim]), ("boxes", boxes != nil, [.prim]),
      ("level", level != nil, [.sobol, .shapley, .tornado, .evppi]),
    ]
    for (name, isGiven, methods) in takes where isGiven && !methods.contains(method) {
      let those = methods.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\(method.rawValue) does not support --\(name); it is for \(those)")
    }
    if drawing.replicates != nil, method == .sobol || method == .shapley {
      throw ValidationError(
        "\(method.rawValue) does not support --replicates; it uses one set of --draws points")
    }
    if method == .evppi, threshold == nil {
      throw ValidationError("evppi needs --threshold, the cost of acting")
    }
  }

  func run() throws {
    let groups = try groups.map { text throws(Failure) in try Self.group(text) }
    let level = level.map { $0 / 100 }
    let options = drawing.options
    let scenario = try input.load().checked()
    let report =
      switch method {
      case .sobol: try scenario.sobolIndices(of: question, groups: groups, level: level, options).report
      case .tornado: try scenario.tornado(of: question, level: level, options).report
      case .shapley: try scenario.shapleyEffects(of: question, groups: groups, level: level, options).report
      case .prim:
        try scenario.boxes(
          of: question, threshold: threshold, density: density ?? 0.8, count: boxes ?? 1, options
        ).report
      case .evppi:
        try scenario.valueOfInformation(of: question, threshold: threshold ?? 0, level: level, options).report
      }
    try output.emit(report)
  }

  /// The group written `name=input,input`.
  private static func group(_ text: String) throws(Failure) -> SensitivityGroup {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let members = parts.last?.split(separator: ",").map(String.init) ?? []
    guard parts.count == 2, !members.isEmpty else {
      throw Failure(.input, "--group: \"\(text)\" is not a group; expected name=input,input")
    }
    return SensitivityGroup(name: parts[0], members: members)
  }
}
