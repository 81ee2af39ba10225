/// Turns the parts of a scenario into nodes of one graph, checking names, units and cycles on the way.
struct Compiler {
  let file: ScenarioFile
  var graph = Graph()
  /// What is set on every path, by name.
  var interventions: [String: Double] = [:]
  private(set) var branchNode: Int
  private var values: [[String: Double]: [String: Value]] = [:]
  private var failed: Set<String> = []
  private var stack: [String] = []
  let symbols: SymbolTable
  let copula: CopulaFactors
  private var scores: [String: Int] = [:]
  /// The values that may have to be clamped.
  var clamps: [Clamp] = []
  /// What nodes were first written for, and the place of each node's in that list; -1 of a node that is not noted yet.
  private var origins: [NodeOrigin] = []
  private var originIndex: [Int32] = []
  /// The nodes that are not noted yet, in order.
  private var unnoted: [Int] = []
  /// What shared ceilings leave after some of their assets, by interventions and ceiling.
  var remainders: [[String: Double]: [String: [Value]]] = [:]

  init(_ file: ScenarioFile, symbols: SymbolTable, copula: CopulaFactors) {
    self.file = file
    self.symbols = symbols
    self.copula = copula
    let uniform = graph.uniform(UniformStream(name: "branch", dimension: 0))
    branchNode =
      file.branches.count > 1
      ? graph.unary(.branch, uniform) : graph.constant(0)
  }

  var years: [Int] { Array(file.horizon.years) }

  /// The value of a name, compiled once for each set of interventions.
  mutating func value(of name: String, at place: FilePlace) throws(CompileFailure) -> Value {
    if let value = values[interventions]?[name] { return value }
    if failed.contains(name) { throw .poisoned }
    if let start = stack.firstIndex(of: name) { throw cycle(stack[start...] + [name], place) }
    guard stack.count < Compiler.deepest else {
      throw problem(
        "\(name) is one of more than \(Compiler.deepest) parts that build on each other in one line", place)
    }
    // Long chains are compiled from their far end, without recursion.
    if stack.count >= Compiler.recursed { try settle(name, at: place) }
    stack.append(name)
    defer { stack.removeLast() }
    let first = graph.nodes.count
    do {
      let value = try compile(name, at: place)
      note(NodeOrigin(text: name, place: symbols.place(of: name, in: file) ?? place), from: first)
      values[interventions, default: [:]][name] = value
      return value
    } catch {
      failed.insert(name)
      throw error
    }
  }

  /// How deep names are compiled by recursion before what they build on is compiled first.
  private static let recursed = 4
  /// The longest line of names that build on each other where that order cannot be foreseen.
  private static let deepest = 100

  /// The error of names that build on each other in a circle.
  private mutating func cycle(_ names: some Collection<String>, _ place: FilePlace) -> CompileFailure {
    for member in names { failed.insert(member) }
    let shown = names.count > 12 ? Array(names.prefix(6)) + ["…"] + Array(names.suffix(5)) : Array(names)
    return problem(
      "\(names.first ?? "") depends on itself: " + shown.joined(separator: " → "), place)
  }

  /// Compiles what a name builds on, the far end first, with a stack of its own: a chain of any length takes no recursion.
  private mutating func settle(_ name: String, at place: FilePlace) throws(CompileFailure) {
    var open = [(name: name, needs: needs(of: name), next: 0)]
    var reached: [String: Bool] = [name: true]
    while let last = open.indices.last {
      guard open[last].next < open[last].needs.count else {
        let done = open.removeLast()
        reached[done.name] = false
        if !open.isEmpty, interventions[done.name] == nil { _ = try value(of: done.name, at: place) }
        continue
      }
      let next = open[last].needs[open[last].next]
      open[last].next += 1
      switch reached[next] {
      case true?:
        // Parts of assets may go back and forth between them; derived quantities may not.
        let circle = (open.firstIndex { $0.name == next }).map { open[$0...].map(\.name) } ?? []
        if circle.allSatisfy({ symbols.isDerived($0) }) { throw cycle(circle + [next], place) }
      case false?: break
      case nil:
        guard values[interventions]?[next] == nil, !failed.contains(next), !stack.contains(next) else {
          continue
        }
        reached[next] = true
        open.append((next, needs(of: next), 0))
      }
    }
  }

  /// The names that a name builds on, as far as expressions say so.
  private func needs(of name: String) -> [String] {
    guard interventions[name] == nil else { return [] }
    let expressions: [SourcedExpression?]
    var names: [String] = []
    switch symbols[name.split(separator: ".", maxSplits: 1).first.map(String.init) ?? name] {
    case .derived(let index): expressions = [file.derived[index].expression]
    case .event(let index): expressions = file.events[index].expressions
    case .input, .series:
      var conditions: [SourcedExpression?] = []
      for event in file.events {
        guard case .shock(let shock) = event.kind, shock.target == name else { continue }
        conditions.append(shock.when)
        if event.hasDate { names.append(event.name) }
      }
      names += file.fittedSum(of: name)?.parts ?? []
      expressions = conditions
    case .asset(let index):
      let asset = file.assets[index]
      expressions =
        [
          asset.capacity, asset.start, asset.ramp?.years, asset.utilisation, asset.nominations?.price,
          asset.nominations?.elasticity, asset.availability, asset.ceiling,
        ] + asset.expansions.flatMap { [$0.at, $0.capacity] }
    case .ceiling(let index):
      expressions = [file.ceilings[index].limit]
    case nil: expressions = []
    }
    names += expressions.compactMap(\.self).flatMap { $0.expression.mentions.map(\.name) }
    return names.filter { name in
      symbols[name.split(separator: ".", maxSplits: 1).first.map(String.init) ?? name] != nil
    }
  }

  /// Notes what the nodes from `first` on were written for, unless something inside already did.
  mutating func note(_ origin: NodeOrigin, from first: Int) {
    let count = graph.nodes.count
    if originIndex.count < count {
      unnoted += originIndex.count..<count
      originIndex += [Int32](repeating: -1, count: count - originIndex.count)
    }
    guard let last = unnoted.last, last >= first else { return }
    origins.append(origin)
    while let node = unnoted.last, node >= first {
      originIndex[node] = Int32(origins.count - 1)
      unnoted.removeLast()
    }
  }

  /// What a node was first written for.
  func origin(of node: Int) -> NodeOrigin? {
    guard originIndex.indices.contains(node), originIndex[node] >= 0 else { return nil }
    return origins[Int(originIndex[node])]
  }

  func problem(_ what: String, _ place: FilePlace) -> CompileFailure {
    .problem(ScenarioProblem(what, at: place))
  }

  private mutating func compile(_ name: String, at place: FilePlace) throws(CompileFailure) -> Value {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard let symbol = symbols[parts[0]] else {
      throw problem(
        "unknown name \"\(parts[0])\"" + suggestion(for: parts[0], among: symbols.names), place)
    }
    if parts.count == 2 {
      if case .ceiling(let index) = symbol, parts[1] == "limit" { return try limit(of: file.ceilings[index]) }
      if case .event(let index) = symbol, let part = change(of: file.events[index], named: parts[1]) {
        return part
      }
      guard case .asset(let index) = symbol else {
        throw problem("\(parts[0]) has no part \"\(parts[1])\"; only assets have parts", place)
      }
      return try assetPart(file.assets[index], parts[1], place)
    }
    if let set = interventions[name] { return intervened(symbol, set) }
    switch symbol {
    case .input(let index): return try shocked(base(of: file.inputs[index]), name)
    case .event(let index): return try date(file.events[index], at: place)
    case .asset(let index): return try assetPart(file.assets[index], "flow", place)
    case .ceiling(let index): return try left(of: file.ceilings[index])
    case .series(let index):
      // A reconciled total is the sum of its parts, shocks on those among them.
      if let sum = file.fittedSum(of: name) { return try value(of: sum) }
      return try shocked(seriesValue(index), name)
    case .derived(let index): return try derived(file.derived[index])
    }
  }

  private mutating func intervened(_ symbol: SymbolTable.Symbol, _ set: Double) -> Value {
    let node = graph.constant(set)
    guard case .input(let index) = symbol else {
      return Value(kind: .quantity, unit: .date, nodes: [node], isYearly: false)
    }
    let input = file.inputs[index]
    let isYearly = input.isYearly || hasDatedShock(input.name)
    return Value(
      kind: .quantity, unit: input.unit, nodes: isYearly ? years.map { _ in node } : [node],
      isYearly: isYearly)
  }

  private mutating func derived(_ derived: Derived) throws(CompileFailure) -> Value {
    var value = try lower(derived.expression)
    if value.kind == .condition {
      if let unit = derived.unit, !unit.isDimensionless {
        throw problem(
          "\(derived.name) is a condition and cannot have the unit \(unit)", derived.expression.place)
      }
      return value
    }
    if value.kind == .literal {
      value.kind = .quantity
    } else if let unit = derived.unit {
      try expect(value, unit, derived)
    } else if !file.statedUnits.contains(value.unit) {
      // A factor such as 1000 may be meant to change the scale, which only convert does.
      throw problem(
        "derived.\(derived.name) comes out in \(value.unit), a unit that nothing else in the file has; write "
          + "{expr: …, unit: …}, with convert(…, 'UNIT') if the scale changes", derived.expression.place)
    }
    if let unit = derived.unit { value.unit = unit }
    return value
  }

  private func expect(_ value: Value, _ unit: Unit, _ derived: Derived) throws(CompileFailure) {
    guard value.unit != unit else { return }
    throw problem(
      "\(derived.name) is declared in \(unit) but comes out in \(value.unit)"
        + (value.unit.hasDimension(of: unit)
          ? "; the scales differ, so write convert(…, '\(unit)')" : ""),
      derived.expression.place)
  }

  private mutating func seriesValue(_ index: Int) -> Value {
    let nodes = years.map { year in
      graph.add(Instruction(operation: .series, number: Double(year), payload: Int32(index)))
    }
    return Value(
      kind: .quantity, unit: file.series[index].yearlyUnit, nodes: nodes, isYearly: true)
  }
}

/// A step in which flows are computed: a calendar year or a twelfth of one.
struct FlowStep {
  /// Its place among the steps.
  let index: Int
  /// The place of its year in the horizon.
  let year: Int
  /// Where it begins and ends.
  let begin: Double
  let end: Double
}

extension Compiler {
  /// The steps of the horizon.
  var steps: [FlowStep] {
    let parts = file.horizon.step == .month ? 12 : 1
    func time(_ index: Int) -> Double {
      let (year, part) = index.quotientAndRemainder(dividingBy: parts)
      return Double(file.horizon.from + year) + Double(part) / Double(parts)
    }
    return (0..<(years.count * parts)).map {
      FlowStep(index: $0, year: $0 / parts, begin: time($0), end: time($0 + 1))
    }
  }

  /// The node of a value in a step: the node of the month if the value has months.
  func node(of value: Value, in step: FlowStep) -> Int {
    value.months.isEmpty ? value.nodes[value.isYearly ? step.year : 0] : value.months[step.index]
  }

  /// The value with a node in each step; a year's value is the mean of its months, or the first month under `instant`.
  mutating func value(steps nodes: [Int], _ unit: Unit) -> Value {
    guard file.horizon.step == .month else {
      return Value(kind: .quantity, unit: unit, nodes: nodes, isYearly: true)
    }
    let means = years.indices.map { year -> Int in
      let months = nodes[(12 * year)..<(12 * year + 12)]
      guard file.horizon.value == .calendarMean else { return months[months.startIndex] }
      let sum = months.dropFirst().reduce(months[months.startIndex]) { graph.binary(.add, $0, $1) }
      return graph.binary(.divide, sum, graph.constant(12))
    }
    return Value(kind: .quantity, unit: unit, nodes: means, isYearly: true, months: nodes)
  }

  /// The mean over a step of what has an integral at its ends.
  mutating func mean(_ from: Int, _ to: Int, over step: FlowStep) -> Int {
    let area = graph.binary(.subtract, to, from)
    // A year is one, and its numbers stay as they are.
    return file.horizon.step == .year
      ? area : graph.binary(.divide, area, graph.constant(step.end - step.begin))
  }
}
