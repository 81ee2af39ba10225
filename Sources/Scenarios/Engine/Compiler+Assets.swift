extension Compiler {
  /// The parts of an asset that expressions can name.
  static let assetParts = [
    "before_sharing", "before_ceiling", "installed", "ramp", "utilisation", "nominations", "availability",
    "outages",
  ]

  /// The date of an event.
  mutating func date(_ event: Event, at place: FilePlace) throws(CompileFailure) -> Value {
    switch event.kind {
    case .start(let at, let opens):
      if let opens { try check(opens, isOpenedBy: event) }
      return try date(at, "events.\(event.name).at")
    case .hazard(let after, let rate, let dimension):
      let begin = try date(after, "events.\(event.name).after")
      return waiting(begin, rate, UniformStream(name: event.name, dimension: dimension))
    case .interruption(let interruption):
      let begin = try date(interruption.after, "events.\(event.name).after")
      return waiting(
        begin, interruption.rate,
        UniformStream(name: "\(event.name).hazard", dimension: interruption.dimensions?[0]))
    case .shock(let shock):
      switch shock.timing?.date {
      case .at(let at): return try date(at, "events.\(event.name).at")
      case .hazard(let after, let rate, let dimension):
        let stream = UniformStream(name: "\(event.name).hazard", dimension: dimension)
        guard let after else {
          let begin = beginning
          return waiting(begin, rate, stream)
        }
        return waiting(try date(after, "events.\(event.name).after"), rate, stream)
      case nil: throw problem("\(event.name) is a shock that acts every year and has no date", place)
      }
    }
  }

  /// The date on which the horizon begins.
  private var beginning: Value {
    mutating get {
      Value(
        kind: .quantity, unit: .date, nodes: [graph.constant(Double(file.horizon.from))], isYearly: false)
    }
  }

  private func check(_ asset: String, isOpenedBy event: Event) throws(CompileFailure) {
    guard case .asset = symbols[asset] else {
      throw problem(
        "events.\(event.name).opens: unknown asset \"\(asset)\""
          + suggestion(for: asset, among: file.assets.map(\.name)), event.place)
    }
  }

  mutating func date(_ expression: SourcedExpression, _ subject: String) throws(CompileFailure)
    -> Value
  {
    var value = try lower(expression)
    guard value.unit.isDate || value.kind == .literal else {
      throw problem("\(subject) is \(value.described), not a date", expression.place)
    }
    guard !value.isYearly else {
      throw problem("\(subject) must be one date, not a date for every year", expression.place)
    }
    value.unit = .date
    value.kind = .quantity
    return value
  }

  private mutating func waiting(_ begin: Value, _ rate: Double, _ stream: UniformStream) -> Value {
    let uniform = graph.uniform(stream)
    let wait = graph.unary(.waitingTime, uniform, number: 1 / rate)
    return Value(
      kind: .quantity, unit: .date, nodes: [graph.binary(.add, begin.nodes[0], wait)], isYearly: false)
  }

  /// A part of an asset: its flow, or one of the factors.
  mutating func assetPart(_ asset: Asset, _ part: String, _ place: FilePlace) throws(CompileFailure) -> Value
  {
    let subject = "assets.\(asset.name)"
    switch part {
    case "flow": return try flow(asset)
    case "before_sharing":
      let flow = try beforeCeiling(asset)
      guard let ceiling = asset.ceiling else { return flow }
      let bound = atLeastZero(
        try quantity(ceiling, asset.unit, "\(subject).ceiling"), "\(subject).ceiling")
      var nodes: [Int] = []
      for step in steps {
        nodes.append(graph.binary(.minimum, node(of: flow, in: step), node(of: bound, in: step)))
      }
      return value(steps: nodes, asset.unit)
    case "before_ceiling": return try beforeCeiling(asset)
    case "installed": return try installed(asset)
    case "ramp": return try ramp(asset)
    case "utilisation":
      guard let utilisation = asset.utilisation else { return one() }
      return atLeastZero(try quantity(utilisation, .one, "\(subject).utilisation"), "\(subject).utilisation")
    case "nominations":
      guard let nominations = asset.nominations else { return one() }
      return try self.nominations(nominations, "\(subject).nominations")
    case "availability": return try availability(asset)
    case "outages": return outages(asset)
    default:
      throw problem(
        "\(asset.name) has no part \"\(part)\"" + suggestion(for: part, among: Compiler.assetParts), place)
    }
  }

  mutating func one() -> Value {
    Value(kind: .quantity, unit: .one, nodes: [graph.constant(1)], isYearly: false)
  }

  /// An expression that must come out in a unit.
  mutating func quantity(
    _ expression: SourcedExpression, _ unit: Unit, _ subject: String
  ) throws(CompileFailure) -> Value {
    var value = try lower(expression)
    guard value.kind != .condition, value.kind == .literal || value.unit == unit else {
      throw problem("\(subject) is \(value.described), not in \(unit)", expression.place)
    }
    value.kind = .quantity
    value.unit = unit
    // An expression has yearly values, whatever it is made of.
    value.months = []
    return value
  }

  /// Capacity × utilisation × nominations × the ramp's mean, or installed capacity × utilisation × nominations if it is not a
  /// product; then × interruptions in the order of the file × availability × outages.
  private mutating func beforeCeiling(_ asset: Asset) throws(CompileFailure) -> Value {
    let capacity = asset.isProduct ? try capacity(asset) : try installed(asset)
    let utilisation = try assetPart(asset, "utilisation", asset.place)
    let nominations = try assetPart(asset, "nominations", asset.place)
    let ramp = asset.isProduct ? try ramp(asset) : one()
    var cuts: [(begin: Int, factor: Int, lasts: Double)] = []
    for event in file.events {
      guard case .interruption(let interruption) = event.kind, interruption.asset == asset.name else {
        continue
      }
      let date = try value(of: event.name, at: event.place)
      cuts.append((date.nodes[0], multiplier(of: event, interruption), interruption.lasts))
    }
    let availability = asset.availability == nil ? nil : try assetPart(asset, "availability", asset.place)
    let outages = asset.outages == nil ? nil : outages(asset)
    let nodes = steps.map { step -> Int in
      func at(_ value: Value) -> Int { node(of: value, in: step) }
      var flow = graph.binary(.multiply, at(capacity), at(utilisation))
      flow = graph.binary(.multiply, flow, at(nominations))
      flow = graph.binary(.multiply, flow, at(ramp))
      for cut in cuts {
        flow = graph.add(
          Instruction(
            operation: .interrupt, a: Int32(flow), b: Int32(cut.begin), c: Int32(cut.factor),
            number: 0.5 * (step.begin + step.end), extra: cut.lasts))
      }
      if let availability { flow = graph.binary(.multiply, flow, at(availability)) }
      if let outages { flow = graph.binary(.multiply, flow, at(outages)) }
      return flow
    }
    return value(steps: nodes, asset.unit)
  }

  /// The capacity, 0 at least.
  mutating func capacity(_ asset: Asset) throws(CompileFailure) -> Value {
    let subject = "assets.\(asset.name).capacity"
    return atLeastZero(try quantity(asset.capacity, asset.unit, subject), subject)
  }

  /// clamp((price/reference)^elasticity).
  private mutating func nominations(
    _ nominations: Nominations, _ subject: String
  ) throws(CompileFailure) -> Value {
    let price = try lower(nominations.price)
    guard price.kind != .condition, !price.unit.isDate else {
      throw problem("\(subject).price is \(price.described), not a price", nominations.price.place)
    }
    let elasticity = try quantity(nominations.elasticity, .one, "\(subject).elasticity")
    // A power of a negative ratio is not a number; a price below 0 counts as 0.
    let paid = price.kind == .literal ? price : atLeastZero(price, "\(subject).price")
    let count = max(price.nodes.count, elasticity.nodes.count)
    var nodes: [Int] = []
    for index in 0..<count {
      let ratio = graph.binary(
        .divide, paid.nodes[paid.isYearly ? index : 0], graph.constant(nominations.reference))
      var node = graph.power(ratio, elasticity.nodes[elasticity.isYearly ? index : 0])
      if let clamp = nominations.clamp {
        node = graph.binary(.maximum, node, graph.constant(clamp[0]))
        node = graph.binary(.minimum, node, graph.constant(clamp[1]))
      }
      nodes.append(node)
    }
    return Value(
      kind: .quantity, unit: .one, nodes: nodes, isYearly: price.isYearly || elasticity.isYearly)
  }
}

extension Compiler {
  /// An asset's flow, limited by the part of a shared ceiling that the assets before it leave.
  mutating func flow(_ asset: Asset) throws(CompileFailure) -> Value {
    let flow = try assetPart(asset, "before_sharing", asset.place)
    guard let (ceiling, before) = file.sharing(asset) else { return flow }
    let left = try left(of: ceiling, after: before)
    var nodes: [Int] = []
    for step in steps {
      nodes.append(graph.binary(.minimum, node(of: flow, in: step), node(of: left, in: step)))
    }
    return value(steps: nodes, asset.unit)
  }

  /// The part of a shared ceiling that its first assets, or all of them, leave; each step is compiled once.
  mutating func left(of ceiling: SharedCeiling, after count: Int? = nil) throws(CompileFailure) -> Value {
    // A name that something else has is reported as used twice.
    guard case .ceiling = symbols[ceiling.name] else { throw .poisoned }
    let count = count ?? ceiling.order.count
    if remainders[interventions]?[ceiling.name] == nil {
      let limit = try value(of: "\(ceiling.name).limit", at: ceiling.place)
      remainders[interventions, default: [:]][ceiling.name] = [limit]
    }
    while let known = remainders[interventions]?[ceiling.name], known.count <= count {
      let before = known[known.count - 1]
      let (name, place) = (ceiling.order[known.count - 1], ceiling.places[known.count - 1])
      _ = try asset(name, of: ceiling, place)
      let flow = try value(of: name, at: place)
      // No flow exceeds what is left, so what remains is not negative.
      var nodes: [Int] = []
      for step in steps {
        nodes.append(graph.binary(.subtract, node(of: before, in: step), node(of: flow, in: step)))
      }
      let left = value(steps: nodes, before.unit)
      // The flow itself may have compiled this step already.
      if remainders[interventions]?[ceiling.name]?.count == known.count {
        remainders[interventions]?[ceiling.name]?.append(left)
      }
    }
    guard let known = remainders[interventions]?[ceiling.name], known.count > count else { throw .poisoned }
    return known[count]
  }

  /// The limit of a shared ceiling by year, 0 at least, in the unit that its assets share.
  mutating func limit(of ceiling: SharedCeiling) throws(CompileFailure) -> Value {
    let subject = "ceilings.\(ceiling.name)"
    let first = try asset(ceiling.order[0], of: ceiling, ceiling.places[0])
    for (name, place) in zip(ceiling.order, ceiling.places) {
      let other = try asset(name, of: ceiling, place)
      guard other.unit == first.unit else {
        throw problem(
          "\(subject).order: \(name) is in \(other.unit), but \(first.name) is in \(first.unit)", place)
      }
    }
    let limit = atLeastZero(
      try quantity(ceiling.limit, first.unit, "\(subject).limit"), "\(subject).limit")
    return value(steps: steps.map { node(of: limit, in: $0) }, first.unit)
  }

  private func asset(
    _ name: String, of ceiling: SharedCeiling, _ place: FilePlace
  ) throws(CompileFailure) -> Asset {
    guard case .asset(let index) = symbols[name] else {
      throw problem(
        "ceilings.\(ceiling.name).order: unknown asset \"\(name)\""
          + suggestion(for: name, among: file.assets.map(\.name)), place)
    }
    return file.assets[index]
  }
}

extension Compiler {
  /// The share of the time that an asset is available.
  mutating func availability(_ asset: Asset) throws(CompileFailure) -> Value {
    guard let availability = asset.availability else { return one() }
    let subject = "assets.\(asset.name).availability"
    let value = try quantity(availability, .one, subject)
    if let share = value.nodes.compactMap({ graph.number($0) }).first(where: { !(0...1).contains($0) }) {
      throw problem(
        "\(subject) must be a share of the time between 0 and 1, not \(share)", availability.place)
    }
    return share(value, subject)
  }

  /// The share of an asset's flow that outages leave in each year: 1 − (1 − multiply) min(1, N lasts), N Poisson of the rate.
  ///
  /// Each year has its own uniform, so another horizon does not change any year's draw.
  mutating func outages(_ asset: Asset) -> Value {
    guard let outages = asset.outages else { return one() }
    let cumulative = outages.cumulative
    let nodes = years.map { year in
      let uniform = graph.uniform(UniformStream(name: "\(asset.name).outages.\(year)", dimension: nil))
      let number = graph.count(cumulative, uniform: uniform)
      let lost = graph.binary(
        .minimum, graph.binary(.multiply, number, graph.constant(outages.lasts)), graph.constant(1))
      return graph.binary(
        .subtract, graph.constant(1),
        graph.binary(.multiply, lost, graph.constant(1 - outages.multiply)))
    }
    return Value(kind: .quantity, unit: .one, nodes: nodes, isYearly: true)
  }
}
