internal import ForesightNumerics

/// What is varied as one: an input's uniform, a group's, or the paths of the fitted series.
struct Factor {
  let name: String
  /// The names of its streams of uniforms.
  let streams: [String]
  /// Whether the paths of the fitted series belong to it.
  var hasSeries = false
}

extension Scenario {
  /// The factors of a program: the groups asked for, then every other stream of uniforms, then the fitted series.
  func factors(
    _ request: SensitivityRequest, _ program: Program, _ question: Question
  ) throws(ScenarioError) -> [Factor] {
    var open = program.plan.streams.sorted().map { program.streams[$0].name }
    var hasSeries = !program.plan.series.isEmpty
    var factors: [Factor] = []
    for group in request.groups {
      var factor = Factor(name: group.name, streams: [])
      var streams: [String] = []
      for member in group.members {
        if member == "series", hasSeries {
          factor.hasSeries = true
          hasSeries = false
          continue
        }
        let matching = open.filter { $0 == member || $0.hasPrefix(member + ".") }
        guard !matching.isEmpty else {
          throw ScenarioError(
            "questions.\(question.name).groups.\(group.name): \"\(member)\" is no free input of the quantity"
              + suggestion(for: member, among: open), at: group.place)
        }
        streams += matching
        open.removeAll { matching.contains($0) }
      }
      factors.append(Factor(name: group.name, streams: streams, hasSeries: factor.hasSeries))
    }
    factors += open.map { Factor(name: $0, streams: [$0]) }
    if hasSeries { factors.append(Factor(name: "series", streams: [], hasSeries: true)) }
    return factors
  }

  /// Groups of the questions named, or of all, that name what their quantity does not rest on, in a scenario that is sound otherwise.
  func groupProblems(_ names: [String]?) -> [ScenarioProblem] {
    file.questions.flatMap { question -> [ScenarioProblem] in
      guard names?.contains(question.name) ?? true, let request = question.sensitivity,
        !request.groups.isEmpty
      else { return [] }
      do throws(ScenarioError) {
        let quantity = try quantity(of: question)
        _ = try factors(request, quantity.program(kept: [quantity.node]), question)
        return []
      } catch {
        return error.problems
      }
    }
  }

  /// The second, independent sources of a program's uniforms: Sobol' points of the dimension `dim` + D, D one more than the
  /// largest pinned dimension, under the name with `.second` added.
  func secondSources(
    _ program: Program, _ settings: RunSettings, replicate: Int, _ question: Question
  ) throws(ScenarioError) -> [UniformSource?] {
    let offset = 1 + (program.streams.compactMap(\.dimension).max() ?? 0)
    do throws(NumericsError) {
      var second: [UniformSource?] = []
      for (index, stream) in program.streams.enumerated() {
        guard program.plan.streams.contains(index) else {
          second.append(nil)
          continue
        }
        second.append(
          try UniformSource(
            stream.name + ".second", dimension: stream.dimension.map { $0 + offset }, settings,
            replicate: replicate))
      }
      return second
    } catch {
      throw failure(question, "\(error); pin fewer dimensions")
    }
  }
}
