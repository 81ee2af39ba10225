extension Compiler {
  /// What an asset could carry at full use: capacity × ramp, or the contract's quantities as far as the capacity goes.
  mutating func installed(_ asset: Asset) throws(CompileFailure) -> Value {
    let capacity = try quantity(asset.capacity, asset.unit, "assets.\(asset.name).capacity")
    var nodes: [Int] = []
    if let quantities = asset.quantities {
      let start = try startDate(of: asset)
      for index in years.indices {
        let bound = capacity.nodes[capacity.isYearly ? index : 0]
        nodes.append(value(of: .quantities(quantities), from: start, bound: bound, at: index))
      }
    } else {
      let ramp = try ramp(asset)
      for index in years.indices {
        nodes.append(
          graph.binary(.multiply, capacity.nodes[capacity.isYearly ? index : 0], ramp.nodes[index]))
      }
    }
    return Value(kind: .quantity, unit: asset.unit, nodes: nodes, isYearly: true)
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
