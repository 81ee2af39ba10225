internal import RealModule

extension Compiler {
  /// Whether a shock that has a date acts on an input or series.
  func hasDatedShock(_ name: String) -> Bool { shocks(on: name).contains { $0.shock.timing != nil } }

  private func shocks(on name: String) -> [(event: Event, shock: Shock)] {
    file.events.compactMap { event in
      if case .shock(let shock) = event.kind, shock.target == name { (event, shock) } else { nil }
    }
  }

  /// A value with the shocks on its name, in the order of the file.
  mutating func shocked(_ base: Value, _ name: String) throws(CompileFailure) -> Value {
    var value = base
    for (event, shock) in shocks(on: name) {
      let change = change(of: event, shock)
      let conditions = try shock.when.map { when throws(CompileFailure) in try condition(when, event) }
      if shock.timing != nil || conditions?.isYearly == true, !value.isYearly {
        value.nodes = years.map { _ in value.nodes[0] }
        value.isYearly = true
      }
      if let timing = shock.timing {
        guard !value.unit.isDate else {
          throw problem(
            "events.\(event.name): a shock with a date changes years, and \(name) is a date", event.place)
        }
        let date = try self.value(of: event.name, at: event.place).nodes[0]
        for (index, year) in years.enumerated() {
          var weight = weight(timing, from: date, at: Double(year) + 0.5)
          if let conditions {
            weight = graph.binary(.multiply, conditions.nodes[conditions.isYearly ? index : 0], weight)
          }
          value.nodes[index] = changed(value.nodes[index], by: change, weight, shock)
        }
        continue
      }
      for index in value.nodes.indices {
        let old = value.nodes[index]
        var new = graph.binary(shock.multiplies ? .multiply : .add, old, change)
        if let floor = shock.floor { new = graph.binary(.maximum, new, graph.constant(floor)) }
        if let conditions {
          new = graph.select(
            conditions.nodes.count > 1 ? conditions.nodes[index] : conditions.nodes[0], new, old)
        }
        value.nodes[index] = new
      }
    }
    return value
  }

  /// The draw by which a shock changes its target.
  private mutating func change(of event: Event, _ shock: Shock) -> Int {
    let uniform = graph.uniform(
      UniformStream(name: "\(event.name).\(shock.part)", dimension: shock.dimension))
    return graph.draw(shock.law, uniform: uniform, score: graph.unary(.normalScore, uniform))
  }

  /// The draw by which an interruption multiplies its asset's flow, 0 at least.
  mutating func multiplier(of event: Event, _ interruption: Interruption) -> Int {
    let uniform = graph.uniform(
      UniformStream(name: "\(event.name).multiply", dimension: interruption.dimensions?[1]))
    let factor = graph.draw(
      interruption.multiply, uniform: uniform, score: graph.unary(.normalScore, uniform))
    return atLeastZero(factor, "events.\(event.name).multiply")
  }

  /// What an event draws besides its date, by the name of that part; `nil` where it has none of this name.
  mutating func change(of event: Event, named part: String) -> Value? {
    guard event.drawnPart == part else { return nil }
    switch event.kind {
    case .interruption(let interruption):
      return Value(
        kind: .quantity, unit: .one, nodes: [multiplier(of: event, interruption)], isYearly: false)
    case .shock(let shock):
      let unit = shock.multiplies ? .one : symbols.unit(of: shock.target, in: file)
      return Value(kind: .quantity, unit: unit, nodes: [change(of: event, shock)], isYearly: false)
    case .start, .hazard: return nil
    }
  }

  private mutating func condition(_ when: SourcedExpression, _ event: Event) throws(CompileFailure) -> Value {
    let condition = try lower(when)
    guard condition.kind == .condition else {
      throw problem("events.\(event.name).when is \(condition.described), not a condition", when.place)
    }
    return condition
  }

  /// x (1 + w (m − 1)) or x + w a, then at least the floor where w > 0.
  private mutating func changed(_ old: Int, by change: Int, _ weight: Int, _ shock: Shock) -> Int {
    let one = graph.constant(1)
    let new: Int
    if shock.multiplies {
      let excess = graph.binary(.multiply, weight, graph.binary(.subtract, change, one))
      new = graph.binary(.multiply, old, graph.binary(.add, one, excess))
    } else {
      new = graph.binary(.add, old, graph.binary(.multiply, weight, change))
    }
    guard let floor = shock.floor else { return new }
    let acts = graph.binary(.less, graph.constant(0), weight)
    return graph.select(acts, graph.binary(.maximum, new, graph.constant(floor)), new)
  }

  /// The share of a shock's effect at a time: none before its date T, all of it on [T, T + lasts), and then what the
  /// recovery leaves, s years on: 0, max(0, 1 − s/years), 2^(−s/halfLife), or 1.
  private mutating func weight(_ timing: ShockTiming, from date: Int, at time: Double) -> Int {
    let time = graph.constant(time)
    let begun = graph.binary(.lessOrEqual, date, time)
    let end = graph.binary(.add, date, graph.constant(timing.lasts))
    switch timing.recovery {
    case .permanent: return begun
    case .step: return graph.binary(.multiply, begun, graph.binary(.less, time, end))
    case .linear(let years):
      let share = graph.binary(.divide, since(end, time), graph.constant(years))
      let left = graph.binary(.subtract, graph.constant(1), share)
      return graph.binary(.multiply, begun, graph.binary(.maximum, left, graph.constant(0)))
    case .exponential(let halfLife):
      let exponent = graph.binary(.multiply, since(end, time), graph.constant(-.log(2) / halfLife))
      return graph.binary(.multiply, begun, graph.unary(.exponential, exponent))
    }
  }

  /// The years since a date, none before it.
  private mutating func since(_ date: Int, _ time: Int) -> Int {
    graph.binary(.maximum, graph.binary(.subtract, time, date), graph.constant(0))
  }
}
