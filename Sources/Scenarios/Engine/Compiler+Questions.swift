/// The columns that questions sum or keep, each once.
struct OutputList {
  private(set) var sums: [Program.Sum] = []
  private(set) var kept: [Int] = []

  mutating func sum(_ node: Int, where condition: Int?) -> Int {
    if let index = sums.firstIndex(where: { $0.node == node && $0.condition == condition }) { return index }
    sums.append(Program.Sum(node: node, condition: condition))
    return sums.count - 1
  }

  mutating func keep(_ node: Int) -> Int {
    if let index = kept.firstIndex(of: node) { return index }
    kept.append(node)
    return kept.count - 1
  }
}

/// A question as sums and kept columns of a program.
struct CompiledQuestion {
  var question: Question
  var unit: Unit
  /// Draws on which the quantity is not a number.
  var invalid: Int
  /// Draws on which the quantity is infinite; `nil` of a date and a condition.
  var infinite: Int?
  /// Draws that count; all if `nil`.
  var weight: Int?
  var mean: Int?
  var probability: Int?
  var exceed: [Int] = []
  var never: Int?
  var beyond: Int?
  var column: Int?
  var conditionColumn: Int?
  /// The column of the draws that a run keeps so that they can be recorded.
  var drawn: Int?
}

extension Compiler {
  /// The sums and columns that answer a question, and the column of its draws where they are kept for a record.
  mutating func compile(
    _ question: Question, _ outputs: inout OutputList, keepsDraws: Bool = false
  ) throws(CompileFailure) -> CompiledQuestion {
    let subject = "questions.\(question.name)"
    var set: [String: Double] = [:]
    for intervention in question.interventions { set[intervention.name] = intervention.value }
    interventions = set
    defer { interventions = [:] }
    let value = try lower(question.subject)
    guard !value.isYearly else {
      throw problem(
        "\(subject) asks about a quantity that has a value every year; ask about one year, such as \(question.subject.text)[\(file.horizon.to)]",
        question.subject.place)
    }
    guard (value.kind == .condition) == question.probability else {
      throw problem(
        question.probability
          ? "\(subject).probability is \(value.described), not a condition"
          : "\(subject).of is a condition; ask for its probability", question.subject.place)
    }
    if let place = question.neverPlace, !value.unit.isDate {
      throw problem("\(subject).never applies to dates, but \(question.subject.text) is not a date", place)
    }
    var condition: Int?
    if let given = question.given {
      let lowered = try lower(given)
      guard lowered.kind == .condition else {
        throw problem("\(subject).given is \(lowered.described), not a condition", given.place)
      }
      guard !lowered.isYearly else {
        throw problem("\(subject).given is a condition on every year; name one year", given.place)
      }
      condition = lowered.nodes[0]
    }
    let node = value.nodes[0]
    let invalid = graph.binary(.notEqual, node, node)
    var result = CompiledQuestion(
      question: question, unit: value.unit, invalid: outputs.sum(invalid, where: condition))
    if let condition { result.weight = outputs.sum(condition, where: nil) }
    if question.probability {
      result.probability = outputs.sum(node, where: condition)
      return result
    }
    if !value.unit.isDate { result.infinite = outputs.sum(graph.infinite(node), where: condition) }
    if question.mean { result.mean = outputs.sum(node, where: condition) }
    for level in question.exceed {
      let reached = graph.binary(.lessOrEqual, graph.constant(level), node)
      result.exceed.append(outputs.sum(reached, where: condition))
    }
    if value.unit.isDate {
      let never = graph.binary(.equal, node, graph.constant(.infinity))
      result.never = outputs.sum(never, where: condition)
      let beyond = graph.binary(.lessOrEqual, graph.constant(Double(file.horizon.to + 1)), node)
      result.beyond = outputs.sum(beyond, where: condition)
    }
    if !question.quantiles.isEmpty {
      result.column = outputs.keep(node)
      if let condition { result.conditionColumn = outputs.keep(condition) }
    }
    // A condition or an intervention speaks of another world, which no outcome settles.
    if keepsDraws, condition == nil, set.isEmpty { result.drawn = outputs.keep(node) }
    // How much of the mean one path carries says whether its error can be known.
    if keepsDraws, question.mean {
      result.column = outputs.keep(node)
      if let condition { result.conditionColumn = outputs.keep(condition) }
    }
    return result
  }
}

extension Compiler {
  /// The sum of the parts of a total, from left to right.
  mutating func value(of sum: Coherence.Sum) throws(CompileFailure) -> Value {
    let subject = sum.subject
    var total: Value?
    for (part, place) in zip(sum.parts, sum.partPlaces) {
      let value = try self.value(of: part, at: place)
      guard value.isYearly, value.kind == .quantity, !value.unit.isDate else {
        throw problem("\(subject): \(part) is \(value.described), not a yearly quantity", place)
      }
      guard let last = total else {
        total = value
        continue
      }
      guard last.unit.matches(value.unit) else {
        throw problem("\(subject): \(part) is in \(value.unit), not in \(last.unit)", place)
      }
      total?.nodes = zip(last.nodes, value.nodes).map { graph.binary(.add, $0, $1) }
    }
    guard let total else { throw problem("\(subject) has no parts", sum.place) }
    return total
  }

  /// The draws on which a total that is not fitted differs from the sum of its parts, by year; `nil` for a fitted total, which is that sum by construction.
  mutating func gaps(_ sum: Coherence.Sum, tolerance: Double) throws(CompileFailure) -> [Int]? {
    let parts = try value(of: sum)
    let total = try value(of: sum.total, at: sum.place)
    guard total.isYearly, total.unit.matches(parts.unit) else {
      throw problem(
        "coherence.tree.\(sum.total) is \(total.isYearly ? "in \(total.unit)" : "not a yearly quantity"), but its parts are in "
          + "\(parts.unit)", sum.place)
    }
    guard file.fittedSum(of: sum.total) == nil else { return nil }
    return zip(total.nodes, parts.nodes).map { total, parts in
      let gap = graph.unary(.absolute, graph.binary(.subtract, total, parts))
      let size = graph.binary(.maximum, graph.unary(.absolute, total), graph.constant(1))
      let bound = graph.binary(.multiply, size, graph.constant(tolerance))
      // A value that is not a number does not add up either.
      return graph.binary(.equal, graph.binary(.lessOrEqual, gap, bound), graph.constant(0))
    }
  }
}

/// The draws on which a total differs from the sum of its parts in a year, as a sum of a program.
struct CoherenceGap {
  let sum: Coherence.Sum
  let year: Int
  let output: Int
}

extension Compiler {
  /// The gaps of all totals that are not fitted, in every year.
  mutating func coherenceGaps(_ outputs: inout OutputList) throws(CompileFailure) -> [CoherenceGap] {
    guard let coherence = file.coherence else { return [] }
    var all: [CoherenceGap] = []
    for sum in coherence.sums {
      guard let gaps = try gaps(sum, tolerance: coherence.tolerance) else { continue }
      for (year, node) in zip(file.horizon.years, gaps) where graph.number(node) != 0 {
        all.append(CoherenceGap(sum: sum, year: year, output: outputs.sum(node, where: nil)))
      }
    }
    return all
  }
}
