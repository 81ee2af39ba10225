internal import Forecasting

/// The answers to the questions of a scenario, with all that is needed to repeat them.
public struct ScenarioRun: Sendable, Hashable {
  /// The scenario's name.
  public let scenario: String
  /// The file as it was named.
  public let file: String
  /// The SHA-256 of the file's text and of the texts that it extends.
  public let fileHash: String
  /// The day after which nothing was cited.
  public let asOf: String?
  /// The years projected.
  public let horizon: ScenarioHorizon
  /// The generator, draws, replicates and seed used.
  public let settings: RunSettings
  /// The answers in the order of the file.
  public let answers: [ScenarioAnswer]
  /// Remarks on data and sources, such as observations that were dropped or sources without a date.
  public let notes: [String]
  /// What a ledger records besides the answers.
  package let trace: RunTrace

  /// The answer to a question.
  public subscript(_ question: String) -> ScenarioAnswer? { answers.first { $0.question == question } }
}

extension ScenarioRun: Codable {
  private enum CodingKeys: String, CodingKey {
    case scenario, file, fileHash, asOf, horizon
    case settings = "run"
    case answers, notes
  }

  /// A run as a document holds it.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    scenario = try fields.decode(String.self, forKey: .scenario)
    file = try fields.decode(String.self, forKey: .file)
    fileHash = try fields.decode(String.self, forKey: .fileHash)
    asOf = try fields.decode(String?.self, forKey: .asOf)
    horizon = try fields.decode(ScenarioHorizon.self, forKey: .horizon)
    settings = try fields.decode(RunSettings.self, forKey: .settings)
    answers = try fields.decode([ScenarioAnswer].self, forKey: .answers)
    notes = try fields.decode([String].self, forKey: .notes)
    trace = RunTrace(scenario: nil, draws: nil)
  }

  /// Encodes the run; `asOf` is null where the file has no such day.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(scenario, forKey: .scenario)
    try fields.encode(file, forKey: .file)
    try fields.encode(fileHash, forKey: .fileHash)
    try fields.encode(asOf, forKey: .asOf)
    try fields.encode(horizon, forKey: .horizon)
    try fields.encode(settings, forKey: .settings)
    try fields.encode(answers, forKey: .answers)
    try fields.encode(notes, forKey: .notes)
  }
}

/// The execution that answered a run, as far as a ledger records it; it does not count in comparing runs.
package struct RunTrace: Sendable, Hashable, CustomStringConvertible {
  /// The scenario that was run; `nil` if the run was read from a document.
  package let scenario: Scenario?
  /// The values of each quantity whose distribution can be recorded, one a path, by question; `nil` where they did not fit in
  /// memory.
  package let draws: [String: [Double]]?

  /// The inverted cdf of a question's quantity at ascending probabilities; `nil` where its draws were not kept.
  package func quantiles(of question: String, at probabilities: [Double]) -> [Double]? {
    draws?[question].map { values in
      var copy = values
      return Estimation.quantiles(probabilities, of: &copy)
    }
  }

  package static func == (a: RunTrace, b: RunTrace) -> Bool { true }

  package func hash(into hasher: inout Hasher) {}

  package var description: String { "the draws of \(draws?.count ?? 0) quantities" }
}

extension Scenario {
  /// Checks the scenario and answers its questions: `checked().run(_:questions:)`.
  ///
  /// - Throws: `ScenarioError` as checking and running do.
  public func run(
    _ options: DrawOptions = DrawOptions(), questions: [String]? = nil
  ) throws(ScenarioError) -> ScenarioRun {
    try checked().run(options, questions: questions)
  }
}

extension CheckedScenario {
  /// The answers to the file's questions.
  ///
  /// The bits do not depend on the number of threads, and within each replicate the first draws do not depend on how many are
  /// asked for. The run keeps the draws of its quantities while they fit in memory, so that a ledger can record them without
  /// drawing again. Cost: proportional to draws × replicates.
  ///
  ///     let run = try scenario.checked().run(DrawOptions(draws: 4096), questions: ["flow_2035"])
  ///     let mean = run["flow_2035"]?.row(.mean)?.value
  ///
  /// - Parameters:
  ///   - options: draws, replicates, seed and threads.
  ///   - questions: the names of the questions to answer; all if `nil`.
  /// - Throws: `ScenarioError` for options out of range, an unknown question, a series that is missing or cannot be fitted, a
  ///   quantity that is not a number on some path, and a run that needs too much memory.
  public func run(
    _ options: DrawOptions = DrawOptions(), questions: [String]? = nil
  ) throws(ScenarioError) -> ScenarioRun {
    let drawing = try drawing(options)
    let breakEvens = file.breakEvens.filter { questions?.contains($0.name) ?? true }
    let asked = try select(questions.map { names in names.filter { !breakEvens.map(\.name).contains($0) } })
    try requireGroups(of: asked)
    var compiled = try program(answering: asked, keepsDraws: true)
    let keepsDraws = hasRoom(compiled.program, drawing.settings, runs: drawing.settings.replicates)
    if !keepsDraws { compiled = try program(answering: asked) }
    let (execution, seriesNotes) = try execute(compiled.program, drawing)
    let estimation = Estimation(execution: execution)
    try requireCoherence(compiled.gaps, estimation, drawing)
    var answers: [ScenarioAnswer] = []
    for question in compiled.questions {
      answers.append(try answer(question, try figures(of: question, estimation, drawing), drawing))
    }
    for part in breakEvens { answers.append(try answer(part, drawing, known: seriesNotes)) }
    let draws = compiled.questions.compactMap { question in
      question.drawn.map { (question.question.name, execution.kept[$0]) }
    }
    return ScenarioRun(
      scenario: file.id, file: file.name, fileHash: scenario.textHash, asOf: file.asOf?.description,
      horizon: file.horizon, settings: drawing.settings,
      answers: file.questionNames.compactMap { name in answers.first { $0.question == name } },
      notes: changes + warnings + seriesNotes + estimation.notes(compiled.clamps)
        + compiled.program.dimensionNotes(drawing.settings, inputs: file.inputs),
      trace: RunTrace(
        scenario: scenario, draws: keepsDraws ? Dictionary(uniqueKeysWithValues: draws) : nil))
  }

  /// What was set in place of the file's values.
  private var changes: [String] {
    scenario.named.map { "with the overrides \($0)" }
      + scenario.overrides.map { "set \($0.path)=\($0.value)" }
      + (scenario.branch.map { ["branch \($0) is certain"] } ?? [])
  }

  /// The answer to a question, with the studies that it asks for.
  private func answer(
    _ compiled: CompiledQuestion, _ figures: Figures, _ drawing: Drawing
  ) throws(ScenarioError) -> ScenarioAnswer {
    let question = compiled.question
    let drivers = try sensitivity(question, drawing)
    var notes = figures.notes
    if !drivers.indices.isEmpty { notes += intervalNotes(drawing.settings) }
    notes += drivers.notes
    var bars: Tornado?
    if let levels = question.tornado {
      let study = try tornado(question, levels, drawing)
      bars = study.findings
      notes += study.notes
    }
    var found: ScenarioDiscovery?
    if let density = question.boxDensity {
      // If every path is a case, or none is, there is no box, and the probability says so.
      if let share = figures.row(.probability)?.value, share > 0, share < 1 {
        let study = try boxes(question, density: density, drawing)
        found = study.findings
        notes += study.notes
      } else {
        notes.append("there is no box to find: every path is a case, or none is")
      }
    }
    return ScenarioAnswer(
      question: question.name, of: question.subject.text, unit: figures.unit, isDate: compiled.unit.isDate,
      given: question.given?.text, interventions: question.settings, rows: figures.rows,
      sensitivity: drivers.indices,
      effectiveSampleSize: figures.paths, notes: notes, breakEven: nil, tornado: bars, boxes: found)
  }

  /// The answer to a break-even question; one without a figure says in a note why there is none.
  ///
  /// - Parameter known: notes of the run, which are not repeated.
  private func answer(
    _ part: BreakEvenQuestion, _ drawing: Drawing, known: [String]
  ) throws(ScenarioError) -> ScenarioAnswer {
    let asked = try question(part.question)
    let goal = BreakEvenGoal(varied: part.varied, range: part.range, target: part.target, figure: part.figure)
    var found: BreakEven?
    var notes: [String] = []
    switch try findBreakEven(of: asked, goal, drawing) {
    case .found(let value): (found, notes) = (value, value.notes.filter { !known.contains($0) })
    case .none(let why): notes = [why]
    }
    let figure = part.figure ?? FigureName(kind: asked.probability ? .probability : .mean)
    let unit = try settableUnit(of: part.varied)
    return ScenarioAnswer(
      question: part.name,
      of:
        "\(part.varied) at which \(figure.text) of \(asked.subject.text) reaches \(NumberText.plain(part.target))",
      unit: unit.text, isDate: unit.isDate, given: asked.given?.text,
      interventions: asked.settings.filter { $0.key != part.varied },
      rows: found.map {
        [AnswerRow(kind: .breakEven, level: part.target, value: $0.value, standardError: $0.standardError)]
      } ?? [], sensitivity: [],
      effectiveSampleSize: drawing.settings.draws * drawing.settings.replicates, notes: notes,
      breakEven: found, tornado: nil, boxes: nil)
  }
}

extension Question {
  /// What is set on every path, by name; `nil` is never.
  fileprivate var settings: [String: Double?] {
    Dictionary(interventions.map { ($0.name, $0.value.isFinite ? $0.value : nil) }) { $1 }
  }
}
