/// What can be observed on a path: the value of an input before shocks, the branch, or the quantile level that was drawn.
struct Observable {
  enum Kind: Equatable {
    /// A value in a unit.
    case value(Unit)
    /// The share of its law, between 0 and 1, that an input with values by year, or an event's draw, took.
    case share
    /// A branch, by its index.
    case branch
  }

  let name: String
  let kind: Kind
  let node: Int
}

extension Quantity {
  /// What the quantity rests on, in the order of its streams.
  mutating func observables() -> [Observable] {
    let plan = program(kept: [node] + (condition.map { [$0] } ?? [])).plan
    let streams = plan.streams.sorted().map { compiler.graph.streams[$0] }
    return streams.map { stream in
      if stream.name == "branch" {
        return Observable(name: stream.name, kind: .branch, node: compiler.branchNode)
      }
      guard let input = compiler.symbols.input(stream.name, in: compiler.file) else {
        return Observable(name: stream.name, kind: .share, node: compiler.graph.uniform(stream))
      }
      if input.isYearly {
        return Observable(name: input.name, kind: .share, node: compiler.draws(of: input).uniform)
      }
      return Observable(
        name: input.name, kind: .value(input.unit), node: compiler.base(of: input).nodes[0])
    }
  }
}

extension CheckedScenario {
  /// The values of a quantity and of what it rests on, on the paths that count.
  struct Observations {
    let observables: [Observable]
    /// The quantity.
    let values: [Double]
    /// Each observable.
    let columns: [[Double]]
    /// The replicate of each path.
    let replicates: [Int]
  }

  func observations(
    _ quantity: Quantity, _ drawing: Drawing
  ) throws(ScenarioError) -> Observations {
    var quantity = quantity
    let observables = quantity.observables()
    var kept: [Int] = []
    func place(_ node: Int) -> Int {
      if let place = kept.firstIndex(of: node) { return place }
      kept.append(node)
      return kept.count - 1
    }
    let value = place(quantity.node)
    let condition = quantity.condition.map { place($0) }
    let places = observables.map { place($0.node) }
    let program = quantity.program(kept: kept)
    let execution = try execute(program, drawing).execution
    let columns = execution.kept
    let paths = columns[value].indices.filter { path in condition.map { columns[$0][path] != 0 } ?? true }
    guard !paths.isEmpty else {
      throw failure(
        quantity.question, "no path satisfies \(quantity.question.given?.text ?? "the condition")")
    }
    let values = paths.map { columns[value][$0] }
    guard !values.contains(where: \.isNaN) else {
      throw failure(quantity.question, "\(quantity.question.subject.text) is not a number on some path")
    }
    return Observations(
      observables: observables, values: values,
      columns: places.map { place in paths.map { columns[place][$0] } },
      replicates: paths.map { $0 / drawing.settings.draws })
  }
}
