/// Operations on columns without repetition: equal operations are one node, operations on numbers are numbers.
struct Graph {
  private(set) var nodes: [Instruction] = []
  /// Which nodes are never negative.
  private(set) var nonNegative: [Bool] = []
  private(set) var streams: [UniformStream] = []
  private(set) var laws: [Law] = []
  private(set) var branchLaws: [[Int]] = []
  private(set) var ramps: [RampTable] = []
  private(set) var thresholds: [[Double]] = []
  private var known: [Instruction: Int] = [:]
  private var streamIndex: [UniformStream: Int] = [:]
  private var lawIndex: [Law: Int] = [:]
  private var branchLawIndex: [[Int]: Int] = [:]
  private var rampIndex: [RampTable: Int] = [:]

  /// The node of an operation.
  mutating func add(_ instruction: Instruction) -> Int {
    if let node = known[instruction] { return node }
    nonNegative.append(isNonNegative(instruction))
    nodes.append(instruction)
    known[instruction] = nodes.count - 1
    return nodes.count - 1
  }

  /// The nodes that some rest on, themselves among them.
  func needed(for outputs: [Int]) -> [Bool] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for node in outputs { needed[node] = true }
    // Operands come before their users.
    for node in nodes.indices.reversed() where needed[node] {
      for operand in nodes[node].operands { needed[operand] = true }
    }
    return needed
  }

  /// Which nodes rest on a series in a year after the last that is drawn of it, by the series' index.
  func undrawn(after last: [Int: Int]) -> [Bool] {
    var undrawn = [Bool](repeating: false, count: nodes.count)
    for (node, instruction) in nodes.enumerated() {
      let end = instruction.operation == .series ? last[Int(instruction.payload)] : nil
      undrawn[node] =
        end.map { instruction.number > Double($0) } ?? instruction.operands.contains { undrawn[$0] }
    }
    return undrawn
  }

  /// The nodes that some rest on, themselves among them, each after its operands and as late as its first user allows.
  ///
  /// The order depends on nothing else that the graph holds, and few columns are in use at a time.
  func ordered(for outputs: [Int]) -> [Int] {
    var order: [Int] = []
    var isPlaced = [Bool](repeating: false, count: nodes.count)
    // A node with the number of its operands that were visited; graphs are too deep to recurse.
    var open: [(node: Int, operands: [Int], next: Int)] = []
    for output in outputs where !isPlaced[output] {
      open.append((output, nodes[output].operands, 0))
      while let last = open.indices.last {
        guard open[last].next < open[last].operands.count else {
          let node = open.removeLast().node
          isPlaced[node] = true
          order.append(node)
          continue
        }
        let operand = open[last].operands[open[last].next]
        open[last].next += 1
        if !isPlaced[operand] { open.append((operand, nodes[operand].operands, 0)) }
      }
    }
    return order
  }

  mutating func constant(_ value: Double) -> Int { add(Instruction(operation: .constant, number: value)) }

  /// The number that a node is on every draw.
  func number(_ node: Int) -> Double? {
    nodes[node].operation == .constant ? nodes[node].number : nil
  }

  mutating func uniform(_ stream: UniformStream) -> Int {
    let index = streamIndex[stream] ?? streams.count
    if index == streams.count {
      streams.append(stream)
      streamIndex[stream] = index
    }
    return add(Instruction(operation: .uniform, payload: Int32(index)))
  }

  mutating func binary(_ operation: Instruction.Binary, _ a: Int, _ b: Int) -> Int {
    switch (number(a), number(b)) {
    case (.some(let x), .some(let y)): return constant(operation(x, y))
    case (nil, .some(let y)):
      switch (operation, y) {
      case (.add, 0), (.subtract, 0), (.multiply, 1), (.divide, 1): return a
      default: return add(Instruction(operation: .withNumber(operation), a: Int32(a), number: y))
      }
    case (.some(let x), nil):
      switch operation {
      case .add, .multiply, .minimum, .maximum, .equal, .notEqual:
        if operation == .add, x == 0 { return b }
        if operation == .multiply, x == 1 { return b }
        return add(Instruction(operation: .withNumber(operation), a: Int32(b), number: x))
      default: return add(Instruction(operation: .numberWith(operation), a: Int32(b), number: x))
      }
    default: return add(Instruction(operation: .binary(operation), a: Int32(a), b: Int32(b)))
    }
  }

  mutating func unary(_ operation: Instruction.Operation, _ a: Int, number: Double = 0) -> Int {
    add(Instruction(operation: operation, a: Int32(a), number: number))
  }

  /// Whether a node is ±∞.
  mutating func infinite(_ a: Int) -> Int {
    binary(.equal, unary(.absolute, a), constant(.infinity))
  }

  mutating func select(_ condition: Int, _ a: Int, _ b: Int) -> Int {
    if let fixed = number(condition) { return fixed != 0 ? a : b }
    if a == b { return a }
    return add(Instruction(operation: .select, a: Int32(a), b: Int32(b), c: Int32(condition)))
  }

  mutating func between(_ a: Int, _ b: Int, _ weight: Double) -> Int {
    if weight == 0 || a == b { return a }
    if weight == 1 { return b }
    if let x = number(a), let y = number(b) { return constant(x + weight * (y - x)) }
    return add(Instruction(operation: .between, a: Int32(a), b: Int32(b), number: weight))
  }

  mutating func power(_ a: Int, _ b: Int) -> Int {
    if number(b) == 1 { return a }
    if number(b) == 0 { return constant(1) }
    return add(Instruction(operation: .power, a: Int32(a), b: Int32(b)))
  }

  /// A draw from a law by its uniform and normal score.
  mutating func draw(_ law: Law, uniform: Int, score: Int) -> Int {
    switch law {
    case .constant(let value): return constant(value)
    case .never: return constant(.infinity)
    default:
      let reads = law.readsScore
      return add(
        Instruction(
          operation: .law, a: reads ? -1 : Int32(uniform), b: reads ? Int32(score) : -1,
          payload: index(of: law)))
    }
  }

  /// A draw from the law of the branch.
  mutating func draw(_ perBranch: [Law], uniform: Int, score: Int, branch: Int) -> Int {
    guard let first = perBranch.first, perBranch.contains(where: { $0 != first }) else {
      return draw(perBranch.first ?? .never, uniform: uniform, score: score)
    }
    let indices = perBranch.map { Int(index(of: $0)) }
    let table = branchLawIndex[indices] ?? branchLaws.count
    if table == branchLaws.count {
      branchLaws.append(indices)
      branchLawIndex[indices] = table
    }
    let needsUniform = perBranch.contains { $0.readsUniform }
    let needsScore = perBranch.contains { $0.readsScore }
    return add(
      Instruction(
        operation: .branchLaw, a: needsUniform ? Int32(uniform) : -1, b: needsScore ? Int32(score) : -1,
        c: Int32(branch), payload: Int32(table)))
  }

  /// The integral or value of a ramp, `since` years after its start.
  mutating func ramp(
    _ operation: Instruction.Operation, _ table: RampTable, since: Int, bound: Int?
  ) -> Int {
    let index = rampIndex[table] ?? ramps.count
    if index == ramps.count {
      ramps.append(table)
      rampIndex[table] = index
    }
    return add(
      Instruction(
        operation: operation, a: Int32(since), b: bound.map(Int32.init) ?? -1, payload: Int32(index)))
  }

  /// How many thresholds are at most a uniform.
  mutating func count(_ levels: [Double], uniform: Int) -> Int {
    let index = thresholds.firstIndex(of: levels) ?? thresholds.count
    if index == thresholds.count { thresholds.append(levels) }
    return add(Instruction(operation: .count, a: Int32(uniform), payload: Int32(index)))
  }

  private mutating func index(of law: Law) -> Int32 {
    if let index = lawIndex[law] { return Int32(index) }
    laws.append(law)
    lawIndex[law] = laws.count - 1
    return Int32(laws.count - 1)
  }
}

extension Graph {
  /// Whether the result of an operation cannot be negative, whatever is drawn, given what is known of its operands.
  func isNonNegative(_ instruction: Instruction) -> Bool {
    func known(_ operand: Int32) -> Bool { operand >= 0 && nonNegative[Int(operand)] }
    let (a, b, c) = (instruction.a, instruction.b, instruction.c)
    let isPositive = instruction.number >= 0
    return switch instruction.operation {
    case .constant: isPositive
    case .law: laws[Int(instruction.payload)].isNonNegative
    case .branchLaw: branchLaws[Int(instruction.payload)].allSatisfy { laws[$0].isNonNegative }
    case .binary(let operation): Graph.isNonNegative(operation, known(a), known(b))
    case .withNumber(let operation):
      operation == .subtract
        ? known(a) && instruction.number <= 0 : Graph.isNonNegative(operation, known(a), isPositive)
    case .numberWith(let operation): Graph.isNonNegative(operation, isPositive, known(a))
    case .select: known(a) && known(b)
    case .between: known(a) && known(b) && (0...1).contains(instruction.number)
    case .interrupt: known(a) && known(c)
    case .power: known(a)
    case .uniform, .branch, .normalCDF, .studentCDF, .absolute, .root, .exponential, .waitingTime, .rampHalf,
      .count:
      true
    // Integrals of shares that are not negative; of a schedule's quantities, under a capacity.
    case .rampIntegral: true
    case .shapeIntegral, .shapeValue: b < 0 || known(b)
    case .normalScore, .studentQuantile, .logarithm, .sine, .cosine, .series: false
    }
  }

  private static func isNonNegative(_ operation: Instruction.Binary, _ a: Bool, _ b: Bool) -> Bool {
    switch operation {
    case .add, .multiply, .divide, .minimum: a && b
    case .maximum: a || b
    case .subtract: false
    case .less, .lessOrEqual, .equal, .notEqual: true
    }
  }
}

extension Graph {
  /// Whether a number or draw, possibly clamped, is never above 1.
  func isAtMostOne(_ node: Int) -> Bool {
    let instruction = nodes[node]
    return switch instruction.operation {
    case .constant: instruction.number <= 1
    case .law: laws[Int(instruction.payload)].isAtMostOne
    case .branchLaw: branchLaws[Int(instruction.payload)].allSatisfy { laws[$0].isAtMostOne }
    case .withNumber(.minimum): instruction.number <= 1
    case .withNumber(.maximum): instruction.number <= 1 && isAtMostOne(Int(instruction.a))
    case .between:
      (0...1).contains(instruction.number) && isAtMostOne(Int(instruction.a))
        && isAtMostOne(Int(instruction.b))
    default: false
    }
  }
}
