extension Compiler {
  /// What an asset could carry at full use: the mean over the year, or the value at its first instant, of capacity × ramp or
  /// of the contract's quantities as far as the capacity goes.
  mutating func installed(_ asset: Asset) throws(CompileFailure) -> Value {
    let subject = "assets.\(asset.name)"
    var nodes: [Int] = []
    if asset.isProduct {
      let capacity = try quantity(asset.capacity, asset.unit, "\(subject).capacity")
      let ramp = try ramp(asset)
      for index in years.indices {
        nodes.append(
          graph.binary(.multiply, capacity.nodes[capacity.isYearly ? index : 0], ramp.nodes[index]))
      }
    } else {
      var capacities = [try quantity(asset.capacity, asset.unit, "\(subject).capacity")]
      var dates: [Int] = []
      for step in asset.expansions {
        dates.append(try date(step.at, "\(subject).expansions.at").nodes[0])
        capacities.append(try quantity(step.capacity, asset.unit, "\(subject).expansions.capacity"))
      }
      let start = try startDate(of: asset)
      let length = asset.quantities == nil ? try length(of: asset) : nil
      for index in years.indices {
        nodes.append(
          installed(
            RampTable(rates: asset.ramp?.shape ?? .linear), from: start, length: length,
            capacities.map { $0.nodes[$0.isYearly ? index : 0] }, dates, at: index))
      }
    }
    return Value(kind: .quantity, unit: asset.unit, nodes: nodes, isYearly: true)
  }

  /// What is installed in a year, of capacities of which each but the first holds from its date on, a later one of the list
  /// before an earlier one.
  private mutating func installed(
    _ table: RampTable, from start: Int, length: Int?, _ capacities: [Int], _ dates: [Int], at index: Int
  ) -> Int {
    let begin = graph.constant(Double(years[index]))
    guard file.horizon.value == .calendarMean else {
      var capacity = capacities[0]
      for (date, next) in zip(dates, capacities.dropFirst()) {
        capacity = graph.select(graph.binary(.lessOrEqual, date, begin), next, capacity)
      }
      let since = graph.binary(.subtract, begin, start)
      guard let length else { return graph.ramp(.shapeValue, table, since: since, bound: capacity) }
      return graph.binary(
        .multiply, capacity, graph.ramp(.shapeValue, table, since: since, bound: length))
    }
    // The pieces of the year between the dates on which capacities come into force.
    let end = graph.constant(Double(years[index] + 1))
    var edges = [end]
    var force: Int?
    for date in dates.reversed() {
      let first = force.map { graph.binary(.minimum, date, $0) } ?? date
      force = first
      edges.append(graph.binary(.maximum, graph.binary(.minimum, first, end), begin))
    }
    edges.append(begin)
    edges.reverse()
    var sum = graph.constant(0)
    for (piece, capacity) in capacities.enumerated() where edges[piece] != edges[piece + 1] {
      let from = graph.binary(.subtract, edges[piece], start)
      let to = graph.binary(.subtract, edges[piece + 1], start)
      let bound = length ?? capacity
      let first = graph.ramp(.shapeIntegral, table, since: from, bound: bound)
      let last = graph.ramp(.shapeIntegral, table, since: to, bound: bound)
      var part = graph.binary(.subtract, last, first)
      if length != nil { part = graph.binary(.multiply, capacity, part) }
      sum = graph.binary(.add, sum, part)
    }
    return sum
  }

  /// The ramp by year: its mean over the calendar year, or its value at the first instant.
  mutating func ramp(_ asset: Asset) throws(CompileFailure) -> Value {
    let start = try startDate(of: asset)
    let table = RampTable(shares: asset.ramp?.shape ?? .linear)
    let bound = table.hasLength ? try length(of: asset) : nil
    let nodes: [Int]
    if table == .linear, file.horizon.value == .calendarMean, let bound {
      let half = graph.unary(.rampHalf, bound)
      let integrals = (years + [file.horizon.to + 1]).map {
        graph.add(
          Instruction(
            operation: .rampIntegral, a: Int32(start), b: Int32(bound), c: Int32(half), number: Double($0)))
      }
      nodes = years.indices.map { graph.binary(.subtract, integrals[$0 + 1], integrals[$0]) }
    } else {
      nodes = years.indices.map { value(of: table, from: start, bound: bound, at: $0) }
    }
    return Value(kind: .quantity, unit: .one, nodes: nodes, isYearly: true)
  }

  private mutating func startDate(of asset: Asset) throws(CompileFailure) -> Int {
    try date(asset.start, "assets.\(asset.name).start").nodes[0]
  }

  private mutating func length(of asset: Asset) throws(CompileFailure) -> Int {
    guard let expression = asset.ramp?.years else { return graph.constant(0) }
    let subject = "assets.\(asset.name).ramp.years"
    let value = try quantity(expression, .year, subject)
    guard !value.isYearly else {
      throw problem("\(subject) is one length, not one a year", expression.place)
    }
    return value.nodes[0]
  }

  /// A ramp in a year of the horizon.
  private mutating func value(of table: RampTable, from start: Int, bound: Int?, at index: Int) -> Int {
    func since(_ year: Int) -> Int { graph.binary(.subtract, graph.constant(Double(year)), start) }
    let year = years[index]
    switch file.horizon.value {
    case .instant: return graph.ramp(.shapeValue, table, since: since(year), bound: bound)
    case .calendarMean:
      let begin = graph.ramp(.shapeIntegral, table, since: since(year), bound: bound)
      let end = graph.ramp(.shapeIntegral, table, since: since(year + 1), bound: bound)
      return graph.binary(.subtract, end, begin)
    }
  }
}
