internal import ForesightNumerics

/// How much of a quantity's variance an input, or a group of inputs, accounts for.
public struct SensitivityIndex: Sendable, Hashable, Codable {
  /// The input, event or group; `branch` is the choice of the branch.
  public let name: String
  /// The first-order index: the share of the variance that goes when the input is known.
  public let first: Double
  /// The bootstrap interval of the first-order index.
  public let firstInterval: ClosedRange<Double>?
  /// The total index: the share of the variance that is left when all else is known.
  public let total: Double
  /// The bootstrap interval of the total index.
  public let totalInterval: ClosedRange<Double>?
  /// The rank by total index, from 1; `nil` for a tie, when the interval overlaps another's.
  public let rank: Int?
}

extension SensitivityIndex {
  private enum CodingKeys: String, CodingKey {
    case name, first, firstInterval, total, totalInterval, rank
  }

  /// Encodes the index; an absent interval or rank is null.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(name, forKey: .name)
    try fields.encode(first, forKey: .first)
    try fields.encode(firstInterval, forKey: .firstInterval)
    try fields.encode(total, forKey: .total)
    try fields.encode(totalInterval, forKey: .totalInterval)
    try fields.encode(rank, forKey: .rank)
  }
}

extension CheckedScenario {
  /// The Sobol' indices of a question's quantity, first order and total, the largest total first.
  ///
  /// First order: the share of the variance that goes when an input is known; total: the share that is left when all else
  /// is. Every independent uniform that the quantity rests on is a factor, the branch's included, and so are the paths of the
  /// fitted series; correlated inputs are varied on their independent uniforms. With N draws and k factors and groups the
  /// quantity is computed N (k + 2) times.
  ///
  /// - Parameters:
  ///   - question: the question's name.
  ///   - groups: inputs that are taken together; the question's own groups if empty.
  ///   - level: the level of the intervals; the question's own, or 0.95, if `nil`.
  ///   - options: draws, seed and threads. Replicates are not used: the intervals come from a bootstrap.
  /// - Throws: `ScenarioError` for an unknown question, one with a condition, options out of range, an unknown member of a group,
  ///   and a quantity that is infinite on some path.
  public func sobolIndices(
    of question: String, groups: [SensitivityGroup] = [], level: Double? = nil,
    _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> SensitivityStudy<[SensitivityIndex]> {
    let question = try self.question(question)
    var drawing = try drawing(options)
    drawing.settings.replicates = 1
    let quantity = try quantity(of: question)
    let indices = try sobol(quantity, try request(of: question, groups: groups, level: level), drawing)
    return study(
      quantity, drawing.settings, evaluations: drawing.settings.draws * (indices.count + 2),
      notes: intervalNotes(drawing.settings), indices)
  }

  /// The Sobol' indices of a question that asks for them, the largest total first.
  func sensitivity(_ question: Question, _ drawing: Drawing) throws(ScenarioError) -> [SensitivityIndex] {
    guard let request = question.sensitivity else { return [] }
    return try sobol(try quantity(of: question), request, drawing)
  }

  /// Indices from the points A and B: in the dimensions of the pinned inputs, in their order, Sobol' points of the first and of
  /// the next dimensions under a linear scramble, elsewhere draws of their own.
  private func sobol(
    _ quantity: Quantity, _ request: SensitivityRequest, _ drawing: Drawing
  ) throws(ScenarioError) -> [SensitivityIndex] {
    let question = quantity.question
    let settings = drawing.settings
    try refuseCondition(question, "Sobol' indices")
    let program = quantity.program(kept: [quantity.node])
    let (series, _) = try fitting.prepare(program.plan.series)
    let factors = try Factor.all(request, program.plan, program.streams, question)
    try requireRoom(program, settings, runs: factors.count + 2)
    let first = try designSources(program, settings, isSecond: false, question)
    let second = try designSources(program, settings, isSecond: true, question)
    var designs = [
      Design(uniforms: first, seriesReplicate: 0), Design(uniforms: second, seriesReplicate: 1),
    ]
    for factor in factors {
      var mixed = first
      for (index, stream) in program.streams.enumerated() where factor.streams.contains(stream.name) {
        mixed[index] = second[index]
      }
      designs.append(Design(uniforms: mixed, seriesReplicate: factor.hasSeries ? 1 : 0))
    }
    let execution = program.execute(drawing.settings, designs, threads: drawing.threads, series: series)
    let values = execution.kept[0]
    guard values.allSatisfy(\.isFinite) else {
      throw failure(question, "\(question.subject.text) is not finite on every path, so it has no variance")
    }
    let inputs = program.streams.indices.compactMap { index -> RadialDesign.Input? in
      guard let a = first[index], let b = second[index],
        let factor = factors.firstIndex(where: { $0.streams.contains(program.streams[index].name) })
      else { return nil }
      return RadialDesign.Input(a: a, b: b, factor: factor)
    }
    let estimates = RadialDesign(inputs: inputs, points: settings.draws, values: values)
      .estimates(level: request.level, seed: settings.seed)
    let n = settings.draws
    // What never changes the quantity has no share, and no place among those that have one.
    let varies = factors.indices.map { index in
      !values[0..<n].elementsEqual(values[(index + 2) * n..<(index + 3) * n])
    }
    let hasIntervals = n >= CheckedScenario.fewestForIntervals
    let ranked = factors.indices.filter { varies[$0] }
    let (order, ranks) = Ranking.ranks(
      ranked.map { estimates[$0].total }, ranked.map { hasIntervals ? estimates[$0].totalInterval : nil })
    let found = order.enumerated().map { place, index in
      let own = estimates[ranked[index]]
      return SensitivityIndex(
        name: factors[ranked[index]].name, first: own.first,
        firstInterval: hasIntervals ? own.firstInterval : nil, total: own.total,
        totalInterval: hasIntervals ? own.totalInterval : nil, rank: ranks[place])
    }
    let still = factors.indices.filter { !varies[$0] }.map { index in
      SensitivityIndex(
        name: factors[index].name, first: 0, firstInterval: nil, total: 0, totalInterval: nil, rank: nil)
    }
    return found + still
  }

  /// The fewest points from which intervals are estimated.
  private static var fewestForIntervals: Int { 64 }

  /// What is to be said of intervals that are not there.
  func intervalNotes(_ settings: RunSettings) -> [String] {
    settings.draws < CheckedScenario.fewestForIntervals
      ? [
        "Sobol' indices: \(settings.draws) draws are too few for intervals, and nothing is ranked; \(CheckedScenario.fewestForIntervals) are needed"
      ] : []
  }

  private func designSources(
    _ program: Program, _ settings: RunSettings, isSecond: Bool, _ question: Question
  ) throws(ScenarioError) -> [UniformSource?] {
    let used = program.streams.indices.filter { program.plan.streams.contains($0) }
    let pinned = Set(used.compactMap { program.streams[$0].dimension }).sorted()
    var result = [UniformSource?](repeating: nil, count: program.streams.count)
    do throws(NumericsError) {
      for index in used {
        let stream = program.streams[index]
        let name = stream.name + (isSecond ? ".second" : "")
        if settings.method == .sobol, let place = stream.dimension.flatMap({ pinned.firstIndex(of: $0) }) {
          result[index] = .linear(
            try LinearScrambledSobol(
              dimension: place + (isSecond ? pinned.count : 0), seed: settings.seed, name: name))
        } else {
          result[index] = try UniformSource(name, dimension: nil, settings, replicate: 0)
        }
      }
    } catch {
      throw failure(question, "\(error); pin fewer dimensions")
    }
    return result
  }
}
