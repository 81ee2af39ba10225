extension Compiler {
  /// An asset's flow: as much of its own as those before it leave of a shared ceiling.
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

  /// What the first assets of its order, or all, leave of a shared ceiling.
  mutating func left(of ceiling: SharedCeiling, after count: Int? = nil) throws(CompileFailure) -> Value {
    // A name that something else has is reported as used twice.
    guard case .ceiling = symbols[ceiling.name] else { throw .poisoned }
    var left = try value(of: "\(ceiling.name).limit", at: ceiling.place)
    for (name, place) in zip(ceiling.order, ceiling.places).prefix(count ?? ceiling.order.count) {
      _ = try asset(name, of: ceiling, place)
      let flow = try value(of: name, at: place)
      // No flow is more than what is left, so that nothing below 0 remains.
      var nodes: [Int] = []
      for step in steps {
        nodes.append(graph.binary(.subtract, node(of: left, in: step), node(of: flow, in: step)))
      }
      left = value(steps: nodes, left.unit)
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
    let limit = atLeastZero(
      try quantity(ceiling.limit, first.unit, "\(subject).limit"), "\(subject).limit")
    return value(steps: steps.map { node(of: limit, in: $0) }, first.unit)
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
