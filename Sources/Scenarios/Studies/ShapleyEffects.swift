internal import ForesightNumerics

/// The share of a quantity's variance that is an input's due, correlations and interactions divided fairly.
public struct ShapleyEffect: Sendable, Hashable, Codable {
  /// The input, event or group; `branch` is the choice of the branch.
  public let name: String
  /// The share of the variance; the shares of all inputs sum to one.
  public let share: Double
  /// The bootstrap interval of the share.
  public let interval: ClosedRange<Double>
  /// The rank by share, from 1; `nil` for a tie, when the interval overlaps another's.
  public let rank: Int?
}

/// Shapley effects from the chain of a permutation: f on the points of A, and again after each input in turn is taken from B.
///
/// With F₀ = f(A), Fⱼ after the j-th input of the permutation, the effect of that input is the mean of
/// (Fⱼ₋₁ − Fⱼ)(F₀ − (Fⱼ₋₁ + Fⱼ)/2) over points and permutations (Goda, Reliab. Eng. Syst. Saf. 213, 2021, 107702,
/// doi:10.1016/j.ress.2021.107702), which is half the rise of (F₀ − Fⱼ)²: the cost function E[Var(Y | X₋ⱼ)] of Song, Nelson
/// and Staum (SIAM/ASA J. Uncertain. Quantif. 4, 2016, 1060-1083, doi:10.1137/15M1048070). The sum over inputs is half the
/// mean of (F₀ − F_d)², the variance. Correlated inputs are drawn by Rosenblatt's transform with the last of the
/// permutation first, so that those not yet replaced keep their values and those replaced follow by their law given them.
struct ShapleyChain {
  /// The values of F₀ … F_d, one column a step.
  let steps: [ArraySlice<Double>]
  /// The step, from 1, at which each factor is replaced, by factor and draw: position + 1.
  let positions: [[UInt8]]

  /// Adds the contributions of every draw to the sums of its batch.
  func add(to sums: inout [[Double]], batch: (Int) -> Int) {
    let count = steps[0].count
    for draw in 0..<count {
      let own = batch(draw)
      let base = steps[0][steps[0].startIndex + draw]
      for (factor, position) in positions.enumerated() {
        let step = Int(position[draw])
        let before = steps[step][steps[step].startIndex + draw]
        let after = steps[step + 1][steps[step + 1].startIndex + draw]
        sums[own][factor] += (before - after) * (base - 0.5 * (before + after))
      }
    }
  }
}

extension CheckedScenario {
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
  ///   - groups: inputs that are taken together; the question's own groups if empty.
  ///   - level: the level of the intervals; the question's own, or 0.95, if `nil`.
  ///   - options: draws, seed and threads. Replicates are not used: the intervals come from a bootstrap.
  /// - Throws: `ScenarioError` for an unknown question, one with a condition, options out of range, an unknown member of a group,
  ///   more than 250 inputs, and a quantity that is infinite on some path or the same on all.
  public func shapleyEffects(
    of question: String, groups: [SensitivityGroup] = [], level: Double? = nil,
    _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> SensitivityStudy<[ShapleyEffect]> {
    let question = try self.question(question)
    try refuseCondition(question, "Shapley effects")
    let drawing = try drawing(options)
    var settings = drawing.settings
    settings.replicates = 1
    let quantity = try quantity(of: question)
    let request = try request(of: question, groups: groups, level: level)
    let program = quantity.program(kept: [quantity.node])
    let factors = try Factor.all(request, program.plan, program.streams, question)
      .filter { !$0.streams.isEmpty }
    guard factors.count <= 250 else {
      throw failure(question, "Shapley effects support at most 250 inputs; the question has \(factors.count)")
    }
    let orders = orders(of: factors, settings)
    let draws = (settings.draws + orders.count - 1) / orders.count
    let batches = min(BatchBootstrap.batches, draws * orders.count)
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: factors.count), count: batches)
    var largest = 0.0
    for (place, order) in orders.enumerated() {
      var part = Drawing(settings: settings, threads: drawing.threads)
      part.settings.draws = draws
      let chain = try chain(question, factors, order, part, place)
      largest = max(largest, chain.steps[0].reduce(0) { max($0, abs($1)) })
      chain.add(to: &sums) { (place * draws + $0) * batches / (draws * orders.count) }
    }
    let estimates = BatchBootstrap(batches: sums, level: request.level, seed: settings.seed).intervals {
      sum in
      let total = sum.reduce(0, +)
      return total > 0 ? sum.map { $0 / total } : sum.map { _ in 0 }
    }
    guard largest > 0, sums.joined().reduce(0, +) > 1e-26 * largest * largest * Double(draws * orders.count)
    else {
      throw failure(
        question, "\(question.subject.text) is the same on all paths, so it has no variance to share")
    }
    settings.draws = draws * orders.count
    let (places, ranks) = Ranking.ranks(estimates.map(\.0), estimates.map(\.1))
    let notes =
      program.plan.series.isEmpty
      ? []
      : [
        "the paths of the fitted series are fixed: shares are of the variance that remains once they are known"
      ]
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
    _ question: Question, _ factors: [Factor], _ order: [Int], _ drawing: Drawing, _ place: Int
  ) throws(ScenarioError) -> ShapleyChain {
    let settings = drawing.settings
    let quantity = try quantity(of: question, first: order.reversed().flatMap { factors[$0].streams })
    let program = quantity.program(kept: [quantity.node])
    try requireRoom(program, settings, runs: factors.count + 1)
    let (series, _) = try fitting.prepare(program.plan.series)
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
    let execution = program.execute(drawing.settings, designs, threads: drawing.threads, series: series)
    let values = execution.kept[0]
    guard values.allSatisfy(\.isFinite) else {
      throw failure(question, "\(question.subject.text) is not finite on every path, so it has no variance")
    }
    let n = settings.draws
    return ShapleyChain(
      steps: (0...factors.count).map { values[$0 * n..<($0 + 1) * n] }, positions: positions)
  }
}
