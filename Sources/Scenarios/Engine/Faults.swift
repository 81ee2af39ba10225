internal import ForesightNumerics

/// The expression, or the part of the file, that a node was written for.
struct NodeOrigin: Hashable {
  let text: String
  let place: FilePlace
}

extension Compiler {
  /// Where a value that is not a number, or is infinite, comes from on one draw: the expression of the first node on the way back
  /// whose operands are sound.
  ///
  /// - Parameters:
  ///   - node: a node that is not sound.
  ///   - values: the values of the nodes that it rests on.
  ///   - isSound: whether a value is sound.
  func origin(of node: Int, _ values: [Int: Double], isSound: (Double) -> Bool) -> NodeOrigin? {
    var node = node
    while true {
      let instruction = graph.nodes[node]
      var operands = instruction.operands
      if instruction.operation == .select, let condition = values[Int(instruction.c)] {
        // The alternative that was not chosen does not matter.
        operands = [Int(condition != 0 ? instruction.a : instruction.b)]
      }
      guard let next = operands.first(where: { values[$0].map { !isSound($0) } ?? false }) else {
        return origin(of: node)
      }
      node = next
    }
  }
}

/// How a number comes to be undefined.
private let reasons = "0/0, never − never, or a root or logarithm of a negative number"

extension ScenarioError {
  /// The error of a quantity that is not a number in some of its values; `nil` where there is none.
  init?(_ name: String, undefinedIn values: [[Double]]) {
    let count = values.reduce(0) { $0 + $1.count(where: \.isNaN) }
    guard count > 0 else { return nil }
    self.init(
      "\(name) is not a number in \(count) of \(values.reduce(0) { $0 + $1.count }) values (\(reasons))",
      at: FilePlace(file: "\"\(name)\"", line: 1, column: 1))
  }
}

extension CheckedScenario {
  /// What is wrong with a quantity that is not a number, or is infinite without being a date, on some path: on how many paths, on
  /// which first, and the expression that it comes from.
  func fault(
    _ compiled: CompiledQuestion, isInfinite: Bool, on count: Int, of size: Int, _ drawing: Drawing
  ) throws(ScenarioError) -> ScenarioError {
    let question = compiled.question
    let quantity = try Quantity(question, blank)
    let what =
      "questions.\(question.name): \(question.subject.text) is \(isInfinite ? "infinite" : "not a number") on \(count) of \(size) paths"
    let why = isInfinite ? "; only a date may be never" : " (\(reasons))"
    var compiler = quantity.compiler
    let isBad =
      isInfinite
      ? compiler.graph.infinite(quantity.node)
      : compiler.graph.binary(.notEqual, quantity.node, quantity.node)
    let bad = quantity.condition.map { compiler.graph.binary(.multiply, $0, isBad) } ?? isBad
    guard let draw = try firstDraw(where: bad, compiler, drawing) else {
      return ScenarioError(what + why, at: question.subject.place)
    }
    let values = try values(of: [quantity.node], compiler, on: draw, drawing.settings)
    let origin = compiler.origin(of: quantity.node, values) { isInfinite ? !$0.isInfinite : !$0.isNaN }
    let own = origin.flatMap { $0.text == question.subject.text ? nil : $0 }
    return ScenarioError(
      what + ", first on draw \(draw)" + (own.map { ", where \($0.text) is" } ?? "") + why,
      at: own?.place ?? question.subject.place)
  }

  /// - Throws: `ScenarioError` for a total that differs from the sum of its parts on some path.
  func requireCoherence(
    _ gaps: [CoherenceGap], _ estimation: Estimation, _ drawing: Drawing
  ) throws(ScenarioError) {
    for gap in gaps {
      let paths = Int(estimation.total(gap.output))
      guard paths > 0 else { continue }
      if let fault = try fault(gap, drawing) { throw fault }
      throw ScenarioError(
        "coherence.tree.\(gap.sum.total) is not \(gap.sum.parts.joined(separator: " + ")) in \(gap.year) on \(paths) of "
          + "\(estimation.paths) paths", at: gap.sum.place)
    }
  }

  /// The total or part of a sum that is not a number on the first draw on which they do not add up, if there is one.
  private func fault(_ gap: CoherenceGap, _ drawing: Drawing) throws(ScenarioError) -> ScenarioError? {
    var compiler = blank
    var outputs = OutputList()
    let names = gap.sum.parts + [gap.sum.total]
    let compiled: (gap: CoherenceGap?, nodes: [Int])
    do throws(CompileFailure) {
      let all = try compiler.coherenceGaps(&outputs)
      var nodes: [Int] = []
      for name in names {
        nodes.append(
          try compiler.value(of: name, at: gap.sum.place).nodes[gap.year - file.horizon.from])
      }
      compiled = (all.first { $0.sum == gap.sum && $0.year == gap.year }, nodes)
    } catch {
      throw ScenarioError(error, at: gap.sum.place)
    }
    guard let own = compiled.gap,
      let draw = try firstDraw(where: outputs.sums[own.output].node, compiler, drawing)
    else { return nil }
    let values = try values(of: compiled.nodes, compiler, on: draw, drawing.settings)
    guard let bad = compiled.nodes.firstIndex(where: { values[$0]?.isNaN ?? false }) else { return nil }
    let origin = compiler.origin(of: compiled.nodes[bad], values) { !$0.isNaN }
    return ScenarioError(
      "\(names[bad])[\(gap.year)], of coherence.tree.\(gap.sum.total), is not a number on draw \(draw)"
        + (origin.map { ", where \($0.text) is" } ?? "") + " (\(reasons))",
      at: origin?.place ?? gap.sum.place)
  }

  /// The first draw of a run on which a condition holds.
  private func firstDraw(
    where node: Int, _ compiler: Compiler, _ drawing: Drawing
  ) throws(ScenarioError) -> Int? {
    let program = Program(compiler.graph, branches: file.branches, sums: [], kept: [node])
    return try execute(program, drawing).execution.kept[0].firstIndex { $0 != 0 }
  }

  /// The values on one draw of nodes and of all that they rest on.
  private func values(
    of nodes: [Int], _ compiler: Compiler, on draw: Int, _ settings: RunSettings
  ) throws(ScenarioError) -> [Int: Double] {
    let needed = compiler.graph.needed(for: nodes)
    let kept = needed.indices.filter { needed[$0] }
    let program = Program(compiler.graph, branches: file.branches, sums: [], kept: kept)
    let (series, _) = try fitting.prepare(program.plan.series)
    let (replicate, place) = draw.quotientAndRemainder(dividingBy: settings.draws)
    let found = try drawn { () throws(NumericsError) in
      try program.block(holding: place, replicate: replicate, settings, series: series)
    }
    return Dictionary(uniqueKeysWithValues: zip(kept, found.execution.kept.map { $0[found.place] }))
  }
}
