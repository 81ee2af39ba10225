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
  /// The rank by total index, from 1; `nil` for a tie, when the interval overlaps another's, and for a correlated input.
  public let rank: Int?
  /// Whether it is correlated with an input outside of it: the first-order index then counts what it tells of the others, the total
  /// index only what it alone decides.
  public var isCorrelated = false
}

extension SensitivityIndex {
  private enum CodingKeys: String, CodingKey {
    case name, first, firstInterval, total, totalInterval, rank
    case isCorrelated = "correlated"
  }

  /// An index as a document holds it; documents of earlier versions say nothing of correlation.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try fields.decode(String.self, forKey: .name),
      first: try fields.decode(Double.self, forKey: .first),
      firstInterval: try fields.decode(ClosedRange<Double>?.self, forKey: .firstInterval),
      total: try fields.decode(Double.self, forKey: .total),
      totalInterval: try fields.decode(ClosedRange<Double>?.self, forKey: .totalInterval),
      rank: try fields.decode(Int?.self, forKey: .rank),
      isCorrelated: try fields.decodeIfPresent(Bool.self, forKey: .isCorrelated) ?? false)
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
    if isCorrelated { try fields.encode(true, forKey: .isCorrelated) }
  }
}

extension SensitivityIndex {
  /// The index of what never changes the quantity.
  fileprivate init(still name: String) {
    self.init(name: name, first: 0, firstInterval: nil, total: 0, totalInterval: nil, rank: nil)
  }

  fileprivate init(_ name: String, _ estimate: SobolEstimate, hasIntervals: Bool, rank: Int?) {
    self.init(
      name: name, first: estimate.first, firstInterval: hasIntervals ? estimate.firstInterval : nil,
      total: estimate.total, totalInterval: hasIntervals ? estimate.totalInterval : nil, rank: rank)
  }
}

/// Sobol' indices with what is to be said of them.
struct SobolFindings {
  var indices: [SensitivityIndex] = []
  /// How often the quantity was computed, in draws.
  var runs = 0
  var notes: [String] = []
}

extension CheckedScenario {
  /// The Sobol' indices of a question's quantity, first order and total, the largest total first.
  ///
  /// First order: the share of the variance that goes when an input is known, Var E[Y | Xᵢ]/Var Y; total: the share that is left when
  /// all else is, E Var[Y | X₋ᵢ]/Var Y. Every uniform that the quantity rests on is a factor, the branch's included, and so
  /// are the paths of the fitted series. For an input that is correlated with others the two are computed on draws of its
  /// own, in which it comes first and last of its group: the full first-order and the independent total index of Mara and Tarantola
  /// (Reliab. Eng. Syst. Saf. 107, 2012, 115–121, doi:10.1016/j.ress.2011.08.008), whatever the order in which the file names
  /// the pair. With N draws, k factors and groups and c of them correlated the quantity is computed N (k + 2 + 8 c) times.
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
    let found = try sobol(quantity, try request(of: question, groups: groups, level: level), drawing)
    return study(
      quantity, drawing.settings, evaluations: drawing.settings.draws * found.runs,
      notes: intervalNotes(drawing.settings) + found.notes, found.indices)
  }

  /// The Sobol' indices of a question that asks for them, the largest total first.
  func sensitivity(_ question: Question, _ drawing: Drawing) throws(ScenarioError) -> SobolFindings {
    guard let request = question.sensitivity else { return SobolFindings() }
    return try sobol(try quantity(of: question), request, drawing)
  }

  /// Indices from the points A and B: in the dimensions of the pinned inputs, in their order, Sobol' points of the first and of
  /// the next dimensions under a linear scramble, elsewhere draws of their own.
  private func sobol(
    _ quantity: Quantity, _ request: SensitivityRequest, _ drawing: Drawing
  ) throws(ScenarioError) -> SobolFindings {
    let question = quantity.question
    try refuseCondition(question, "Sobol' indices")
    let program = quantity.program(kept: [quantity.node])
    var factors = try Factor.all(request, program.plan, program.streams, question)
    // Whether a correlated input has draws of its own in the plan depends on the order of its group alone.
    let grouped = Set(factors.flatMap(\.streams))
    for name in quantity.compiler.copula.partners(of: grouped) where !grouped.contains(name) {
      factors.append(Factor(name: name, streams: [name]))
    }
    let outside = factors.map {
      quantity.compiler.copula.partners(of: Set($0.streams)).subtracting($0.streams)
    }
    let design = try radial(quantity, factors, drawing)
    var found = SobolFindings(runs: factors.count + 2)
    guard design.spread > Self.roundingShare * design.largest else {
      found.indices = factors.map { SensitivityIndex(still: $0.name) }
      found.notes.append("\(question.subject.text) is the same on all paths, so nothing drives it")
      return found
    }
    let hasIntervals = drawing.settings.draws >= CheckedScenario.fewestForIntervals
    let (level, seed) = (request.level, drawing.settings.seed)
    let estimates = design.radial.estimates(level: level, seed: seed)
    var moving: [SensitivityIndex] = []
    var still: [SensitivityIndex] = []
    for (index, factor) in factors.enumerated() {
      var own = SensitivityIndex(factor.name, estimates[index], hasIntervals: hasIntervals, rank: nil)
      own.isCorrelated = !outside[index].isEmpty
      if own.isCorrelated {
        let first = try ordered(question, factor, first: factor.streams, drawing)
        let last = try ordered(question, factor, first: outside[index].sorted(), drawing)
        found.runs += 8
        let full = first.radial.estimates(level: level, seed: seed)[0]
        let alone = last.radial.estimates(level: level, seed: seed)[0]
        let estimate = SobolEstimate(
          first: full.first, firstInterval: full.firstInterval, total: alone.total,
          totalInterval: alone.totalInterval)
        own = SensitivityIndex(factor.name, estimate, hasIntervals: hasIntervals, rank: nil)
        own.isCorrelated = true
        if first.varies[0] || last.varies[0] {
          moving.append(own)
        } else {
          still.append(.init(still: factor.name))
        }
      } else if design.varies[index] {
        moving.append(own)
      } else {
        // What never changes the quantity has no share, and no place among those that have one.
        still.append(SensitivityIndex(still: factor.name))
      }
    }
    let (order, ranks) = Ranking.ranks(
      moving.map(\.total), moving.map(\.totalInterval))
    found.indices =
      order.enumerated().map { place, index in
        let own = moving[index]
        return SensitivityIndex(
          name: own.name, first: own.first, firstInterval: own.firstInterval, total: own.total,
          totalInterval: own.totalInterval, rank: own.isCorrelated ? nil : ranks[place],
          isCorrelated: own.isCorrelated)
      } + still
    let correlated = moving.filter(\.isCorrelated).map(\.name).sorted()
    if !correlated.isEmpty {
      found.notes.append(
        "\(correlated.joined(separator: ", ")): correlated with other inputs; first order counts what is known of those too, total what "
          + "the input alone decides, and no rank is given; Shapley effects divide the variance among them")
    }
    return found
  }

  /// Differences below this share of the largest value are rounding.
  private static var roundingShare: Double { 1e-13 }

  /// A radial design with its values.
  private struct Radial {
    let radial: RadialDesign
    /// Whether each factor changes the quantity.
    let varies: [Bool]
    /// The range of the values on A and B, and the largest size among them.
    let spread: Double
    let largest: Double
  }

  /// The design of one factor and of all else, on draws in which some correlated inputs come first of their groups.
  private func ordered(
    _ question: Question, _ factor: Factor, first: [String], _ drawing: Drawing
  ) throws(ScenarioError) -> Radial {
    let quantity = try quantity(of: question, first: first)
    let program = quantity.program(kept: [quantity.node])
    let names = program.plan.streams.sorted().map { program.streams[$0].name }
    let rest = Factor(
      name: "", streams: names.filter { !factor.streams.contains($0) },
      hasSeries: !factor.hasSeries && !program.plan.series.isEmpty)
    return try radial(quantity, [factor, rest], drawing)
  }

  private func radial(
    _ quantity: Quantity, _ factors: [Factor], _ drawing: Drawing
  ) throws(ScenarioError) -> Radial {
    let question = quantity.question
    let settings = drawing.settings
    let program = quantity.program(kept: [quantity.node])
    let (series, _) = try fitting.prepare(program.plan.series)
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
    let n = settings.draws
    let largest = values.reduce(0) { max($0, abs($1)) }
    let base = values[0..<2 * n]
    let varies = factors.indices.map { index in
      zip(values[0..<n], values[(index + 2) * n..<(index + 3) * n]).contains {
        abs($0 - $1) > Self.roundingShare * largest
      }
    }
    return Radial(
      radial: RadialDesign(inputs: inputs, points: n, values: values), varies: varies,
      spread: (base.max() ?? 0) - (base.min() ?? 0), largest: largest)
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
