internal import ForesightNumerics

extension Scenario {
  /// The Shapley effects of a question's quantity, the largest first: shares of its variance that sum to one.
  ///
  /// An input's effect is what it adds to the explained variance, averaged over all orders in which inputs become known; it
  /// is meaningful where inputs are correlated, which Sobol' indices of independent uniforms are not. Every stream of uniforms
  /// is an input, the branch's included. With N draws and k inputs and groups the quantity is computed N (k + 1) times, each
  /// draw with a permutation of its own. The paths of fitted series are held: shares are of the variance
  /// that is left when they are known.
  ///
  /// - Parameters:
  ///   - question: the question's name.
  ///   - options: groups, level, draws, seed and threads. Replicates are not used: the intervals are a bootstrap's.
  /// - Throws: `ScenarioError` for a file that does not check, a question with a condition, an unknown member of a group, more
  ///   than 250 inputs, and a quantity that is infinite on some path or the same on all.
  public func shapleyEffects(
    of question: String, _ options: SensitivityOptions = SensitivityOptions()
  ) throws(ScenarioError) -> SensitivityStudy<[ShapleyEffect]> {
    let question = try checkedQuestion(question)
    try refuseCondition(question, "Shapley effects")
    var settings = settings(options.draws, 1, options.seed)
    let quantity = try quantity(of: question)
    let request = options.request(of: question)
    let program = quantity.program(kept: [quantity.node])
    let factors = try factors(request, program, question).filter { !$0.streams.isEmpty }
    guard factors.count <= 250 else {
      throw failure(question, "Shapley effects of \(factors.count) inputs; 250 are the most")
    }
    let orders = orders(of: factors, settings)
    let draws = (settings.draws + orders.count - 1) / orders.count
    let batches = min(BatchBootstrap.batches, draws * orders.count)
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: factors.count), count: batches)
    for (place, order) in orders.enumerated() {
      var part = settings
      part.draws = draws
      let chain = try chain(question, factors, order, part, place, options.threads)
      chain.add(to: &sums) { (place * draws + $0) * batches / (draws * orders.count) }
    }
    let estimates = BatchBootstrap(batches: sums, level: request.level, seed: settings.seed).intervals {
      sum in
      let total = sum.reduce(0, +)
      return total > 0 ? sum.map { $0 / total } : sum.map { _ in 0 }
    }
    guard sums.joined().contains(where: { $0 != 0 }) else {
      throw failure(
        question, "\(question.subject.text) is the same on all paths: there is nothing to share out")
    }
    settings.draws = draws * orders.count
    let (places, ranks) = Ranking.ranks(estimates.map(\.0), estimates.map(\.1))
    let notes =
      program.plan.series.isEmpty
      ? []
      : ["the fitted series' paths are held: shares are of the variance that is left when they are known"]
    return study(
      quantity, settings, evaluations: settings.draws * (factors.count + 1), notes: notes,
      places.enumerated().map { place, index in
        ShapleyEffect(
          name: factors[index].name, share: estimates[index].0, interval: estimates[index].1,
          rank: ranks[place])
      })
  }

  /// The orders in which correlated factors are replaced: all of up to four factors, else 24 at random.
  private func orders(of factors: [Factor], _ settings: RunSettings) -> [[Int]] {
    let correlated = factors.indices.filter { index in
      factors[index].streams.contains { name in
        file.correlations.contains { $0.first == name || $0.second == name }
      }
    }
    guard correlated.count > 1 else { return [[]] }
    guard correlated.count > 4 else { return permutations(correlated) }
    let stream = RandomStream(seed: settings.seed, name: "shapley.orders")
    return (0..<24).map { draw in
      var generator = stream.generator(draw: draw)
      var order = correlated
      order.permute(&generator)
      return order
    }
  }

  private func permutations(_ items: [Int]) -> [[Int]] {
    guard items.count > 1 else { return [items] }
    return items.flatMap { first in
      permutations(items.filter { $0 != first }).map { [first] + $0 }
    }
  }

  /// The chains of all draws whose permutations keep the correlated factors in an order.
  private func chain(
    _ question: Question, _ factors: [Factor], _ order: [Int], _ settings: RunSettings, _ place: Int,
    _ threads: Int?
  ) throws(ScenarioError) -> ShapleyChain {
    let quantity = try quantity(of: question, first: order.reversed().flatMap { factors[$0].streams })
    let program = quantity.program(kept: [quantity.node])
    try requireRoom(program, settings, runs: factors.count + 1)
    let (series, _) = try prepareSeries(program)
    let first = try sources(program, settings, replicate: place)
    let second = try secondSources(program, settings, replicate: place, question)
    var positions = [[UInt8]](
      repeating: [UInt8](repeating: 0, count: settings.draws), count: factors.count)
    let stream = RandomStream(seed: settings.seed, name: "shapley.permutations", replicate: place)
    var permutation = Array(factors.indices)
    for draw in 0..<settings.draws {
      var generator = stream.generator(draw: draw)
      permutation.permute(&generator)
      var next = 0
      for (position, factor) in permutation.enumerated() {
        // The places of correlated factors are random, and their order there is the given one.
        let own = order.contains(factor) ? order[next] : factor
        if order.contains(factor) { next += 1 }
        positions[own][draw] = UInt8(position)
      }
    }
    let designs = (0...factors.count).map { step -> Design in
      var mixed = first
      for (index, stream) in program.streams.enumerated() {
        guard let a = first[index], let b = second[index],
          let factor = factors.firstIndex(where: { $0.streams.contains(stream.name) })
        else { continue }
        mixed[index] = .mixed(a, b, positions: positions[factor], step: step)
      }
      return Design(uniforms: mixed, seriesReplicate: place)
    }
    let execution = program.execute(settings, designs, threads: threads ?? Scenario.cores, series: series)
    let values = execution.kept[0]
    guard values.allSatisfy(\.isFinite) else {
      throw failure(question, "\(question.subject.text) is not finite on every path, so it has no variance")
    }
    let n = settings.draws
    return ShapleyChain(
      steps: (0...factors.count).map { values[$0 * n..<($0 + 1) * n] }, positions: positions)
  }
}
