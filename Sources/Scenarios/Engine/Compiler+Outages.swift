extension Compiler {
  /// The share of the time an asset stands ready.
  mutating func availability(_ asset: Asset) throws(CompileFailure) -> Value {
    guard let availability = asset.availability else { return one() }
    let subject = "assets.\(asset.name).availability"
    let value = try quantity(availability, .one, subject)
    if let share = value.nodes.compactMap({ graph.number($0) }).first(where: { !(0...1).contains($0) }) {
      throw problem("\(subject) is \(share): a share of the time lies between 0 and 1", availability.place)
    }
    return share(value, subject)
  }

  /// What outages leave of an asset's flow in each year: 1 − (1 − multiply) min(1, N lasts), N Poisson of the rate.
  ///
  /// Each year has a uniform of its own, so that another horizon changes no year's draw.
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
