internal import Forecasting

/// A value that is set to the bound of its range if it lies outside.
struct Clamp {
  /// What it is, such as `assets.line.utilisation`.
  let subject: String
  /// The bound passed, in words.
  let bound: String
  /// The value kept in its range.
  let node: Int
  /// Whether it had to be, 1 or 0.
  let acted: Int
}

extension Compiler {
  /// A value with negative numbers set to 0; unchanged if it cannot be negative.
  mutating func atLeastZero(_ node: Int, _ subject: String) -> Int {
    guard !graph.nonNegative[node] else { return node }
    let kept = graph.binary(.maximum, node, graph.constant(0))
    clamps.append(
      Clamp(
        subject: subject, bound: "below 0 and counts as 0", node: kept,
        acted: graph.binary(.less, node, graph.constant(0))))
    return kept
  }

  /// A yearly value that is kept between 0 and 1.
  mutating func share(_ value: Value, _ subject: String) -> Value {
    var copy = atLeastZero(value, subject)
    var nodes: [Int] = []
    for node in copy.nodes {
      guard !graph.isAtMostOne(node) else {
        nodes.append(node)
        continue
      }
      let kept = graph.binary(.minimum, node, graph.constant(1))
      clamps.append(
        Clamp(
          subject: subject, bound: "above 1 and counts as 1", node: kept,
          acted: graph.binary(.less, graph.constant(1), node)))
      nodes.append(kept)
    }
    if nodes != copy.nodes { copy.nodes = nodes }
    return copy
  }

  /// A yearly value with negative numbers set to 0.
  mutating func atLeastZero(_ value: Value, _ subject: String) -> Value {
    var copy = value
    var nodes: [Int] = []
    for node in value.nodes { nodes.append(atLeastZero(node, subject)) }
    if nodes != value.nodes { copy.nodes = nodes }
    return copy
  }
}

/// The draws on which a value was clamped in some year, as a sum of a program.
struct ClampCount {
  let text: String
  let output: Int
}

extension Compiler {
  /// The counts of clamped values among those that the outputs depend on.
  mutating func clampCounts(_ outputs: inout OutputList) -> [ClampCount] {
    let needed = graph.needed(
      for: outputs.kept + outputs.sums.flatMap { [$0.node] + ($0.condition.map { [$0] } ?? []) })
    var order: [String] = []
    var acted: [String: Int] = [:]
    for clamp in clamps where needed[clamp.node] {
      let text = "\(clamp.subject) is \(clamp.bound)"
      if acted[text] == nil { order.append(text) }
      acted[text] = acted[text].map { graph.binary(.maximum, $0, clamp.acted) } ?? clamp.acted
    }
    return order.compactMap { text in
      acted[text].map { ClampCount(text: text, output: outputs.sum($0, where: nil)) }
    }
  }
}

extension Estimation {
  /// The values that were clamped, and on which share of the paths.
  func notes(_ counts: [ClampCount]) -> [String] {
    counts.compactMap { count in
      let share = total(count.output) / Double(paths)
      return share > 0 ? "\(count.text) on \(NumberText.significant(100 * share, 2)) % of paths" : nil
    }
  }
}
