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
