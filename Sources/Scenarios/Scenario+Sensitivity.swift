internal import ForesightNumerics

extension Scenario {
  /// The Sobol' indices of a question that asks for them, the largest total first.
  ///
  /// Every independent uniform that the quantity rests on is a factor, the branch's included; correlated inputs are varied
  /// on their independent uniforms. With N draws and k factors and groups the quantity is computed N (k + 2) times. The
  /// points of A are the draws of replicate 0; those of B are Sobol' points of the dimension `dim + D`, D the number of
  /// pinned dimensions, under the name with `.second` added.
  func sensitivity(
    _ question: Question, _ settings: RunSettings, threads: Int
  ) throws(ScenarioError) -> [SensitivityIndex] {
    guard let request = question.sensitivity else { return [] }
    let program = try quantityProgram(question)
    let (series, _) = try prepareSeries(program)
    let factors = try factors(request, program, question)
    let designs: [Design]
    do throws(NumericsError) {
      designs = try self.designs(factors.map(\.streams), program, settings)
    } catch {
      throw ScenarioError(
        "questions.\(question.name).sobol: \(error); pin fewer dimensions", at: question.place)
    }
    let execution = program.execute(settings, designs, threads: threads, series: series)
    let n = settings.draws
    let values = execution.kept[0]
    guard values.allSatisfy(\.isFinite) else {
      throw ScenarioError(
        "questions.\(question.name).sobol: \(question.subject.text) is not finite on every path, so it has no variance",
        at: question.subject.place)
    }
    let estimates = factors.indices.map { index in
      SobolEstimate(
        a: values[0..<n], b: values[n..<2 * n], mixed: values[(index + 2) * n..<(index + 3) * n],
        level: request.level, seed: settings.seed)
    }
    let order = factors.indices.sorted { estimates[$0].total > estimates[$1].total }
    return order.enumerated().map { position, index in
      let own = estimates[index]
      let above = position > 0 ? estimates[order[position - 1]].totalInterval.lowerBound : .infinity
      let below =
        position + 1 < order.count ? estimates[order[position + 1]].totalInterval.upperBound : -.infinity
      let apart = own.totalInterval.upperBound < above && own.totalInterval.lowerBound > below
      return SensitivityIndex(
        name: factors[index].name, first: own.first, firstInterval: own.firstInterval, total: own.total,
        totalInterval: own.totalInterval, rank: apart ? position + 1 : nil)
    }
  }

  /// The program that computes the quantity of a question of a checked scenario.
  private func quantityProgram(_ question: Question) throws(ScenarioError) -> Program {
    var (compiler, _) = prepared()
    var outputs = OutputList()
    var plain = question
    plain.sensitivity = nil
    plain.quantiles = [0.5]
    do throws(CompileFailure) {
      _ = try compiler.compile(plain, &outputs)
    } catch {
      if case .problem(let problem) = error { throw ScenarioError([problem]) }
      preconditionFailure("a checked scenario compiles")
    }
    return Program(compiler.graph, branches: file.branches, sums: [], kept: Array(outputs.kept.prefix(1)))
  }

  /// Groups that name what their quantity does not rest on, in a scenario that is sound otherwise.
  func groupProblems() -> [ScenarioProblem] {
    file.questions.flatMap { question -> [ScenarioProblem] in
      guard let request = question.sensitivity, !request.groups.isEmpty else { return [] }
      do throws(ScenarioError) {
        _ = try factors(request, try quantityProgram(question), question)
        return []
      } catch {
        return error.problems
      }
    }
  }

  private struct Factor {
    let name: String
    let streams: [Int]
  }

  private func factors(
    _ request: SensitivityRequest, _ program: Program, _ question: Question
  ) throws(ScenarioError) -> [Factor] {
    var open = program.plan.streams.sorted()
    var factors: [Factor] = []
    for group in request.groups {
      var streams: [Int] = []
      for member in group.members {
        let matching = open.filter {
          program.streams[$0].name == member || program.streams[$0].name.hasPrefix(member + ".")
        }
        guard !matching.isEmpty else {
          let names = open.map { program.streams[$0].name }
          throw ScenarioError(
            "questions.\(question.name).groups.\(group.name): \"\(member)\" is no free input of the quantity"
              + suggestion(for: member, among: names), at: group.place)
        }
        streams += matching
        open.removeAll { matching.contains($0) }
      }
      factors.append(Factor(name: group.name, streams: streams))
    }
    return factors + open.map { Factor(name: program.streams[$0].name, streams: [$0]) }
  }

  /// The designs A, B and, for each factor, A with the factor's uniforms from B.
  private func designs(
    _ factors: [[Int]], _ program: Program, _ settings: RunSettings
  ) throws(NumericsError) -> [Design] {
    let first = try program.sources(settings, replicate: 0)
    let offset = 1 + (program.streams.compactMap(\.dimension).max() ?? 0)
    var second: [UniformSource?] = []
    for (index, stream) in program.streams.enumerated() {
      let name = stream.name + ".second"
      guard program.plan.streams.contains(index) else {
        second.append(nil)
        continue
      }
      second.append(
        try UniformSource(name, dimension: stream.dimension.map { $0 + offset }, settings, replicate: 0))
    }
    var designs = [
      Design(uniforms: first, seriesReplicate: 0), Design(uniforms: second, seriesReplicate: 0),
    ]
    for factor in factors {
      var mixed = first
      for stream in factor { mixed[stream] = second[stream] }
      designs.append(Design(uniforms: mixed, seriesReplicate: 0))
    }
    return designs
  }
}
