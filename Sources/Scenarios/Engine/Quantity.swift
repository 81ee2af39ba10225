/// The quantity of a question, compiled by itself.
///
/// A study orders inputs as their streams are met on the way to its own quantity, whatever else the file asks.
struct Quantity: Sendable {
  let question: Question
  /// `1` for a condition, whose value is 0 or 1.
  let unit: Unit
  var compiler: Compiler
  /// The node of its value.
  let node: Int
  /// The node of the condition on the paths that count.
  let condition: Int?

  /// The quantity of a question, by a compiler that has compiled nothing yet.
  init(_ question: Question, _ blank: Compiler) throws(ScenarioError) {
    var compiler = blank
    var outputs = OutputList()
    var plain = question
    plain.sensitivity = nil
    plain.quantiles = question.probability ? [] : [0.5]
    let compiled: CompiledQuestion
    do throws(CompileFailure) {
      compiled = try compiler.compile(plain, &outputs)
    } catch {
      throw ScenarioError(error, at: question.subject.place)
    }
    self.question = question
    unit = question.probability ? .one : compiled.unit
    node = compiled.probability.map { outputs.sums[$0].node } ?? outputs.kept[compiled.column ?? 0]
    condition = compiled.weight.map { outputs.sums[$0].node }
    self.compiler = compiler
  }

  /// The program that sums and keeps nodes of the quantity's graph.
  func program(sums: [Program.Sum] = [], kept: [Int] = []) -> Program {
    Program(compiler.graph, branches: compiler.file.branches, sums: sums, kept: kept)
  }
}

extension CheckedScenario {
  /// The quantity of a question; the correlated inputs in `first` keep their own draws, and the others of their group follow.
  func quantity(of question: Question, first: [String] = []) throws(ScenarioError) -> Quantity {
    guard !first.isEmpty else { return try Quantity(question, blank) }
    let copula = CopulaFactors(file.correlations, first: first)
    return try Quantity(question, Compiler(file, symbols: blank.symbols, copula: copula))
  }
}

/// What is varied as one: an input's uniform, a group's, or the paths of the fitted series.
struct Factor {
  let name: String
  /// The names of its streams of uniforms.
  let streams: [String]
  /// Whether the paths of the fitted series belong to it.
  var hasSeries = false

  /// The factors of a plan: the groups asked for, then every other stream of uniforms, then the fitted series.
  static func all(
    _ request: SensitivityRequest, _ plan: Plan, _ streams: [UniformStream], _ question: Question
  ) throws(ScenarioError) -> [Factor] {
    var open = plan.streams.sorted().map { streams[$0].name }
    var hasSeries = !plan.series.isEmpty
    var factors: [Factor] = []
    for group in request.groups {
      var factor = Factor(name: group.name, streams: [])
      var own: [String] = []
      for member in group.members {
        if member == "series", hasSeries {
          factor.hasSeries = true
          hasSeries = false
          continue
        }
        let matching = open.filter { $0 == member || $0.hasPrefix(member + ".") }
        guard !matching.isEmpty else {
          throw ScenarioError(
            "questions.\(question.name).groups.\(group.name): \"\(member)\" is not a free input of the quantity"
              + suggestion(for: member, among: open), at: group.place)
        }
        own += matching
        open.removeAll { matching.contains($0) }
      }
      factors.append(Factor(name: group.name, streams: own, hasSeries: factor.hasSeries))
    }
    factors += open.map { Factor(name: $0, streams: [$0]) }
    if hasSeries { factors.append(Factor(name: "series", streams: [], hasSeries: true)) }
    return factors
  }
}
