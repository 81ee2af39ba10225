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

  /// The node of a value in a step: of its month where it has months.
  func node(of value: Value, in step: FlowStep) -> Int {
    value.months.isEmpty ? value.nodes[value.isYearly ? step.year : 0] : value.months[step.index]
  }

  /// The value with a node in each step; a year's is the mean of its months, or the first under `instant`.
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
