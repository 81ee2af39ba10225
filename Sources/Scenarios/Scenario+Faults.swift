internal import ForesightNumerics

extension Scenario {
  /// What is wrong with a quantity that is no number, or infinite and no date, on some path: on how many, on which first, and
  /// the expression that it comes from.
  func fault(
    _ compiled: CompiledQuestion, isInfinite: Bool, on count: Int, of size: Int, _ settings: RunSettings
  ) throws(ScenarioError) -> ScenarioError {
    let question = compiled.question
    let quantity = try quantity(of: question)
    let what =
      "questions.\(question.name): \(question.subject.text) is \(isInfinite ? "infinite" : "no number") on \(count) of \(size) paths"
    let why = isInfinite ? "; only a date may be never" : " (\(Scenario.reasons))"
    var compiler = quantity.compiler
    let isBad =
      isInfinite
      ? compiler.graph.infinite(quantity.node)
      : compiler.graph.binary(.notEqual, quantity.node, quantity.node)
    let bad = quantity.condition.map { compiler.graph.binary(.multiply, $0, isBad) } ?? isBad
    guard let draw = try firstDraw(where: bad, compiler, settings) else {
      return ScenarioError(what + why, at: question.subject.place)
    }
    let values = try values(of: [quantity.node], compiler, on: draw, settings)
    let origin = compiler.origin(of: quantity.node, values) { isInfinite ? !$0.isInfinite : !$0.isNaN }
    let own = origin.flatMap { $0.text == question.subject.text ? nil : $0 }
    return ScenarioError(
      what + ", the first draw \(draw)" + (own.map { ": \($0.text) is" } ?? "") + why,
      at: own?.place ?? question.subject.place)
  }

  /// How a number comes to be none.
  static let reasons = "0/0, never − never, or a root or logarithm of a negative"

  /// The first draw of a run on which a condition holds.
  func firstDraw(
    where node: Int, _ compiler: Compiler, _ settings: RunSettings
  ) throws(ScenarioError) -> Int? {
    let program = Program(compiler.graph, branches: file.branches, sums: [], kept: [node])
    return try execute(program, settings, threads: nil).execution.kept[0].firstIndex { $0 != 0 }
  }

  /// The values on one draw of nodes and of all that they rest on.
  func values(
    of nodes: [Int], _ compiler: Compiler, on draw: Int, _ settings: RunSettings
  ) throws(ScenarioError) -> [Int: Double] {
    let needed = compiler.graph.needed(for: nodes)
    let kept = needed.indices.filter { needed[$0] }
    let program = Program(compiler.graph, branches: file.branches, sums: [], kept: kept)
    let (series, _) = try prepareSeries(program)
    let (replicate, place) = draw.quotientAndRemainder(dividingBy: settings.draws)
    do throws(NumericsError) {
      let found = try program.block(holding: place, replicate: replicate, settings, series: series)
      return Dictionary(uniqueKeysWithValues: zip(kept, found.execution.kept.map { $0[found.place] }))
    } catch {
      throw ScenarioError("the draws failed: \(error)", at: FilePlace(file: file.name))
    }
  }

  /// The total or part of a sum that is no number on the first draw on which they do not go together, where one is.
  func fault(_ gap: CoherenceGap, _ settings: RunSettings) throws(ScenarioError) -> ScenarioError? {
    var (compiler, _) = prepared()
    var outputs = OutputList()
    let names = gap.sum.parts + [gap.sum.total]
    let compiled: (gap: CoherenceGap?, nodes: [Int])? =
      try? {
        let all = try compiler.coherenceGaps(&outputs)
        let nodes = try names.map { name in
          try compiler.value(of: name, at: gap.sum.place).nodes[gap.year - file.horizon.from]
        }
        return (all.first { $0.sum == gap.sum && $0.year == gap.year }, nodes)
      }()
    guard let compiled, let own = compiled.gap,
      let draw = try firstDraw(where: outputs.sums[own.output].node, compiler, settings)
    else { return nil }
    let values = try values(of: compiled.nodes, compiler, on: draw, settings)
    guard let bad = compiled.nodes.firstIndex(where: { values[$0]?.isNaN ?? false }) else { return nil }
    let origin = compiler.origin(of: compiled.nodes[bad], values) { !$0.isNaN }
    return ScenarioError(
      "\(names[bad])[\(gap.year)], of coherence.tree.\(gap.sum.total), is no number on draw \(draw)"
        + (origin.map { ": \($0.text) is" } ?? "") + " (\(Scenario.reasons))",
      at: origin?.place ?? gap.sum.place)
  }
}
