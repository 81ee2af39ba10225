internal import Forecasting
internal import Yams

/// The keys at the root of a scenario file.
enum ScenarioSection {
  private static let schema = Field(
    required: "schema", .only("scenario/1", "scenario/1", because: "this version reads no other"),
    "the version of the format")
  private static let id = Field(required: "id", .text, "the scenario's name")
  private static let title = Field(optional: "title", .text, "a title for readers")
  private static let extends = Field(
    optional: "extends", Shape.names("a file", many: "files"),
    "files whose parts stand where this file does not name them")
  private static let asOf = Field(optional: "as_of", .date, "the day after which nothing may be cited")
  private static let horizon = Field(
    required: "horizon", HorizonSection.shape, "the years that are projected")
  private static let run = Field(
    "run", default: RunSection.standard, "", RunSection.shape, "how draws are made")
  private static let units = Field(
    "units", default: [:], "", UnitNames.shape, "the file's own names of units")
  private static let branches = Field(
    "branches", default: [], "", BranchesSection.shape, "courses of events that exclude each other")
  private static let inputs = Field("inputs", default: [], "", InputsSection.shape, "what is uncertain")
  private static let correlations = Field(
    "correlations", default: [], "", CorrelationsSection.shape, "what goes together")
  private static let events = Field("events", default: [], "", EventsSection.shape, "dates and changes")
  private static let assets = Field("assets", default: [], "", AssetsSection.shape, "what carries a flow")
  private static let ceilings = Field(
    "ceilings", default: [], "", CeilingsSection.shape, "what several assets share")
  private static let series = Field(
    "series", default: [], "", SeriesSection.shape, "forecasts of fitted models")
  private static let derived = Field(
    "derived", default: [], "", DerivedSection.shape, "quantities that are computed from others")
  private static let coherence = Field(
    optional: "coherence", CoherenceSection.shape, "what adds up on every path")
  private static let questions = Field("questions", default: [], "", QuestionsSection.shape, "what is asked")
  private static let sources = Field(
    optional: "sources", .text, "a CSV file with columns `source_id` and `date`")
  private static let overrides = Field(
    "overrides", default: [], "", NamedOverrides.shape, "values that are set together, by name")

  /// The keys; `units` stands before what its names are used in.
  static let layout = Layout(
    fields: [
      schema, id, title, extends, asOf, horizon, run, units, branches, inputs, correlations, events, assets,
      ceilings, series, derived, coherence, questions, sources, overrides,
    ],
    elsewhere: [
      "score": "outcomes stand in a table, for scenario score FILE --outcomes TABLE",
      "sensitivity": "use scenario sensitivity FILE --question NAME --method METHOD",
    ])

  /// The keys whose parts a file that extends another replaces one by one.
  static let sections = Set(layout.fields.filter(\.isSection).map(\.key))

  /// The file that a root says.
  static func file(_ part: Part, name: String) -> ScenarioFile {
    let reader = part.spot.reader
    if part[asOf] == nil {
      reader.warn(
        "as_of is missing, so sources of any date may be cited", at: FilePlace(file: name, line: 1, column: 1)
      )
    }
    let asked = part[questions]
    let pairs = part[correlations]
    return ScenarioFile(
      name: name, id: part[id], title: part[title], asOf: part[asOf], horizon: part[horizon], run: part[run],
      branches: part[branches], inputs: part[inputs],
      correlations: pairs.compactMap { if case .inputs(let own) = $0 { own } else { nil } },
      seriesCorrelations: pairs.compactMap { if case .series(let own) = $0 { own } else { nil } },
      events: part[events], assets: part[assets], ceilings: part[ceilings], series: part[series],
      derived: part[derived], coherence: part[coherence], units: part[units],
      questions: asked.compactMap { if case .quantity(let own) = $0 { own } else { nil } },
      breakEvens: asked.enumerated().compactMap { position, question in
        guard case .breakEven(var own) = question else { return nil }
        own.position = position
        return own
      }, sourcesFile: part[sources], citations: reader.citations, warnings: reader.warnings)
  }
}

extension ScenarioFile {
  /// The scenario of a document, with named overrides, values set and a branch made certain, in this order.
  ///
  /// - Throws: `ScenarioError` with every problem found in reading.
  static func read(
    _ document: ScenarioDocument, file: String, named names: [String] = [],
    overrides: [ScenarioOverride] = [], branch: String? = nil
  ) throws(ScenarioError) -> ScenarioFile {
    var root = document.root
    var lines = document.lines
    let named = try NamedOverrides(root, file: file, lines: document.lines)
    for override in try named.overrides(names) { root = try override.applied(to: root, lines: &lines) }
    for override in overrides {
      guard let name = override.rescaledBranch else {
        root = try override.applied(to: root, lines: &lines)
        continue
      }
      guard let weight = Double(decimal: override.value) else {
        throw ScenarioError(
          "must be a weight from 0 to 1", at: FilePlace(file: "\(override.path)=\(override.value)"))
      }
      for own in try ScenarioOverride.weight(weight, ofBranch: name, in: root, file: file) {
        root = try own.applied(to: root, lines: &lines)
      }
    }
    if let branch {
      for override in try ScenarioOverride.branch(branch, in: root, file: file) {
        root = try override.applied(to: root, lines: &lines)
      }
    }
    let reader = NodeReader(file: file, lines: lines)
    let part = ScenarioSection.layout.read(reader.root(root))
    guard let part, reader.problems.isEmpty else { throw ScenarioError(reader.problems) }
    var scenario = ScenarioSection.file(part, name: file)
    scenario.warnings += named.warnings(applied: names)
    return scenario
  }
}

/// The key `horizon`: the years that are projected.
enum HorizonSection {
  private static let from = Field(required: "from", .whole(in: 1900...2500), "the first year")
  private static let to = Field(required: "to", .whole(in: 1900...2500), "the last year")
  private static let step = Field(
    "step", default: .year, "year", .choice(ScenarioHorizon.Step.self),
    "the steps in which flows are computed")
  private static let value = Field(
    "value", default: .calendarMean, "calendar-mean", .choice(ScenarioHorizon.YearlyValue.self),
    "what a yearly value is")

  static let shape = Shape<ScenarioHorizon>.object(Layout(fields: [from, to, step, value])) { part in
    guard part[from] <= part[to], part[to] - part[from] < 300 else {
      part.spot.note(
        "must run from one year to the same or a later one, over at most 300 years, not from \(part[from]) to \(part[to])"
      )
      return nil
    }
    return ScenarioHorizon(from: part[from], to: part[to], value: part[value], step: part[step])
  }
}

/// The key `run`: how draws are made.
enum RunSection {
  static let standard = RunSettings(method: .sobol, draws: 32_768, replicates: 8, seed: 1)

  private static let method = Field(
    "method", default: standard.method, standard.method.rawValue, .choice(RunSettings.Method.self),
    "where uniforms come from")
  private static let draws = Field(
    "draws", default: standard.draws, "\(standard.draws)", .whole(in: 1...(1 << 30)),
    "the draws of one replicate")
  private static let replicates = Field(
    "replicates", default: standard.replicates, "\(standard.replicates)", .whole(in: 1...4096),
    "the independent replicates")
  private static let seed = Field("seed", default: 1, "1", .whole(in: 0...Int.max), "the seed")
  private static let generator = Field(
    optional: "rng",
    .only("philox4x64-10", "philox4x64-10", because: "it is the only generator of counter-based draws"),
    "states the generator")
  private static let parts = ["seed", "replicate", "input-name", "draw"]
  private static let streams = Field(
    optional: "stream_key",
    Shape<String>.text.list().called("[\(parts.joined(separator: ", "))]") { $0 == parts },
    "states what a stream of draws is keyed by")

  static let shape = Shape<RunSettings>.object(
    Layout(
      fields: [method, draws, replicates, seed, generator, streams],
      elsewhere: ["threads": "answers do not depend on it; use --threads of scenario run"])
  ) {
    RunSettings(
      method: $0[method], draws: $0[draws], replicates: $0[replicates], seed: UInt64($0[seed]))
  }
}
