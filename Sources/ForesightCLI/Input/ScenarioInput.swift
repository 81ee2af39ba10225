internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Scenarios

/// The argument that names a scenario file.
struct ScenarioInput: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A scenario file, a bundled scenario such as power-of-siberia-2, or - for standard input.",
      valueName: "file"),
    completion: .shellCommand(
      "{ foresight scenario list --format csv | tail -n +2 | cut -d, -f1; ls -- *.yaml; } 2> /dev/null"))
  var file: String
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a value in the file, such as assets.ps2.capacity=38; may be repeated.", valueName: "path=value"))
  var settings: [String] = []
  @Option(
    name: .customLong("override"),
    help: ArgumentHelp(
      "Apply a named override of the file before --set; may be repeated.", valueName: "name"))
  var namedSets: [String] = []
  @Option(
    name: .customLong("weight"),
    help: ArgumentHelp(
      "Set the weight of a branch, the others rescaled in proportion; may be repeated.",
      valueName: "branch=weight"))
  var weights: [String] = []
  @Option(help: ArgumentHelp("Make one branch certain.", valueName: "name")) var branch: String?

  init() {}

  /// A scenario that the arguments of a command name.
  init(
    file: String, named: [String] = [], settings: [String] = [], weights: [String] = [], branch: String? = nil
  ) {
    self.file = file
    namedSets = named
    self.settings = settings
    self.weights = weights
    self.branch = branch
  }

  /// The scenario, with series from the bundled data.
  ///
  /// - Throws: `ScenarioError` with every problem of the file; `ForecastError` for unreadable standard input.
  func load() throws -> Scenario {
    let overrides =
      try settings.map { text in
        guard let override = ScenarioOverride(text) else {
          throw ForecastError.invalidOption(name: "set", value: text, reason: "expected path=value")
        }
        return override
      }
      + weights.map { text in
        guard let override = ScenarioOverride(text), let weight = Double(override.value) else {
          throw ForecastError.invalidOption(
            name: "weight", value: text, reason: "expected branch=weight, such as announced=0.4")
        }
        return .rescaling(branch: override.path, to: weight)
      }
    if file == "-" {
      return try Scenario(
        yaml: StandardInput.text(), file: "standard input", data: BundledSeries(), named: namedSets,
        overrides: overrides,
        branch: branch)
    }
    if !fileExists(file), !file.contains("/"), let bundled = bundledPath {
      let folder = String(bundled.prefix(bundled.count - bundledName.count))
      guard let text = String(validating: try fileBytes(bundled), as: UTF8.self) else {
        throw ForecastError.data(DataFault(.unreadable("not UTF-8 text"), file: bundled))
      }
      return try Scenario(
        yaml: text, file: "Datasets/scenarios/" + bundledName, folder: folder, data: BundledSeries(),
        named: namedSets, overrides: overrides, branch: branch)
    }
    return try Scenario(
      contentsOf: file, data: BundledSeries(), named: namedSets, overrides: overrides, branch: branch)
  }

  /// The file of outcomes next to the scenario.
  ///
  /// - Throws: `Failure` of kind `.input` if there is none.
  func outcomesPath() throws(Failure) -> String {
    let isBundled = !fileExists(file) && !file.contains("/")
    let path = isBundled ? bundledPath ?? file : file
    let stem = path.hasSuffix(".yaml") ? String(path.dropLast(5)) : path
    guard file != "-", fileExists(stem + ".outcomes.csv") else {
      throw Failure(.input, "\(file) has no outcomes; name a file with --outcomes")
    }
    return stem + ".outcomes.csv"
  }

  private var bundledName: String { file.hasSuffix(".yaml") ? file : file + ".yaml" }

  /// The path of the bundled scenario with this name; `nil` if there is none.
  private var bundledPath: String? {
    do {
      return try Datasets.path(of: "scenarios/" + bundledName)
    } catch {
      return nil  // The name is then that of a file, and the message is about that file.
    }
  }
}
