internal import ForesightNumerics

/// The mean of a quantity with one input after another at a low and at a high value.
public struct Tornado: Sendable, Hashable, Codable {
  /// The mean with every input drawn.
  public let mean: Double
  /// Its standard error over replicates; `nil` with one.
  public let standardError: Double?
  /// The shares of an input's law at which it is held.
  public let levels: [Double]
  /// A bar an input, the largest swing first.
  public let bars: [TornadoBar]
}

/// What one input does to the mean.
public struct TornadoBar: Sendable, Hashable, Codable {
  /// The input, event or `branch`.
  public let name: String
  /// At its low value; of the branches, the one with the least mean.
  public let low: TornadoEnd
  /// At its high value; of the branches, the one with the greatest mean.
  public let high: TornadoEnd
  /// The difference of the means, high − low.
  public let swing: Double
  /// Its standard error over replicates, from paired draws; `nil` with one.
  public let standardError: Double?
  /// Student's interval of the size of the swing; `nil` with one replicate.
  public let interval: ClosedRange<Double>?
  /// The rank by size, from 1; `nil` for a tie, when the interval overlaps another's.
  public let rank: Int?
}

/// One end of a bar.
public struct TornadoEnd: Sendable, Hashable, Codable {
  /// `P10`, or a branch.
  public let label: String
  /// The input there, where it is the same number in every branch and year.
  public let value: Double?
  /// The mean with the input held there.
  public let mean: Double
  /// Its standard error over replicates; `nil` with one.
  public let standardError: Double?
}

extension CheckedScenario {
  /// The mean of a question's quantity with one input after another at two shares of its law, all others drawn.
  ///
  /// E[Y | u = p]: the input's uniform is held at p in every branch, all else is drawn as ever, and inputs correlated with it
  /// follow by their law given it. For `branch` each branch is made certain in turn. Of a condition the mean is its
  /// probability; under a `given` it is over the paths that satisfy it. The same draws serve all ends, so swings are paired;
  /// their standard errors are over replicates. Cost: 2 k + 1 runs, and one a branch.
  ///
  /// - Parameters:
  ///   - question: the question's name.
  ///   - levels: the two shares of the law, in ascending order.
  ///   - level: the level of the intervals; the question's own, or 0.95, if `nil`.
  ///   - options: draws, replicates, seed and threads.
  /// - Throws: `ScenarioError` for an unknown question, levels or options out of range, and a quantity that is infinite on some
  ///   path.
  public func tornado(
    of question: String, levels: [Double] = [0.1, 0.9], level: Double? = nil,
    _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> SensitivityStudy<Tornado> {
    try tornado(try self.question(question), levels, level: level, try drawing(options))
  }

  func tornado(
    _ question: Question, _ levels: [Double], level: Double? = nil, _ drawing: Drawing
  ) throws(ScenarioError) -> SensitivityStudy<Tornado> {
    guard levels.count == 2, levels[0] > 0, levels[0] < levels[1], levels[1] < 1 else {
      throw failure(
        question, "the levels of a tornado are \(levels); they must be two ascending shares between 0 and 1")
    }
    let settings = drawing.settings
    let level = try request(of: question, level: level).level
    let quantity = try quantity(of: question)
    let base = try means(quantity, [[:]], drawing)[0]
    var bars: [TornadoBar] = []
    var evaluations = settings.draws * settings.replicates
    let program = quantity.program(kept: [quantity.node])
    for stream in program.plan.streams.sorted().map({ program.streams[$0].name }) {
      var held = levels
      var labels = levels.map { "P\(plain($0 * 100))" }
      if stream == "branch" {
        let branches = file.branches.enumerated().filter { $1.weight > 0 }
        let starts = file.branches.indices.map { file.branches[..<$0].reduce(0) { $0 + $1.weight } }
        held = branches.map { starts[$0.offset] + 0.5 * $0.element.weight }
        labels = branches.map(\.element.name)
        guard held.count > 1 else { continue }
      }
      let correlated = file.correlations.contains { $0.first == stream || $0.second == stream }
      let own = correlated ? try self.quantity(of: question, first: [stream]) : quantity
      let ends = try means(own, held.map { [stream: $0] }, drawing, input: stream)
      evaluations += held.count * settings.draws * settings.replicates
      bars.append(bar(stream, labels, ends, level))
    }
    let (order, ranks) = Ranking.ranks(bars.map { abs($0.swing) }, bars.map(\.interval))
    var notes: [String] = []
    if settings.replicates < 2 {
      notes.append("a single replicate gives no standard errors, so nothing is ranked")
    }
    let ranked = order.enumerated().map { place, index -> TornadoBar in
      let bar = bars[index]
      return TornadoBar(
        name: bar.name, low: bar.low, high: bar.high, swing: bar.swing, standardError: bar.standardError,
        interval: bar.interval, rank: ranks[place])
    }
    return study(
      quantity, settings, evaluations: evaluations, notes: notes,
      Tornado(mean: base.mean, standardError: base.error, levels: levels, bars: ranked))
  }

  private func plain(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  private func bar(_ name: String, _ labels: [String], _ ends: [HeldMean], _ level: Double) -> TornadoBar {
    var (low, high) = (0, ends.count - 1)
    if name == "branch" {
      for index in ends.indices {
        if ends[index].mean < ends[low].mean { low = index }
        if ends[index].mean > ends[high].mean { high = index }
      }
    }
    func end(_ index: Int) -> TornadoEnd {
      TornadoEnd(
        label: labels[index], value: ends[index].value, mean: ends[index].mean,
        standardError: ends[index].error)
    }
    let swing = ends[high].mean - ends[low].mean
    let error = Estimation.standardError(zip(ends[high].single, ends[low].single).map { $0 - $1 })
    let width = error.flatMap { error -> Double? in
      let law = try? StudentT(degreesOfFreedom: Double(ends[high].single.count - 1))
      return law.map { $0.quantile((1 + level) / 2) * error }
    }
    return TornadoBar(
      name: name, low: end(low), high: end(high), swing: swing, standardError: error,
      interval: width.map { abs(swing) - $0...abs(swing) + $0 }, rank: nil)
  }

  /// A mean with an input held.
  private struct HeldMean {
    let mean: Double
    let error: Double?
    /// By replicate.
    let single: [Double]
    /// The input, where it is one number.
    let value: Double?
  }

  /// The means with uniforms held at numbers, by the names of their streams.
  private func means(
    _ quantity: Quantity, _ held: [[String: Double]], _ drawing: Drawing, input: String? = nil
  ) throws(ScenarioError) -> [HeldMean] {
    let settings = drawing.settings
    var quantity = quantity
    var sums = [Program.Sum(node: quantity.node, condition: quantity.condition)]
    if let condition = quantity.condition { sums.append(Program.Sum(node: condition, condition: nil)) }
    let known = file.inputs.first { $0.name == input && $0.byBranch.isEmpty && !$0.isYearly }
    if let known {
      sums.append(Program.Sum(node: quantity.compiler.base(of: known).nodes[0], condition: nil))
    }
    let program = quantity.program(sums: sums)
    try requireRoom(program, settings, runs: held.count * settings.replicates)
    let (series, _) = try fitting.prepare(program.plan.series)
    var designs: [Design] = []
    for held in held {
      for replicate in 0..<settings.replicates {
        var uniforms = try sources(program, settings, replicate: replicate)
        for (index, stream) in program.streams.enumerated() {
          if let value = held[stream.name] { uniforms[index] = .fixed(value) }
        }
        designs.append(Design(uniforms: uniforms, seriesReplicate: replicate))
      }
    }
    let execution = program.execute(settings, designs, threads: drawing.threads, series: series)
    return try held.indices.map { index throws(ScenarioError) in
      let rows = execution.sums[index * settings.replicates..<(index + 1) * settings.replicates]
      var (above, below) = (0.0, 0.0)
      var single: [Double] = []
      for row in rows {
        let weight = quantity.condition == nil ? Double(settings.draws) : row[1]
        above += row[0]
        below += weight
        if weight > 0 { single.append(row[0] / weight) }
      }
      guard below > 0, above.isFinite else {
        let what =
          below > 0
          ? "\(quantity.question.subject.text) is not finite on every path, so it has no mean"
          : "no path satisfies \(quantity.question.given?.text ?? "the condition")"
        throw failure(
          quantity.question, what + (input.map { " where \($0) is held" } ?? ""))
      }
      return HeldMean(
        mean: above / below, error: Estimation.standardError(single), single: single,
        value: known == nil
          ? nil : rows.first.flatMap { row in row.last.map { $0 / Double(settings.draws) } })
    }
  }
}
