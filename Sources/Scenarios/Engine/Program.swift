internal import ForesightNumerics

/// A scenario's questions compiled: a plan, the laws' tables, and what is summed or kept of each block.
struct Program: Sendable {
  /// A column that is summed, over the draws where the condition holds.
  struct Sum: Sendable {
    let node: Int
    let condition: Int?
  }

  /// The branches that share a law.
  struct BranchGroup: Sendable {
    let law: Int
    let mask: UInt64
  }

  let plan: Plan
  let streams: [UniformStream]
  let laws: [Law]
  let ramps: [RampTable]
  let thresholds: [[Double]]
  let tables: [Int: ScoreTable]
  /// The quantile functions in use of laws that have no table.
  let quantiles: [Int: @Sendable (Double) -> Double]
  /// The t distributions in use, by degrees of freedom.
  let students: [Double: StudentT]
  let cumulative: [Double]
  let branchGroups: [[BranchGroup]]
  let sums: [Sum]
  /// The columns that are kept whole, for quantiles.
  let kept: [Int]

  /// The program that computes sums and kept columns.
  init(_ graph: Graph, branches: [Branch], sums: [Sum], kept: [Int]) {
    let outputs = sums.flatMap { [$0.node] + ($0.condition.map { [$0] } ?? []) } + kept
    plan = Plan(graph, outputs: outputs)
    streams = graph.streams
    laws = graph.laws
    ramps = graph.ramps
    thresholds = graph.thresholds
    var tables: [Int: ScoreTable] = [:]
    var quantiles: [Int: @Sendable (Double) -> Double] = [:]
    var used: Set<Int> = []
    var students: [Double: StudentT] = [:]
    for step in plan.steps {
      switch step.instruction.operation {
      case .law: used.insert(Int(step.instruction.payload))
      case .branchLaw: used.formUnion(graph.branchLaws[Int(step.instruction.payload)])
      case .studentQuantile, .studentCDF:
        // The reader takes positive degrees of freedom alone.
        let degrees = step.instruction.number
        students[degrees] = try? StudentT(degreesOfFreedom: degrees)
      default: break
      }
    }
    for index in used.sorted() {
      switch graph.laws[index] {
      case .pert(let low, let mode, let high):
        tables[index] = ScoreTable(pertLow: low, mode: mode, high: high)
      case .beta(let alpha, let beta, let low, let high):
        tables[index] = ScoreTable(alpha: alpha, beta: beta, low: low, high: high)
      default: quantiles[index] = graph.laws[index].quantileFunction()
      }
    }
    self.tables = tables
    self.quantiles = quantiles
    self.students = students
    var cumulative: [Double] = []
    var sum = 0.0
    for branch in branches {
      sum += branch.weight
      cumulative.append(sum)
    }
    self.cumulative = cumulative
    branchGroups = graph.branchLaws.map { perBranch in
      var groups: [BranchGroup] = []
      for law in Set(perBranch).sorted() {
        var mask: UInt64 = 0
        for (branch, index) in perBranch.enumerated() where index == law { mask |= 1 << UInt64(branch) }
        groups.append(BranchGroup(law: law, mask: mask))
      }
      return groups
    }
    self.sums = sums
    self.kept = kept
  }

  /// The sources of uniforms of a replicate, `nil` for streams that are not used.
  func sources(_ settings: RunSettings, replicate: Int) throws(NumericsError) -> [UniformSource?] {
    var sources: [UniformSource?] = []
    for (index, stream) in streams.enumerated() {
      guard plan.streams.contains(index) else {
        sources.append(nil)
        continue
      }
      sources.append(
        try UniformSource(stream.name, dimension: stream.dimension, settings, replicate: replicate))
    }
    return sources
  }
}

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
    let order = graph.ordered(for: outputs)
    var lastUse = [Int](repeating: -1, count: nodes.count)
    for (position, node) in order.enumerated() {
      for operand in nodes[node].operands { lastUse[operand] = position }
    }
    for node in outputs { lastUse[node] = order.count }
    var place = [Int](repeating: -1, count: nodes.count)
    var free: [Int] = []
    for (position, node) in order.enumerated() {
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
      for operand in Set(instruction.operands) where lastUse[operand] == position {
        free.append(place[operand])
      }
    }
    for node in outputs { column[node] = place[node] }
  }
}
