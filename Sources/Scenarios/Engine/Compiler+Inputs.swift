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
            "events.\(event.name): a shock with a date changes yearly values, but \(name) is a date",
            event.place)
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

  /// The draw by which an interruption multiplies its asset's flow, at least 0.
  mutating func multiplier(of event: Event, _ interruption: Interruption) -> Int {
    let uniform = graph.uniform(
      UniformStream(name: "\(event.name).multiply", dimension: interruption.dimensions?[1]))
    let factor = graph.draw(
      interruption.multiply, uniform: uniform, score: graph.unary(.normalScore, uniform))
    return atLeastZero(factor, "events.\(event.name).multiply")
  }

  /// What an event draws besides its date, by the name of that part; `nil` if it has no part of this name.
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

  /// The years since a date; 0 before it.
  private mutating func since(_ date: Int, _ time: Int) -> Int {
    graph.binary(.maximum, graph.binary(.subtract, time, date), graph.constant(0))
  }
}

extension Compiler {
  /// The uniform and normal score of an input, after correlation.
  mutating func draws(of input: Input) -> (uniform: Int, score: Int) {
    guard let mix = copula.mixes[input.name] else {
      let own = graph.uniform(UniformStream(name: input.name, dimension: input.dimension))
      return (own, graph.unary(.normalScore, own))
    }
    if let degrees = mix.degreesOfFreedom { return studentDraws(mix, degrees) }
    var score: Int?
    for (name, weight) in mix.weights where weight != 0 {
      guard let uniform = ownUniform(name) else { continue }
      let term = graph.binary(.multiply, graph.unary(.normalScore, uniform), graph.constant(weight))
      score = score.map { graph.binary(.add, $0, term) } ?? term
    }
    let mixed = score ?? graph.constant(0)
    return (graph.unary(.normalCDF, mixed), mixed)
  }

  /// The uniform of an input of a t copula, by its law given those before it.
  ///
  /// Rosenblatt's transform (Annals of Mathematical Statistics 23(3), 1952, 470-472, doi:10.1214/aoms/1177729394) needs one
  /// uniform an input, and the first keeps its own:
  /// y₁ = T⁻¹(u₁; ν), yⱼ = √((ν + y₁² + … + yⱼ₋₁²)/(ν + j − 1)) T⁻¹(uⱼ; ν + j − 1), x = L y, and the uniform is T(x; ν).
  private mutating func studentDraws(_ mix: CopulaFactors.Mix, _ degrees: Double) -> (Int, Int) {
    var squares = graph.constant(degrees)
    var sum: Int?
    for (index, (name, weight)) in mix.weights.enumerated() {
      guard let uniform = ownUniform(name) else { continue }
      let freedom = degrees + Double(index)
      var value = graph.unary(.studentQuantile, uniform, number: freedom)
      if index > 0 {
        let ratio = graph.binary(.divide, squares, graph.constant(freedom))
        value = graph.binary(.multiply, value, graph.unary(.root, ratio))
      }
      squares = graph.binary(.add, squares, graph.binary(.multiply, value, value))
      guard weight != 0 else { continue }
      let term = graph.binary(.multiply, value, graph.constant(weight))
      sum = sum.map { graph.binary(.add, $0, term) } ?? term
    }
    let mixed = graph.unary(.studentCDF, sum ?? graph.constant(0), number: degrees)
    return (mixed, graph.unary(.normalScore, mixed))
  }

  private mutating func ownUniform(_ name: String) -> Int? {
    symbols.input(name, in: file).map {
      graph.uniform(UniformStream(name: $0.name, dimension: $0.dimension))
    }
  }
}

extension Compiler {
  /// An input before shocks.
  mutating func base(of input: Input) -> Value {
    let (uniform, score) = draws(of: input)
    let profiles = file.branches.map { input.byBranch[$0.name] ?? input.standard }
    // Checked before: every branch has a profile.
    let complete = profiles.isEmpty ? [input.standard ?? .law(.never)] : profiles.map { $0 ?? .law(.never) }
    guard input.isYearly else {
      let laws = complete.map { profile -> Law in if case .law(let law) = profile { law } else { .never } }
      let node = graph.draw(laws, uniform: uniform, score: score, branch: branchNode)
      return Value(kind: .quantity, unit: input.unit, nodes: [node], isYearly: false)
    }
    let nodes = years.map { year -> Int in
      var below: [Law] = []
      var above: [Law] = []
      var weights: [Double] = []
      for profile in complete {
        let (low, high, weight) = profile.laws(at: year)
        below.append(low)
        above.append(high)
        weights.append(weight)
      }
      let first = graph.draw(below, uniform: uniform, score: score, branch: branchNode)
      if weights.allSatisfy({ $0 == 0 }) { return first }
      let second = graph.draw(above, uniform: uniform, score: score, branch: branchNode)
      if weights.allSatisfy({ $0 == weights[0] }) { return graph.between(first, second, weights[0]) }
      let shares = graph.draw(
        weights.map { .constant($0) }, uniform: uniform, score: score, branch: branchNode)
      return graph.binary(
        .add, first, graph.binary(.multiply, shares, graph.binary(.subtract, second, first)))
    }
    return Value(kind: .quantity, unit: input.unit, nodes: nodes, isYearly: true)
  }
}
