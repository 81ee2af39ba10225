/// The operations that some nodes need, in order, with the columns that hold their results.
struct Plan: Sendable {
  struct Step: Sendable {
    var instruction: Instruction
    /// The columns of the operands and of the result.
    var a: Int
    var b: Int
    var c: Int
    var out: Int
  }

  private(set) var steps: [Step] = []
  /// The number of columns.
  private(set) var columns = 0
  /// The column of each node asked for, valid after the last step.
  private(set) var column: [Int: Int] = [:]
  /// The streams in use.
  private(set) var streams: Set<Int> = []
  /// The series in use, with the years asked of them.
  private(set) var series: [Int: Set<Int>] = [:]

  /// The plan that computes the nodes.
  init(_ graph: Graph, outputs: [Int]) {
    let nodes = graph.nodes
    let needed = graph.needed(for: outputs)
    var lastUse = [Int](repeating: -1, count: nodes.count)
    for node in nodes.indices where needed[node] {
      for operand in nodes[node].operands { lastUse[operand] = node }
    }
    for node in outputs { lastUse[node] = nodes.count }
    var place = [Int](repeating: -1, count: nodes.count)
    var free: [Int] = []
    for node in nodes.indices where needed[node] {
      let instruction = nodes[node]
      switch instruction.operation {
      case .uniform: streams.insert(Int(instruction.payload))
      case .series: series[Int(instruction.payload), default: []].insert(Int(instruction.number))
      default: break
      }
      func at(_ operand: Int32) -> Int { operand >= 0 ? place[Int(operand)] : 0 }
      let (a, b, c) = (at(instruction.a), at(instruction.b), at(instruction.c))
      // A result may not overwrite an operand: some kernels read after they write.
      let out = free.popLast() ?? columns
      if out == columns { columns += 1 }
      place[node] = out
      steps.append(Step(instruction: instruction, a: a, b: b, c: c, out: out))
      for operand in Set(instruction.operands) where lastUse[operand] == node { free.append(place[operand]) }
    }
    for node in outputs { column[node] = place[node] }
  }
}
