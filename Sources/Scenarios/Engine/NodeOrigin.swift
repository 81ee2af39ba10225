/// The expression, or the part of the file, that a node was written for.
struct NodeOrigin: Hashable {
  let text: String
  let place: FilePlace
}

extension Compiler {
  /// Where a value that is no number, or is infinite, comes from on one draw: the first node on the way back whose operands are
  /// sound, by its expression.
  ///
  /// - Parameters:
  ///   - node: a node that is not sound.
  ///   - values: the values of the nodes that it rests on.
  ///   - isSound: whether a value is.
  func origin(of node: Int, _ values: [Int: Double], isSound: (Double) -> Bool) -> NodeOrigin? {
    var node = node
    while true {
      let instruction = graph.nodes[node]
      var operands = instruction.operands
      if instruction.operation == .select, let condition = values[Int(instruction.c)] {
        // What was not chosen does not matter.
        operands = [Int(condition != 0 ? instruction.a : instruction.b)]
      }
      guard let next = operands.first(where: { values[$0].map { !isSound($0) } ?? false }) else {
        return origins[node]
      }
      node = next
    }
  }
}
