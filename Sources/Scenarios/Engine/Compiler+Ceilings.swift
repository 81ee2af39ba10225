extension Compiler {
  /// An asset's flow: as much of its own as those before it leave of a shared ceiling.
  mutating func flow(_ asset: Asset) throws(CompileFailure) -> Value {
    var flow = try assetPart(asset, "before_sharing", asset.place)
    guard let (ceiling, before) = file.sharing(asset) else { return flow }
    let left = try left(of: ceiling, after: before)
    for index in flow.nodes.indices {
      flow.nodes[index] = graph.binary(.minimum, flow.nodes[index], left.nodes[index])
    }
    return flow
  }

  /// What the first assets of its order, or all, leave of a shared ceiling.
  mutating func left(of ceiling: SharedCeiling, after count: Int? = nil) throws(CompileFailure) -> Value {
    // A name that something else has is reported as used twice.
    guard case .ceiling = symbols[ceiling.name] else { throw .poisoned }
    var left = try value(of: "\(ceiling.name).limit", at: ceiling.place)
    for (name, place) in zip(ceiling.order, ceiling.places).prefix(count ?? ceiling.order.count) {
      _ = try asset(name, of: ceiling, place)
      let flow = try value(of: name, at: place)
      // No flow is more than what is left, so that nothing below 0 remains.
      for index in left.nodes.indices {
        left.nodes[index] = graph.binary(.subtract, left.nodes[index], flow.nodes[index])
      }
    }
    return left
  }

  /// The limit of a shared ceiling by year, 0 at least, in the unit that its assets share.
  mutating func limit(of ceiling: SharedCeiling) throws(CompileFailure) -> Value {
    let subject = "ceilings.\(ceiling.name)"
    let first = try asset(ceiling.order[0], of: ceiling, ceiling.places[0])
    for (name, place) in zip(ceiling.order, ceiling.places) {
      let other = try asset(name, of: ceiling, place)
      guard other.unit == first.unit else {
        throw problem(
          "\(subject).order: \(name) is in \(other.unit), and \(first.name) in \(first.unit)", place)
      }
    }
    let limit = try quantity(ceiling.limit, first.unit, "\(subject).limit")
    return Value(
      kind: .quantity, unit: first.unit,
      nodes: years.indices.map {
        graph.binary(.maximum, limit.nodes[limit.isYearly ? $0 : 0], graph.constant(0))
      }, isYearly: true)
  }

  private func asset(
    _ name: String, of ceiling: SharedCeiling, _ place: FilePlace
  ) throws(CompileFailure) -> Asset {
    guard case .asset(let index) = symbols[name] else {
      throw problem(
        "ceilings.\(ceiling.name).order: there is no asset \"\(name)\""
          + suggestion(for: name, among: file.assets.map(\.name)), place)
    }
    return file.assets[index]
  }
}
