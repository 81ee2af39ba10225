/// The quantity of a question, compiled by itself.
struct Quantity {
  let question: Question
  /// `1` for a condition, whose value is 0 or 1.
  let unit: Unit
  var compiler: Compiler
  /// The node of its value.
  let node: Int
  /// The node of the condition on the paths that count.
  let condition: Int?

  /// The program that sums and keeps nodes of the quantity's graph.
  func program(sums: [Program.Sum] = [], kept: [Int] = []) -> Program {
    Program(compiler.graph, branches: compiler.file.branches, sums: sums, kept: kept)
  }
}

extension Scenario {
  /// The quantity of a question of a checked scenario; the correlated inputs in `first` keep their own draws.
  func quantity(of question: Question, first: [String] = []) throws(ScenarioError) -> Quantity {
    var (compiler, _) = prepared(first: first)
    var outputs = OutputList()
    var plain = question
    plain.sensitivity = nil
    plain.quantiles = question.probability ? [] : [0.5]
    let compiled: CompiledQuestion
    do throws(CompileFailure) {
      compiled = try compiler.compile(plain, &outputs)
    } catch {
      if case .problem(let problem) = error { throw ScenarioError([problem]) }
      preconditionFailure("a checked scenario compiles")
    }
    let node = compiled.probability.map { outputs.sums[$0].node } ?? outputs.kept[compiled.column ?? 0]
    return Quantity(
      question: question, unit: question.probability ? .one : compiled.unit, compiler: compiler, node: node,
      condition: compiled.weight.map { outputs.sums[$0].node })
  }

  /// A question of this scenario, once the scenario is found sound.
  func checkedQuestion(_ name: String) throws(ScenarioError) -> Question {
    try check([name])
    return try select([name])[0]
  }

  func study<Findings>(
    _ quantity: Quantity, _ settings: RunSettings, evaluations: Int, notes: [String], _ findings: Findings
  ) -> SensitivityStudy<Findings> {
    SensitivityStudy(
      scenario: file.id, file: file.name, fileHash: textHash, question: quantity.question.name,
      of: quantity.question.subject.text, unit: quantity.unit.text, given: quantity.question.given?.text,
      settings: settings, evaluations: evaluations, findings: findings, notes: notes)
  }

  func failure(_ question: Question, _ what: String) -> ScenarioError {
    ScenarioError("questions.\(question.name): \(what)", at: question.subject.place)
  }

  /// Refuses a question about the paths under a condition, on which inputs are no longer drawn by their laws.
  func refuseCondition(_ question: Question, _ method: String) throws(ScenarioError) {
    guard let given = question.given else { return }
    throw ScenarioError(
      "questions.\(question.name): \(method) vary inputs freely and cannot keep to given: \(given.text)",
      at: given.place)
  }

  /// The uniform sources of a program for a replicate.
  func sources(
    _ program: Program, _ settings: RunSettings, replicate: Int
  ) throws(ScenarioError) -> [UniformSource?] {
    do {
      return try program.sources(settings, replicate: replicate)
    } catch {
      throw ScenarioError("the draws failed: \(error)", at: FilePlace(file: file.name))
    }
  }
}
