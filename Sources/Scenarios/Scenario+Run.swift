internal import Forecasting
internal import ForesightNumerics

extension Scenario {
  /// The answers to the file's questions.
  ///
  /// The bits do not depend on the number of threads; within each replicate the first draws do not depend on how many are
  /// asked for. Cost: proportional to draws × replicates.
  ///
  /// - Parameters:
  ///   - draws: the draws of one replicate; the file's number when `nil`.
  ///   - replicates: the number of replicates; the file's when `nil`.
  ///   - seed: the seed; the file's when `nil`.
  ///   - threads: the number of threads; as many as the machine has cores when `nil`.
  ///   - questions: the names of the questions to answer; all when `nil`.
  /// - Precondition: draws and replicates are at least one.
  /// - Throws: `ScenarioError` for a file that does not check, a series that cannot be had or fitted, and a quantity that is
  ///   no number on some path.
  public func run(
    draws: Int? = nil, replicates: Int? = nil, seed: UInt64? = nil, threads: Int? = nil,
    questions: [String]? = nil
  ) throws(ScenarioError) -> ScenarioRun {
    let clock = ContinuousClock()
    let begin = clock.now
    let check = try check(questions)
    let breakEvens = file.breakEvens.filter { questions?.contains($0.name) ?? true }
    let asked = try select(questions.map { names in names.filter { !breakEvens.map(\.name).contains($0) } })
    let settings = settings(draws, replicates, seed)
    let workers = threads ?? Scenario.cores
    let (program, compiled, gaps, clamps) = try program(answering: asked)
    let (execution, seriesNotes) = try execute(program, settings, threads: workers)
    let estimation = Estimation(execution: execution)
    try requireCoherence(gaps, estimation)
    var answers: [ScenarioAnswer] = []
    for question in compiled {
      let drivers = try sensitivity(question.question, settings, threads: workers)
      var own = try answer(question, estimation, drivers)
      if !drivers.isEmpty { own.notes += intervalNotes(settings) }
      try addStudies(of: question.question, to: &own, settings, threads: workers)
      answers.append(own)
    }
    for part in breakEvens {
      answers.append(try answer(part, settings, threads: workers, known: seriesNotes))
    }
    let order = file.questionNames
    answers = order.compactMap { name in answers.first { $0.question == name } }
    let elapsed = clock.now - begin
    return ScenarioRun(
      scenario: file.id, file: file.name, fileHash: textHash, asOf: file.asOf?.description,
      horizon: file.horizon, settings: settings, answers: answers,
      notes: changes + check.warnings + seriesNotes + clampNotes(clamps, estimation),
      seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
  }

  /// The questions of a checked scenario as one program, with the sums that are checked beside them.
  func program(
    answering asked: [Question]
  ) throws(ScenarioError) -> (
    program: Program, questions: [CompiledQuestion], gaps: [CoherenceGap], clamps: [ClampCount]
  ) {
    var (compiler, _) = prepared()
    var outputs = OutputList()
    var compiled: [CompiledQuestion] = []
    var gaps: [CoherenceGap] = []
    do throws(CompileFailure) {
      for question in asked { compiled.append(try compiler.compile(question, &outputs)) }
      gaps = try compiler.coherenceGaps(&outputs)
    } catch {
      if case .problem(let problem) = error { throw ScenarioError([problem]) }
      preconditionFailure("a checked scenario compiles")
    }
    let clamps = compiler.clampCounts(&outputs)
    let program = Program(compiler.graph, branches: file.branches, sums: outputs.sums, kept: outputs.kept)
    return (program, compiled, gaps, clamps)
  }

  /// What was set in place of the file's values.
  private var changes: [String] {
    named.map { "with the overrides \($0)" } + overrides.map { "set \($0.path)=\($0.value)" }
      + (branch.map { ["branch \($0) is certain"] } ?? [])
  }

  func select(_ names: [String]?) throws(ScenarioError) -> [Question] {
    guard let names else { return file.questions }
    for name in names where !file.questions.contains(where: { $0.name == name }) {
      if let other = file.breakEvens.first(where: { $0.name == name }) {
        throw ScenarioError(
          "questions.\(name) is a break-even; name a question of a quantity or condition", at: other.place)
      }
      throw ScenarioError(
        "there is no question \"\(name)\"" + suggestion(for: name, among: file.questionNames),
        at: FilePlace(file: file.name))
    }
    return file.questions.filter { names.contains($0.name) }
  }

  /// Fits the series that a program needs and runs it; remarks on the series come with what it found.
  func execute(
    _ program: Program, _ settings: RunSettings, threads: Int?
  ) throws(ScenarioError) -> (execution: Execution, notes: [String]) {
    try requireRoom(program, settings, runs: settings.replicates)
    let (series, notes) = try prepareSeries(program)
    do throws(NumericsError) {
      return (try program.execute(settings, threads: threads ?? Scenario.cores, series: series), notes)
    } catch {
      throw ScenarioError("the draws failed: \(error)", at: FilePlace(file: file.name))
    }
  }

  /// The answer to a question from what its program found.
  func answer(
    _ compiled: CompiledQuestion, _ estimation: Estimation, _ drivers: [SensitivityIndex]
  ) throws(ScenarioError) -> ScenarioAnswer {
    let question = compiled.question
    let paths = estimation.execution.settings.draws * estimation.execution.settings.replicates
    let size = compiled.weight.map { Int(estimation.total($0)) } ?? paths
    let invalid = Int(estimation.total(compiled.invalid))
    let infinite = compiled.infinite.map { Int(estimation.total($0)) } ?? 0
    guard invalid + infinite == 0 else {
      throw try fault(
        compiled, isInfinite: invalid == 0, on: invalid == 0 ? infinite : invalid, of: size,
        estimation.execution.settings)
    }
    var rows: [AnswerRow] = []
    var notes: [String] = []
    func add(_ kind: AnswerRow.Kind, _ estimate: (value: Double, error: Double?)?, at level: Double? = nil) {
      guard let estimate else { return }
      rows.append(AnswerRow(kind: kind, level: level, value: estimate.value, standardError: estimate.error))
    }
    if size == 0 {
      notes.append("no path satisfies \(question.given?.text ?? "the condition")")
    } else {
      if let sum = compiled.probability { add(.probability, estimation.ratio(sum, compiled.weight)) }
      if let sum = compiled.mean { add(.mean, estimation.ratio(sum, compiled.weight)) }
      if let column = compiled.column {
        let all = estimation.quantiles(
          question.quantiles, column: column, condition: compiled.conditionColumn, finiteOnly: false)
        for (index, level) in question.quantiles.enumerated() { add(.quantile, all?[index], at: level) }
        if compiled.unit.isDate, let never = compiled.never, estimation.total(never) > 0 {
          let ever = estimation.quantiles(
            question.quantiles, column: column, condition: compiled.conditionColumn, finiteOnly: true)
          for (index, level) in question.quantiles.enumerated() {
            add(.quantileIfEver, ever?[index], at: level)
          }
        }
      }
      for (index, level) in question.exceed.enumerated() {
        add(.exceed, estimation.ratio(compiled.exceed[index], compiled.weight), at: level)
      }
      if let never = compiled.never { add(.never, estimation.ratio(never, compiled.weight)) }
      if let beyond = compiled.beyond { add(.notWithinHorizon, estimation.ratio(beyond, compiled.weight)) }
      if question.given != nil, size < 200 {
        notes.append("only \(size) paths satisfy the condition: the answer is coarse")
      }
    }
    if estimation.execution.settings.replicates < 2 {
      notes.append("one replicate shows no standard error")
    }
    var set: [String: Double?] = [:]
    for item in question.interventions {
      set.updateValue(item.value.isFinite ? item.value : nil, forKey: item.name)
    }
    return ScenarioAnswer(
      question: question.name, of: question.subject.text,
      unit: question.probability ? "1" : compiled.unit.text, isDate: compiled.unit.isDate,
      given: question.given?.text, interventions: set, rows: rows, sensitivity: drivers,
      effectiveSampleSize: size, notes: notes)
  }
}
