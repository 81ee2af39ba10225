internal import Forecasting
internal import ForesightNumerics

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A scenario that has been checked and compiled: the only thing that runs.
///
///     let checked = try Scenario(contentsOf: "line.yaml").checked()
///     let run = try checked.run(DrawOptions(draws: 4096))
///     let flows = try checked.samples(of: ["line[2035]"])
///
/// A check finds every problem of a file at once, each with its place. It compiles every part and question once, and all answers
/// are computed from what it compiled.
public struct CheckedScenario: Sendable {
  /// The scenario.
  public let scenario: Scenario
  /// The number of branches, inputs, events, assets, series, derived quantities and questions, and of shared ceilings if there
  /// are any.
  public let counts: [String: Int]
  /// Remarks that are not errors, such as sources without a date.
  public let warnings: [String]

  /// Values that a run may have to keep in their range, such as a price that can be below 0.
  public var foreseen: [String] {
    var seen: Set<String> = []
    return compiler.clamps.compactMap { clamp in
      let bound = clamp.bound.replacing(" and counts", with: " and then counts")
      let text = "\(clamp.subject) can be \(bound)"
      return seen.insert(text).inserted ? text : nil
    }
  }

  /// Names and correlations, checked, before anything is compiled.
  let blank: Compiler
  /// Every part and every question, compiled.
  let compiler: Compiler
  let fitting: SeriesFitting

  var file: ScenarioFile { scenario.file }
}

extension Scenario {
  /// Checks names, units, cycles, weights, dimensions and the dates of sources, and compiles every part and question.
  ///
  /// Nothing is drawn and no series is fitted; `CheckedScenario.validate` fits them. Cost: proportional to the number of parts
  /// times the years of the horizon.
  ///
  /// - Throws: `ScenarioError` with every problem, each with its place.
  @discardableResult
  public func checked() throws(ScenarioError) -> CheckedScenario {
    let symbols = SymbolTable(file)
    let blank = Compiler(file, symbols: symbols, copula: CopulaFactors(file.correlations))
    var compiler = blank
    var problems = self.problems(symbols, blank.copula)
    func attempt(_ compile: (inout Compiler) throws(CompileFailure) -> Void) {
      do throws(CompileFailure) {
        try compile(&compiler)
      } catch {
        if case .problem(let problem) = error, !problems.contains(problem) { problems.append(problem) }
      }
    }
    for (name, place) in file.parts {
      attempt { (compiler) throws(CompileFailure) in _ = try compiler.value(of: name, at: place) }
    }
    if let coherence = file.coherence {
      for sum in coherence.sums {
        attempt { (compiler) throws(CompileFailure) in
          _ = try compiler.gaps(sum, tolerance: coherence.tolerance)
        }
      }
    }
    var outputs = OutputList()
    var units: [String: Unit] = [:]
    for question in file.questions {
      attempt { (compiler) throws(CompileFailure) in
        units[question.name] = try compiler.compile(question, &outputs).unit
      }
    }
    for part in file.breakEvens { problems += file.problems(of: part, units) }
    if problems.isEmpty {
      // What a question sets is no longer free, which matters only to a question that is asked.
      problems = blank.groupProblems(
        file.questions.map { question in
          var free = question
          free.interventions = []
          return free
        })
    }
    if !problems.isEmpty { throw ScenarioError(problems) }
    return CheckedScenario(
      scenario: self, counts: file.counts,
      warnings: (file.warnings + blank.copula.repairs + file.coherenceWarnings).map(\.description)
        + sourceWarnings,
      blank: blank, compiler: compiler,
      fitting: SeriesFitting(file: file, data: data, dataDates: dataDates, ownDates: dates))
  }
}

extension Compiler {
  /// Groups of inputs that name something that their question does not rest on, by a compiler that has compiled nothing yet.
  func groupProblems(_ questions: [Question]) -> [ScenarioProblem] {
    var problems: [ScenarioProblem] = []
    for question in questions {
      guard let request = question.sensitivity, !request.groups.isEmpty else { continue }
      do throws(ScenarioError) {
        let quantity = try Quantity(question, self)
        let plan = Plan(quantity.compiler.graph, outputs: [quantity.node])
        _ = try Factor.all(request, plan, quantity.compiler.graph.streams, question)
      } catch {
        problems += error.problems
      }
    }
    return problems
  }
}

extension ScenarioFile {
  /// The name and place of every part that has a value.
  fileprivate var parts: [(name: String, place: FilePlace)] {
    inputs.map { ($0.name, $0.place) } + events.filter(\.hasDate).map { ($0.name, $0.place) }
      + assets.map { ($0.name, $0.place) } + ceilings.map { ($0.name, $0.place) }
      + series.map { ($0.name, $0.place) } + derived.map { ($0.name, $0.place) }
  }

  fileprivate var counts: [String: Int] {
    var counts = [
      "branches": branches.count, "inputs": inputs.count, "events": events.count, "assets": assets.count,
      "series": series.count, "derived": derived.count, "questions": questionNames.count,
    ]
    if !ceilings.isEmpty { counts["ceilings"] = ceilings.count }
    return counts
  }
}

// MARK: Running

/// The settings of a run, and the threads that it runs on.
struct Drawing: Sendable {
  var settings: RunSettings
  var threads: Int
}

extension CheckedScenario {
  /// Fits every series and checks that a run fits in memory, without drawing anything.
  ///
  /// - Throws: `ScenarioError` with every series that is missing or cannot be fitted, with trees whose series cannot be
  ///   reconciled, for options out of range, and for a run that would need too much memory.
  public func validate(_ options: DrawOptions = DrawOptions()) throws(ScenarioError) {
    let settings = try drawing(options).settings
    try requireGroups(of: file.questions)
    let answers = try program(answering: file.questions)
    try requireRoom(answers.program, settings, runs: settings.replicates)
    try fitting.validate()
  }

  /// Refuses groups of inputs that name something that their question, with what it sets, does not rest on.
  func requireGroups(of questions: [Question]) throws(ScenarioError) {
    let problems = blank.groupProblems(questions)
    if !problems.isEmpty { throw ScenarioError(problems) }
  }

  /// The settings of the file with the options in their place.
  ///
  /// - Throws: `ScenarioError` for an option that is out of range.
  func drawing(_ options: DrawOptions) throws(ScenarioError) -> Drawing {
    func require(_ name: String, _ value: Int?, in range: ClosedRange<Int>) throws(ScenarioError) {
      guard let value, !range.contains(value) else { return }
      throw failure("\(name) is \(value); it must be between \(range.lowerBound) and \(range.upperBound)")
    }
    try require("draws", options.draws, in: RunSettings.drawRange)
    try require("replicates", options.replicates, in: RunSettings.replicateRange)
    try require("threads", options.threads, in: RunSettings.threadRange)
    var settings = file.run
    settings.draws = options.draws ?? settings.draws
    settings.replicates = options.replicates ?? settings.replicates
    settings.seed = options.seed ?? settings.seed
    return Drawing(
      settings: settings, threads: options.threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Fits the series that a program needs and runs it; notes about the series come with what it found.
  func execute(
    _ program: Program, _ drawing: Drawing
  ) throws(ScenarioError) -> (execution: Execution, notes: [String]) {
    try requireRoom(program, drawing.settings, runs: drawing.settings.replicates)
    let (series, notes) = try fitting.prepare(program.plan.series)
    return (
      try drawn { () throws(NumericsError) in
        try program.execute(drawing.settings, threads: drawing.threads, series: series)
      }, notes
    )
  }

  /// The uniform sources of a program for a replicate.
  func sources(
    _ program: Program, _ settings: RunSettings, replicate: Int
  ) throws(ScenarioError) -> [UniformSource?] {
    try drawn { () throws(NumericsError) in try program.sources(settings, replicate: replicate) }
  }

  /// What draws, with the errors of numerics as errors of this scenario.
  func drawn<Found>(_ draw: () throws(NumericsError) -> Found) throws(ScenarioError) -> Found {
    do throws(NumericsError) {
      return try draw()
    } catch {
      throw failure("the draws failed: \(error)")
    }
  }

  /// Refuses a run that would hold more than `RunSettings.mostValues`, before anything is allocated.
  ///
  /// - Parameters:
  ///   - program: what is computed.
  ///   - settings: the draws of one replicate.
  ///   - runs: the number of replicates, or of runs of a sensitivity design.
  /// - Throws: `ScenarioError` that says how much it would hold.
  func requireRoom(_ program: Program, _ settings: RunSettings, runs: Int) throws(ScenarioError) {
    guard !hasRoom(program, settings, runs: runs) else { return }
    let held = program.valuesHeld(settings)
    throw failure(
      "\(settings.draws) draws in each of \(runs) runs or replicates, with \(held) values held for each draw, need more memory "
        + "than the limit of \(RunSettings.mostValues) values (4 GiB); reduce draws × replicates to at most "
        + "\(RunSettings.mostValues / held)")
  }

  func hasRoom(_ program: Program, _ settings: RunSettings, runs: Int) -> Bool {
    // 2³⁰ draws in 4,096 runs of a million columns still fit in a word.
    let (values, overflows) = (settings.draws * runs).multipliedReportingOverflow(
      by: program.valuesHeld(settings))
    return !overflows && values <= RunSettings.mostValues
  }

  /// An error of the scenario as a whole.
  func failure(_ what: String) -> ScenarioError { ScenarioError(what, at: FilePlace(file: file.name)) }

  /// An error of a question.
  func failure(_ question: Question, _ what: String) -> ScenarioError {
    ScenarioError("questions.\(question.name): \(what)", at: question.subject.place)
  }
}

extension Program {
  /// The values held for each draw: one in each column that is kept whole, and half of one for the cell of each stream in a Latin
  /// hypercube.
  fileprivate func valuesHeld(_ settings: RunSettings) -> Int {
    max(1, kept.count + (settings.method == .latinHypercube ? (plan.streams.count + 1) / 2 : 0))
  }
}

extension Program {
  /// What is to be said of inputs that are not drawn from Sobol' points under a run's settings.
  func dimensionNotes(_ settings: RunSettings, inputs: [Input]) -> [String] {
    guard settings.method == .sobol else { return [] }
    let names = Set(inputs.map(\.name))
    let loose = plan.streams.sorted().map { streams[$0] }.filter {
      $0.dimension == nil && names.contains($0.name)
    }
    guard !loose.isEmpty else { return [] }
    let free = Set(1..<SobolSequence.dimensions).subtracting(inputs.compactMap(\.dimension)).min() ?? 1
    return [
      "\(loose.map(\.name).joined(separator: ", ")): without dim, so drawn independently and not from Sobol' points, which makes errors "
        + "larger; add dim: \(free)" + (loose.count > 1 ? " and on" : "")
    ]
  }
}

// MARK: Programs

/// Questions as one program, with what is checked beside them.
struct CompiledAnswers {
  let program: Program
  let questions: [CompiledQuestion]
  let gaps: [CoherenceGap]
  let clamps: [ClampCount]
}

/// Quantities with the program that computes them.
struct CompiledQuantities {
  let program: Program
  let values: [Value]
  /// The kept column of each node.
  let columns: [Int: Int]
  let branchNode: Int

  /// The kept column of a node.
  func column(_ node: Int, _ execution: Execution) -> [Double] { execution.kept[columns[node] ?? 0] }
}

extension CheckedScenario {
  /// Questions as one program, with the sums that are checked beside them.
  func program(answering asked: [Question], keepsDraws: Bool = false) throws(ScenarioError) -> CompiledAnswers
  {
    var compiler = self.compiler
    var outputs = OutputList()
    var questions: [CompiledQuestion] = []
    var gaps: [CoherenceGap] = []
    do throws(CompileFailure) {
      for question in asked {
        questions.append(try compiler.compile(question, &outputs, keepsDraws: keepsDraws))
      }
      gaps = try compiler.coherenceGaps(&outputs)
    } catch {
      throw ScenarioError(error, at: FilePlace(file: file.name))
    }
    let clamps = compiler.clampCounts(&outputs)
    return CompiledAnswers(
      program: Program(compiler.graph, branches: file.branches, sums: outputs.sums, kept: outputs.kept),
      questions: questions, gaps: gaps, clamps: clamps)
  }

  /// What quantities need: their values, and those of months if they are asked for, and one program for all of them.
  func compiled(
    _ quantities: [String], interventions: [String: Double] = [:], months: Bool = false
  ) throws(ScenarioError) -> CompiledQuantities {
    try scenario.checkInterventions(interventions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    var compiler = self.compiler
    compiler.interventions = interventions
    var values: [Value] = []
    for text in quantities {
      let source = try SourcedExpression(outside: text)
      do throws(CompileFailure) {
        values.append(try compiler.lower(source))
      } catch {
        throw ScenarioError(error, at: source.place)
      }
    }
    let ends = Dictionary(
      uniqueKeysWithValues: file.series.enumerated().compactMap { place, part in part.to.map { (place, $0) } }
    )
    if !ends.isEmpty {
      let undrawn = compiler.graph.undrawn(after: ends)
      values = values.map { $0.drawn(undrawn) }
    }
    let kept = Array(Set(values.flatMap { $0.nodes + (months ? $0.months : []) } + [compiler.branchNode]))
      .sorted()
    return CompiledQuantities(
      program: Program(compiler.graph, branches: file.branches, sums: [], kept: kept), values: values,
      columns: Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($0.element, $0.offset) }),
      branchNode: compiler.branchNode)
  }

  /// The questions of a quantity or condition with some names, in the order of the file; all if `nil`.
  ///
  /// - Throws: `ScenarioError` for a name that no such question has.
  func select(_ names: [String]?) throws(ScenarioError) -> [Question] {
    guard let names else { return file.questions }
    for name in names where !file.questions.contains(where: { $0.name == name }) {
      if let other = file.breakEvens.first(where: { $0.name == name }) {
        throw ScenarioError(
          "questions.\(name) is a break-even; name a question about a quantity or condition", at: other.place)
      }
      throw failure("unknown question \"\(name)\"" + suggestion(for: name, among: file.questionNames))
    }
    return file.questions.filter { names.contains($0.name) }
  }

  /// The question with a name.
  func question(_ name: String) throws(ScenarioError) -> Question { try select([name])[0] }
}

extension ScenarioError {
  /// A part that does not compile; `place` stands for one that builds on such a part.
  init(_ failure: CompileFailure, at place: FilePlace) {
    switch failure {
    case .problem(let problem): self.init([problem])
    case .poisoned: self.init("builds on a part that does not compile", at: place)
    }
  }
}
