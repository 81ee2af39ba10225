/// The functions that expressions call.
enum Function: String, CaseIterable {
  case max, min, mean, total, abs, clamp
  case choice = "if"
  case convert, exp, log, sqrt, sin, cos

  /// How many values it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .max, .min: 1...64
    case .mean, .total, .abs, .exp, .log, .sqrt, .sin, .cos: 1...1
    case .clamp, .choice: 3...3
    case .convert: 2...3
    }
  }

  /// How many values it takes, in words.
  fileprivate var takes: String {
    switch (arity.lowerBound, arity.upperBound) {
    case (1, 1): "1 value"
    case (let count, let last) where count == last: "\(count) values"
    case (let least, let most): "\(least) to \(most) values"
    }
  }
}

extension Compiler {
  /// The value of a call.
  mutating func call(
    _ name: String, _ arguments: [Expression], _ place: FilePlace, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    guard let function = Function(rawValue: name) else {
      throw problem(
        "unknown function \"\(name)\"" + suggestion(for: name, among: Function.allCases.map(\.rawValue)),
        place)
    }
    guard function.arity.contains(arguments.count) else {
      throw problem("\(name) takes \(function.takes), not \(arguments.count)", place)
    }
    switch function {
    case .max, .min:
      let kernel: Instruction.Binary = function == .max ? .maximum : .minimum
      if arguments.count == 1 {
        let range = try years(arguments[0], name, place, source)
        return reduce(range, kernel)
      }
      var result = try lower(arguments[0], source)
      for argument in arguments.dropFirst() {
        let next = try lower(argument, source)
        guard result.kind != .condition, next.kind != .condition else {
          throw problem("\(name) takes numbers, not conditions", place)
        }
        let unit = try common(result, next, "compared", place)
        let kind: Value.Kind = result.kind == .literal && next.kind == .literal ? .literal : .quantity
        result = elementwise(result, next, kind: kind, unit: unit) { $0.binary(kernel, $1, $2) }
      }
      return result
    case .mean, .total:
      let range = try years(arguments[0], name, place, source)
      var sum = reduce(range, .add)
      if function == .mean {
        sum.nodes = [graph.binary(.divide, sum.nodes[0], graph.constant(Double(range.nodes.count)))]
        return sum
      }
      guard !sum.unit.isDate else { throw problem("dates cannot be totaled", place) }
      // Yearly means over whole years integrate to the mean times one year.
      sum.unit = sum.unit * .year
      return sum
    case .clamp:
      let value = try lower(arguments[0], source)
      let low = try lower(arguments[1], source)
      let high = try lower(arguments[2], source)
      let unit = try common(value, low, "compared", place)
      let kept = elementwise(value, low, kind: .quantity, unit: unit) { $0.binary(.maximum, $1, $2) }
      _ = try common(kept, high, "compared", place)
      return elementwise(kept, high, kind: .quantity, unit: unit) { $0.binary(.minimum, $1, $2) }
    case .choice: return try choice(arguments, place, source)
    case .convert: return try conversion(arguments, place, source)
    case .abs: return try elementary(.absolute, function, arguments[0], place, source)
    case .exp: return try elementary(.exponential, function, arguments[0], place, source)
    case .log: return try elementary(.logarithm, function, arguments[0], place, source)
    case .sqrt: return try elementary(.root, function, arguments[0], place, source)
    case .sin: return try elementary(.sine, function, arguments[0], place, source)
    case .cos: return try elementary(.cosine, function, arguments[0], place, source)
    }
  }

  private mutating func elementary(
    _ operation: Instruction.Operation, _ function: Function, _ argument: Expression, _ place: FilePlace,
    _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    var value = try lower(argument, source)
    guard value.kind != .condition, !value.unit.isDate, function == .abs || value.unit.isDimensionless else {
      throw problem("\(function.rawValue) takes a pure number, not \(value.described)", place)
    }
    value.nodes = value.nodes.map { graph.unary(operation, $0) }
    return value
  }

  private mutating func choice(
    _ arguments: [Expression], _ place: FilePlace, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    let condition = try lower(arguments[0], source)
    guard condition.kind == .condition else {
      throw problem("the first argument of if must be a condition, not \(condition.described)", place)
    }
    let a = try lower(arguments[1], source)
    let b = try lower(arguments[2], source)
    guard (a.kind == .condition) == (b.kind == .condition) else {
      throw problem("the outcomes of if must both be numbers or both be conditions", place)
    }
    let unit = try common(a, b, "alternatives", place)
    let count = max(condition.nodes.count, a.nodes.count, b.nodes.count)
    var nodes: [Int] = []
    for i in 0..<count {
      func pick(_ value: Value) -> Int { value.nodes[value.nodes.count > 1 ? i : 0] }
      nodes.append(graph.select(pick(condition), pick(a), pick(b)))
    }
    let kind: Value.Kind =
      a.kind == .condition ? .condition : a.kind == .literal && b.kind == .literal ? .literal : .quantity
    return Value(
      kind: kind, unit: unit, nodes: nodes, isYearly: condition.isYearly || a.isYearly || b.isYearly)
  }

  private mutating func conversion(
    _ arguments: [Expression], _ place: FilePlace, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    var value = try lower(arguments[0], source)
    guard case .text(let text) = arguments[1], let unit = Unit(text) else {
      var what = "the second argument of convert must be a unit in quotes"
      if case .text(let text) = arguments[1] { what = "'\(text)' is not a known unit" }
      throw problem(what, place)
    }
    guard value.kind == .quantity else {
      throw problem("convert takes a value with a unit, not \(value.described)", place)
    }
    var factor = value.unit.scale / unit.scale
    if arguments.count == 3 {
      factor = try fuelFactor(arguments[2], from: value.unit, to: unit, place)
    } else if !value.unit.hasDimension(of: unit) {
      let names = FuelContent.allCases.filter { $0.factor(from: value.unit, to: unit) != nil }.map(\.rawValue)
      let way = names.map { "convert(…, '\(unit)', '\($0)')" }.joined(separator: " or ")
      throw problem(
        "a value in \(value.unit) cannot be converted to \(unit)"
          + (names.isEmpty ? "" : " without the content of the fuel; write \(way)"), place)
    }
    // 1000 and 1e-3 are one conversion: multiply or divide by the number that is exact.
    let divides = factor < 1
    let number = divides ? (arguments.count == 3 ? 1 / factor : unit.scale / value.unit.scale) : factor
    value.nodes = value.nodes.map {
      graph.binary(divides ? .divide : .multiply, $0, graph.constant(number))
    }
    value.unit = unit
    return value
  }

  /// The factor of a conversion by the content of a fuel.
  private func fuelFactor(
    _ argument: Expression, from unit: Unit, to target: Unit, _ place: FilePlace
  ) throws(CompileFailure) -> Double {
    let names = FuelContent.allCases.map(\.rawValue)
    guard case .text(let text) = argument, let content = FuelContent(rawValue: text) else {
      var near = ""
      if case .text(let text) = argument { near = suggestion(for: text, among: names) }
      throw problem(
        "the third argument of convert must be one of \(listed(names.map { "'\($0)'" }, "or"))" + near, place)
    }
    guard let factor = content.factor(from: unit, to: target) else {
      throw problem("'\(content.rawValue)' does not turn a value in \(unit) into \(target)", place)
    }
    return factor
  }

  /// The nodes of the years of a range.
  private mutating func years(
    _ expression: Expression, _ function: String, _ place: FilePlace, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    guard case .range(let inner, let from, let to, let offset) = expression else {
      throw problem(
        "\(function) of one value needs a range of years, such as \(function)(x[2026..2035])", place)
    }
    let value = try lower(inner, source)
    guard value.isYearly, value.kind != .condition else {
      throw problem("\(value.described) does not have yearly values", source.place(at: offset))
    }
    let first = try index(of: from ?? file.horizon.from, source.place(at: offset))
    let last = try index(of: to ?? file.horizon.to, source.place(at: offset))
    guard first <= last else {
      throw problem("the range ends before it begins", source.place(at: offset))
    }
    return Value(
      kind: value.kind, unit: value.unit, nodes: Array(value.nodes[first...last]), isYearly: true)
  }

  private mutating func reduce(_ range: Value, _ kernel: Instruction.Binary) -> Value {
    var node = range.nodes[0]
    for next in range.nodes.dropFirst() { node = graph.binary(kernel, node, next) }
    return Value(kind: range.kind, unit: range.unit, nodes: [node], isYearly: false)
  }
}
