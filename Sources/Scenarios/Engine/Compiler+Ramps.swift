extension Compiler {
  /// What an asset could carry at full use: the mean over the year, or the value at its first instant, of capacity × ramp or
  /// of the contract's quantities as far as the capacity goes.
  mutating func installed(_ asset: Asset) throws(CompileFailure) -> Value {
    let subject = "assets.\(asset.name)"
    var nodes: [Int] = []
    if asset.isProduct {
      let capacity = try capacity(asset)
      let ramp = try ramp(asset)
      for step in steps {
        nodes.append(graph.binary(.multiply, node(of: capacity, in: step), node(of: ramp, in: step)))
      }
    } else {
      var capacities = [try capacity(asset)]
      var dates: [Int] = []
      for step in asset.expansions {
        dates.append(try date(step.at, "\(subject).expansions.at").nodes[0])
        let subject = "\(subject).expansions.capacity"
        capacities.append(atLeastZero(try quantity(step.capacity, asset.unit, subject), subject))
      }
      let start = try startDate(of: asset)
      let length = asset.quantities == nil ? try length(of: asset) : nil
      for step in steps {
        nodes.append(
          installed(
            RampTable(rates: asset.ramp?.shape ?? .linear), from: start, length: length,
            capacities.map { node(of: $0, in: step) }, dates, in: step))
      }
    }
    return value(steps: nodes, asset.unit)
  }

  /// The installed capacity in a step.
  ///
  /// Each capacity but the first applies from its date on; where several apply, the last in the list counts.
  private mutating func installed(
    _ table: RampTable, from start: Int, length: Int?, _ capacities: [Int], _ dates: [Int], in step: FlowStep
  ) -> Int {
    let begin = graph.constant(step.begin)
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
    // The pieces of the step between the dates on which capacities come into force.
    let end = graph.constant(step.end)
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
      let width = step.end - step.begin
      let time = graph.binary(.subtract, edges[piece + 1], edges[piece])
      var part = filled(
        table, since: from, length: length, mean(first, last, over: step),
        whole: file.horizon.step == .year ? time : graph.binary(.divide, time, graph.constant(width)))
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
      func integral(_ time: Double) -> Int {
        graph.add(
          Instruction(
            operation: .rampIntegral, a: Int32(start), b: Int32(bound), c: Int32(half), number: time))
      }
      nodes = steps.map { mean(integral($0.begin), integral($0.end), over: $0) }
    } else {
      nodes = steps.map { value(of: table, from: start, bound: bound, in: $0) }
    }
    return value(steps: nodes, .one)
  }

  private mutating func startDate(of asset: Asset) throws(CompileFailure) -> Int {
    try date(asset.start, "assets.\(asset.name).start").nodes[0]
  }

  private mutating func length(of asset: Asset) throws(CompileFailure) -> Int {
    guard let expression = asset.ramp?.years else { return graph.constant(0) }
    let subject = "assets.\(asset.name).ramp.years"
    let value = try quantity(expression, .year, subject)
    guard !value.isYearly else {
      throw problem("\(subject) must be one length, not a value for every year", expression.place)
    }
    return value.nodes[0]
  }

  /// A ramp in a step.
  private mutating func value(of table: RampTable, from start: Int, bound: Int?, in step: FlowStep) -> Int {
    func since(_ time: Double) -> Int { graph.binary(.subtract, graph.constant(time), start) }
    switch file.horizon.value {
    case .instant: return graph.ramp(.shapeValue, table, since: since(step.begin), bound: bound)
    case .calendarMean:
      let begin = graph.ramp(.shapeIntegral, table, since: since(step.begin), bound: bound)
      let end = graph.ramp(.shapeIntegral, table, since: since(step.end), bound: bound)
      return filled(
        table, since: since(step.begin), length: bound, mean(begin, end, over: step), whole: graph.constant(1)
      )
    }
  }

  /// The mean share of a time that begins `since` years after the start.
  ///
  /// Once the ramp is over the share is exactly 1, which a difference of two integrals is only up to rounding.
  private mutating func filled(
    _ table: RampTable, since: Int, length: Int?, _ mean: Int, whole: Int
  ) -> Int {
    guard table.hasLength, let length else { return mean }
    return graph.select(graph.binary(.lessOrEqual, length, since), whole, mean)
  }
}
