internal import ForesightNumerics

extension Scenario {
  /// The Sobol' indices of a question's quantity, first order and total, the largest total first.
  ///
  /// First order: the share of the variance that goes when an input is known; total: the share that is left when all else
  /// is. Every independent uniform that the quantity rests on is a factor, the branch's included, and so are the paths of the
  /// fitted series; correlated inputs are varied on their independent uniforms. With N draws and k factors and groups the
  /// quantity is computed N (k + 2) times.
  ///
  /// - Parameters:
  ///   - question: the question's name; its own groups and level serve unless others are given.
  ///   - options: groups, level, draws, seed and threads. Replicates are not used: the intervals are a bootstrap's.
  /// - Throws: `ScenarioError` for a file that does not check, a question with a condition, an unknown member of a group, and
  ///   a quantity that is infinite on some path.
  public func sobolIndices(
    of question: String, _ options: SensitivityOptions = SensitivityOptions()
  ) throws(ScenarioError) -> SensitivityStudy<[SensitivityIndex]> {
    let question = try checkedQuestion(question)
    var settings = settings(options.draws, 1, options.seed)
    let quantity = try quantity(of: question)
    let indices = try sobol(quantity, options.request(of: question), settings, options.threads)
    settings.replicates = 1
    return study(
      quantity, settings, evaluations: settings.draws * (indices.count + 2),
      notes: intervalNotes(settings), indices)
  }

  /// The Sobol' indices of a question that asks for them, the largest total first.
  func sensitivity(
    _ question: Question, _ settings: RunSettings, threads: Int
  ) throws(ScenarioError) -> [SensitivityIndex] {
    guard let request = question.sensitivity else { return [] }
    return try sobol(try quantity(of: question), request, settings, threads)
  }

  /// Indices from the points A and B: in the dimensions of the pinned inputs, in their order, Sobol' points of the first and of
  /// the next dimensions under a linear scramble, elsewhere draws of their own.
  private func sobol(
    _ quantity: Quantity, _ request: SensitivityRequest, _ settings: RunSettings, _ threads: Int?
  ) throws(ScenarioError) -> [SensitivityIndex] {
    let question = quantity.question
    try refuseCondition(question, "Sobol' indices")
    let program = quantity.program(kept: [quantity.node])
    let (series, _) = try prepareSeries(program)
    let factors = try factors(request, program, question)
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
    let execution = program.execute(settings, designs, threads: threads ?? Scenario.cores, series: series)
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
    let hasIntervals = n >= Scenario.fewestForIntervals
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
    settings.draws < Scenario.fewestForIntervals
      ? [
        "Sobol' indices: \(settings.draws) draws are too few for intervals, and nothing is ranked; \(Scenario.fewestForIntervals) are needed"
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
