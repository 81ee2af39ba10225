extension Compiler {
  /// The value of an expression.
  mutating func lower(_ sourced: SourcedExpression) throws(CompileFailure) -> Value {
    let first = graph.nodes.count
    let value = try lower(sourced.expression, sourced)
    note(NodeOrigin(text: sourced.text, place: sourced.place), from: first)
    return value
  }

  mutating func lower(
    _ expression: Expression, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    switch expression {
    case .number(let number): return literal(number)
    case .never: return literal(.infinity)
    case .text(let text):
      throw problem("'\(text)' is a text, which only convert takes", source.place)
    case .name(let name, let offset):
      if name == "branch" {
        throw problem("branch is compared with a name: branch == \(branchExample)", source.place(at: offset))
      }
      return try value(of: name, at: source.place(at: offset))
    case .negative(let inner):
      var value = try lower(inner, source)
      guard value.kind != .condition, !value.unit.isDate else {
        throw problem("\(value.described) has no negative", source.place)
      }
      value.nodes = value.nodes.map { graph.binary(.subtract, graph.constant(0), $0) }
      return value
    case .not(let inner, let offset):
      var value = try lower(inner, source)
      guard value.kind == .condition else {
        throw problem("not takes a condition, not \(value.described)", source.place(at: offset))
      }
      value.nodes = value.nodes.map { graph.binary(.equal, $0, graph.constant(0)) }
      return value
    case .binary: return try chain(expression, source)
    case .at(let inner, let year, let month, let offset):
      let value = try lower(inner, source)
      guard value.isYearly else {
        throw problem(
          "\(value.described) has no values by year, so [\(year)] means nothing", source.place(at: offset))
      }
      let index = try index(of: year, source.place(at: offset))
      guard let month else {
        return Value(kind: value.kind, unit: value.unit, nodes: [value.nodes[index]], isYearly: false)
      }
      guard !value.months.isEmpty else {
        throw problem(
          file.horizon.step == .month
            ? "only assets, their parts and shared ceilings have values by month"
            : "horizon.step is year, so that there are no values by month", source.place(at: offset))
      }
      return Value(
        kind: value.kind, unit: value.unit, nodes: [value.months[12 * index + month - 1]], isYearly: false)
    case .range(_, _, _, let offset):
      throw problem(
        "a range of years stands inside max, min, mean or total, such as max(x[..2032])",
        source.place(at: offset))
    case .call(let name, let arguments, let offset):
      return try call(name, arguments, source.place(at: offset), source)
    }
  }

  private var branchExample: String { file.branches.first?.name ?? "name" }

  private mutating func literal(_ number: Double) -> Value {
    Value(kind: .literal, unit: .one, nodes: [graph.constant(number)], isYearly: false)
  }

  private func index(of year: Int, _ place: FilePlace) throws(CompileFailure) -> Int {
    guard file.horizon.years.contains(year) else {
      throw problem("\(year) lies outside the horizon \(file.horizon.from)–\(file.horizon.to)", place)
    }
    return year - file.horizon.from
  }

  /// Applies a function of nodes value by value, over the years where either has years.
  private mutating func zip(
    _ a: Value, _ b: Value, kind: Value.Kind, unit: Unit,
    _ apply: (inout Graph, Int, Int) -> Int
  ) -> Value {
    let count = max(a.nodes.count, b.nodes.count)
    var nodes: [Int] = []
    nodes.reserveCapacity(count)
    for i in 0..<count {
      nodes.append(
        apply(&graph, a.nodes[a.nodes.count > 1 ? i : 0], b.nodes[b.nodes.count > 1 ? i : 0]))
    }
    return Value(kind: kind, unit: unit, nodes: nodes, isYearly: a.isYearly || b.isYearly)
  }

  /// A chain such as a + b + c + …, from the left, however long it is.
  private mutating func chain(
    _ expression: Expression, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    var links: [(operation: Expression.Operator, right: Expression, offset: Int)] = []
    var first = expression
    while case .binary(let operation, let left, let right, let offset) = first {
      if operation == .equal || operation == .notEqual,
        let value = try branchComparison(operation, left, right, source)
      {
        guard links.isEmpty else { return try fold(value, links, source) }
        return value
      }
      links.append((operation, right, offset))
      first = left
    }
    return try fold(try lower(first, source), links, source)
  }

  private mutating func fold(
    _ start: Value, _ links: [(operation: Expression.Operator, right: Expression, offset: Int)],
    _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    var value = start
    for link in links.reversed() {
      value = try binary(link.operation, value, try lower(link.right, source), source.place(at: link.offset))
    }
    return value
  }

  private mutating func binary(
    _ operation: Expression.Operator, _ a: Value, _ b: Value, _ place: FilePlace
  ) throws(CompileFailure) -> Value {
    switch operation {
    case .and, .or:
      guard a.kind == .condition, b.kind == .condition else {
        throw problem(
          "\(operation.rawValue) joins conditions, not \(a.described) and \(b.described)", place)
      }
      let kernel: Instruction.Binary = operation == .and ? .multiply : .maximum
      return zip(a, b, kind: .condition, unit: .one) { $0.binary(kernel, $1, $2) }
    default: break
    }
    guard a.kind != .condition, b.kind != .condition else {
      throw problem("\(operation.rawValue) joins numbers, not conditions", place)
    }
    switch operation {
    case .add, .subtract: return try sum(operation == .add, a, b, place)
    case .multiply, .divide:
      guard !a.unit.isDate, !b.unit.isDate else {
        throw problem("a date cannot be multiplied or divided", place)
      }
      let unit = operation == .multiply ? a.unit * b.unit : a.unit / b.unit
      let kind: Value.Kind = a.kind == .literal && b.kind == .literal ? .literal : .quantity
      let kernel: Instruction.Binary = operation == .multiply ? .multiply : .divide
      return zip(a, b, kind: kind, unit: unit) { $0.binary(kernel, $1, $2) }
    case .power: return try power(a, b, place)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      _ = try common(a, b, "compared", place)
      let swapped = operation == .greater || operation == .greaterOrEqual
      let kernel: Instruction.Binary
      switch operation {
      case .equal: kernel = .equal
      case .notEqual: kernel = .notEqual
      case .less, .greater: kernel = .less
      default: kernel = .lessOrEqual
      }
      return zip(swapped ? b : a, swapped ? a : b, kind: .condition, unit: .one) { $0.binary(kernel, $1, $2) }
    case .and, .or: throw .poisoned
    }
  }

  private mutating func branchComparison(
    _ operation: Expression.Operator, _ left: Expression, _ right: Expression, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value? {
    let other: Expression
    switch (left, right) {
    case (.name("branch", _), _): other = right
    case (_, .name("branch", _)): other = left
    default: return nil
    }
    guard case .name(let name, let offset) = other,
      let index = file.branches.firstIndex(where: { $0.name == name })
    else {
      var at = 0
      var what = "branch is compared with the name of a branch"
      if case .name(let name, let offset) = other {
        at = offset
        what = "there is no branch \"\(name)\"" + suggestion(for: name, among: file.branches.map(\.name))
      }
      throw problem(what, source.place(at: at))
    }
    _ = offset
    let node = graph.binary(
      operation == .equal ? .equal : .notEqual, branchNode, graph.constant(Double(index)))
    return Value(kind: .condition, unit: .one, nodes: [node], isYearly: false)
  }

  /// The unit that two values share, a literal taking the other's.
  private func common(
    _ a: Value, _ b: Value, _ verb: String, _ place: FilePlace
  ) throws(CompileFailure) -> Unit {
    if a.kind == .literal { return b.unit }
    if b.kind == .literal { return a.unit }
    guard a.unit.hasDimension(of: b.unit) else {
      throw problem("values in \(a.unit) and \(b.unit) cannot be \(verb)", place)
    }
    guard a.unit.matches(b.unit) else {
      throw problem(
        "\(a.unit) and \(b.unit) differ in scale: bring one to the other by convert(…, '\(a.unit)')", place)
    }
    return a.unit
  }

  private mutating func sum(
    _ adds: Bool, _ a: Value, _ b: Value, _ place: FilePlace
  ) throws(CompileFailure) -> Value {
    let kernel: Instruction.Binary = adds ? .add : .subtract
    let unit: Unit
    if a.unit.isDate, b.unit.isDate {
      guard !adds else { throw problem("two dates cannot be added", place) }
      unit = .year
    } else if a.unit.isDate || b.unit.isDate {
      let date = a.unit.isDate ? a : b
      let length = a.unit.isDate ? b : a
      guard adds || a.unit.isDate else { throw problem("a date cannot be taken from \(a.described)", place) }
      guard length.kind == .literal || length.unit.matches(.year) else {
        throw problem("a date and a value in \(length.unit) cannot be added; a date takes years (yr)", place)
      }
      unit = date.unit
    } else {
      unit = try common(a, b, adds ? "added" : "subtracted", place)
    }
    let kind: Value.Kind = a.kind == .literal && b.kind == .literal ? .literal : .quantity
    return zip(a, b, kind: kind, unit: unit) { $0.binary(kernel, $1, $2) }
  }

  private mutating func power(_ a: Value, _ b: Value, _ place: FilePlace) throws(CompileFailure) -> Value {
    guard b.unit.isDimensionless, !a.unit.isDate else {
      throw problem("an exponent is a pure number, and a date has no powers", place)
    }
    var unit = a.unit
    if !unit.isDimensionless {
      guard b.kind == .literal, let exponent = graph.number(b.nodes[0]), exponent == exponent.rounded(),
        abs(exponent) <= 6
      else { throw problem("a value in \(a.unit) takes only whole numbers up to 6 as exponents", place) }
      unit = unit.raised(to: Int(exponent))
    }
    let kind: Value.Kind = a.kind == .literal && b.kind == .literal ? .literal : .quantity
    return zip(a, b, kind: kind, unit: unit) { $0.power($1, $2) }
  }

  // MARK: Functions

  static let functions = [
    "max", "min", "mean", "total", "abs", "clamp", "if", "convert", "exp", "log", "sqrt", "sin", "cos",
  ]

  private mutating func call(
    _ name: String, _ arguments: [Expression], _ place: FilePlace, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    func arity(_ count: ClosedRange<Int>) throws(CompileFailure) {
      guard count.contains(arguments.count) else {
        let needed =
          count.lowerBound == count.upperBound ? "\(count.lowerBound)" : "at least \(count.lowerBound)"
        throw problem("\(name) takes \(needed) values, not \(arguments.count)", place)
      }
    }
    switch name {
    case "max", "min":
      try arity(1...64)
      let kernel: Instruction.Binary = name == "max" ? .maximum : .minimum
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
        result = zip(result, next, kind: kind, unit: unit) { $0.binary(kernel, $1, $2) }
      }
      return result
    case "mean", "total":
      try arity(1...1)
      let range = try years(arguments[0], name, place, source)
      var sum = reduce(range, .add)
      if name == "mean" {
        sum.nodes = [graph.binary(.divide, sum.nodes[0], graph.constant(Double(range.nodes.count)))]
        return sum
      }
      guard !sum.unit.isDate else { throw problem("dates have no total", place) }
      // Yearly means over whole years integrate to the mean times one year.
      sum.unit = sum.unit * .year
      return sum
    case "abs", "exp", "log", "sqrt", "sin", "cos": return try elementary(name, arguments, place, source)
    case "clamp":
      try arity(3...3)
      let value = try lower(arguments[0], source)
      let low = try lower(arguments[1], source)
      let high = try lower(arguments[2], source)
      let unit = try common(value, low, "compared", place)
      let kept = zip(value, low, kind: .quantity, unit: unit) { $0.binary(.maximum, $1, $2) }
      _ = try common(kept, high, "compared", place)
      return zip(kept, high, kind: .quantity, unit: unit) { $0.binary(.minimum, $1, $2) }
    case "if":
      try arity(3...3)
      return try choice(arguments, place, source)
    case "convert":
      try arity(2...2)
      return try conversion(arguments, place, source)
    default:
      throw problem(
        "there is no function \"\(name)\"" + suggestion(for: name, among: Compiler.functions), place)
    }
  }

  private mutating func elementary(
    _ name: String, _ arguments: [Expression], _ place: FilePlace, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    guard arguments.count == 1 else { throw problem("\(name) takes 1 value, not \(arguments.count)", place) }
    var value = try lower(arguments[0], source)
    guard value.kind != .condition, !value.unit.isDate, name == "abs" || value.unit.isDimensionless else {
      throw problem("\(name) takes a pure number, not \(value.described)", place)
    }
    let operation: Instruction.Operation
    switch name {
    case "abs": operation = .absolute
    case "exp": operation = .exponential
    case "log": operation = .logarithm
    case "sin": operation = .sine
    case "cos": operation = .cosine
    default: operation = .root
    }
    value.nodes = value.nodes.map { graph.unary(operation, $0) }
    return value
  }

  private mutating func choice(
    _ arguments: [Expression], _ place: FilePlace, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    let condition = try lower(arguments[0], source)
    guard condition.kind == .condition else {
      throw problem("if takes a condition first, not \(condition.described)", place)
    }
    let a = try lower(arguments[1], source)
    let b = try lower(arguments[2], source)
    guard (a.kind == .condition) == (b.kind == .condition) else {
      throw problem("both outcomes of if are numbers or both are conditions", place)
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
      var what = "convert takes a unit in quotes second"
      if case .text(let text) = arguments[1] { what = "'\(text)' is no known unit" }
      throw problem(what, place)
    }
    guard value.kind == .quantity else {
      throw problem("convert takes a value with a unit, not \(value.described)", place)
    }
    guard value.unit.hasDimension(of: unit) else {
      throw problem("a value in \(value.unit) cannot be converted to \(unit)", place)
    }
    let factor = value.unit.scale / unit.scale
    // 1000 and 1e-3 are one conversion: multiply or divide by the number that is exact.
    let divides = factor < 1
    let number = divides ? (unit.scale / value.unit.scale) : factor
    value.nodes = value.nodes.map {
      graph.binary(divides ? .divide : .multiply, $0, graph.constant(number))
    }
    value.unit = unit
    return value
  }

  /// The nodes of the years of a range.
  private mutating func years(
    _ expression: Expression, _ function: String, _ place: FilePlace, _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    guard case .range(let inner, let from, let to, let offset) = expression else {
      throw problem(
        "\(function) of one value takes a range of years, such as \(function)(x[2026..2035])", place)
    }
    let value = try lower(inner, source)
    guard value.isYearly, value.kind != .condition else {
      throw problem("\(value.described) has no values by year", source.place(at: offset))
    }
    let first = try index(of: from ?? file.horizon.from, source.place(at: offset))
    let last = try index(of: to ?? file.horizon.to, source.place(at: offset))
    guard first <= last else {
      throw problem("the range runs backwards", source.place(at: offset))
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
