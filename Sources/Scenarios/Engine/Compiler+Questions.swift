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
  /// Draws on which the quantity is no number.
  var invalid: Int
  /// Draws on which the quantity is infinite; `nil` of a date and a condition.
  var infinite: Int?
  /// Draws that count; all where `nil`.
  var weight: Int?
  var mean: Int?
  var probability: Int?
  var exceed: [Int] = []
  var never: Int?
  var beyond: Int?
  var column: Int?
  var conditionColumn: Int?
}

extension Compiler {
  /// The sums and columns that answer a question.
  mutating func compile(
    _ question: Question, _ outputs: inout OutputList
  ) throws(CompileFailure) -> CompiledQuestion {
    let subject = "questions.\(question.name)"
    var set: [String: Double] = [:]
    for intervention in question.interventions { set[intervention.name] = intervention.value }
    interventions = set
    defer { interventions = [:] }
    let value = try lower(question.subject)
    guard !value.isYearly else {
      throw problem(
        "\(subject) asks about a value of every year; ask about one year, such as \(question.subject.text)[\(file.horizon.to)]",
        question.subject.place)
    }
    guard (value.kind == .condition) == question.probability else {
      throw problem(
        question.probability
          ? "\(subject).probability is \(value.described), not a condition"
          : "\(subject).of is a condition; ask its probability", question.subject.place)
    }
    if let place = question.neverPlace, !value.unit.isDate {
      throw problem("\(subject).never is of a date, and \(question.subject.text) is none", place)
    }
    var condition: Int?
    if let given = question.given {
      let lowered = try lower(given)
      guard lowered.kind == .condition else {
        throw problem("\(subject).given is \(lowered.described), not a condition", given.place)
      }
      guard !lowered.isYearly else {
        throw problem("\(subject).given is a condition of every year; name one year", given.place)
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
    return result
  }
}
