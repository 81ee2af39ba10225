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
      throw problem("'\(text)' is text; only convert takes text", source.place)
    case .name(let name, let offset):
      if name == "branch" {
        throw problem("compare branch with a name: branch == \(branchExample)", source.place(at: offset))
      }
      return try value(of: name, at: source.place(at: offset))
    case .negative(let inner):
      var value = try lower(inner, source)
      guard value.kind != .condition, !value.unit.isDate else {
        throw problem("\(value.described) cannot be negated", source.place)
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
    case .binary(let operation, let left, let right, let offset):
      if operation == .equal || operation == .notEqual,
        let value = try branchComparison(operation, left, right, source)
      {
        return value
      }
      return try chain(
        left, [Expression.Link(operation: operation, right: right, offset: offset)], source)
    case .chain(let first, let links): return try chain(first, links, source)
    case .at(let inner, let year, let month, let offset):
      let value = try lower(inner, source)
      guard value.isYearly else {
        throw problem(
          "\(value.described) does not have yearly values, so [\(year)] does not apply",
          source.place(at: offset))
      }
      let index = try index(of: year, source.place(at: offset))
      guard let month else {
        return Value(kind: value.kind, unit: value.unit, nodes: [value.nodes[index]], isYearly: false)
      }
      guard !value.months.isEmpty else {
        throw problem(
          file.horizon.step == .month
            ? "only assets, their parts and shared ceilings have monthly values"
            : "horizon.step is year, so there are no monthly values", source.place(at: offset))
      }
      return Value(
        kind: value.kind, unit: value.unit, nodes: [value.months[12 * index + month - 1]], isYearly: false)
    case .range(_, _, _, let offset):
      throw problem(
        "a range of years is allowed only inside max, min, mean or total, such as max(x[..2032])",
        source.place(at: offset))
    case .call(let name, let arguments, let offset):
      return try call(name, arguments, source.place(at: offset), source)
    }
  }

  private var branchExample: String { file.branches.first?.name ?? "name" }

  private mutating func literal(_ number: Double) -> Value {
    Value(kind: .literal, unit: .one, nodes: [graph.constant(number)], isYearly: false)
  }

  func index(of year: Int, _ place: FilePlace) throws(CompileFailure) -> Int {
    guard file.horizon.years.contains(year) else {
      throw problem("\(year) is outside the horizon \(file.horizon.from)–\(file.horizon.to)", place)
    }
    return year - file.horizon.from
  }

  /// Applies a function of nodes year by year if either value has years, otherwise once.
  mutating func elementwise(
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

  /// Operations of one precedence, from the left, however many they are.
  private mutating func chain(
    _ first: Expression, _ links: [Expression.Link], _ source: SourcedExpression
  ) throws(CompileFailure) -> Value {
    var value = try lower(first, source)
    for link in links {
      value = try binary(link.operation, value, try lower(link.right, source), source.place(at: link.offset))
    }
    return value
  }

  mutating func binary(
    _ operation: Expression.Operator, _ a: Value, _ b: Value, _ place: FilePlace
  ) throws(CompileFailure) -> Value {
    switch operation {
    case .and, .or:
      guard a.kind == .condition, b.kind == .condition else {
        throw problem(
          "\(operation.rawValue) joins conditions, not \(a.described) and \(b.described)", place)
      }
      let kernel: Instruction.Binary = operation == .and ? .multiply : .maximum
      return elementwise(a, b, kind: .condition, unit: .one) { $0.binary(kernel, $1, $2) }
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
      return elementwise(a, b, kind: kind, unit: unit) { $0.binary(kernel, $1, $2) }
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
      return elementwise(swapped ? b : a, swapped ? a : b, kind: .condition, unit: .one) {
        $0.binary(kernel, $1, $2)
      }
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
      var what = "branch must be compared with the name of a branch"
      if case .name(let name, let offset) = other {
        at = offset
        what = "unknown branch \"\(name)\"" + suggestion(for: name, among: file.branches.map(\.name))
      }
      throw problem(what, source.place(at: at))
    }
    _ = offset
    let node = graph.binary(
      operation == .equal ? .equal : .notEqual, branchNode, graph.constant(Double(index)))
    return Value(kind: .condition, unit: .one, nodes: [node], isYearly: false)
  }

  /// The unit that two values share, a literal taking the other's.
  func common(
    _ a: Value, _ b: Value, _ verb: String, _ place: FilePlace
  ) throws(CompileFailure) -> Unit {
    if a.kind == .literal { return b.unit }
    if b.kind == .literal { return a.unit }
    guard a.unit.hasDimension(of: b.unit) else {
      throw problem("values in \(a.unit) and \(b.unit) cannot be \(verb)", place)
    }
    guard a.unit.matches(b.unit) else {
      throw problem(
        "\(a.unit) and \(b.unit) differ in scale; convert one to the other with convert(…, '\(a.unit)')",
        place)
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
      guard adds || a.unit.isDate else {
        throw problem("a date cannot be subtracted from \(a.described)", place)
      }
      guard length.kind == .literal || length.unit.matches(.year) else {
        throw problem("a date and a value in \(length.unit) cannot be added; add years (yr) to a date", place)
      }
      unit = date.unit
    } else {
      unit = try common(a, b, adds ? "added" : "subtracted", place)
    }
    let kind: Value.Kind = a.kind == .literal && b.kind == .literal ? .literal : .quantity
    return elementwise(a, b, kind: kind, unit: unit) { $0.binary(kernel, $1, $2) }
  }

  private mutating func power(_ a: Value, _ b: Value, _ place: FilePlace) throws(CompileFailure) -> Value {
    guard b.unit.isDimensionless, !a.unit.isDate else {
      throw problem("an exponent must be a pure number, and a date cannot be raised to a power", place)
    }
    var unit = a.unit
    if !unit.isDimensionless {
      guard b.kind == .literal, let exponent = graph.number(b.nodes[0]), exponent == exponent.rounded(),
        abs(exponent) <= 6
      else { throw problem("an exponent of a value in \(a.unit) must be a whole number of at most 6", place) }
      unit = unit.raised(to: Int(exponent))
    }
    let kind: Value.Kind = a.kind == .literal && b.kind == .literal ? .literal : .quantity
    return elementwise(a, b, kind: kind, unit: unit) { $0.power($1, $2) }
  }
}
