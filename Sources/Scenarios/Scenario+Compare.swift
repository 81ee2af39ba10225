extension Scenario {
  /// The answers of this scenario against another's on the same draws, question by question.
  ///
  /// Draws are keyed by the names of inputs, so that what the scenarios share is the same on every path and differences have
  /// small errors. Questions that only one has, and those with `given` or `do`, are named in the notes.
  ///
  /// - Parameters:
  ///   - other: the scenario that is compared with this one.
  ///   - draws: the draws of one replicate; this file's number when `nil`.
  ///   - replicates: the number of replicates; this file's when `nil`.
  ///   - seed: the seed; this file's when `nil`.
  ///   - threads: the number of threads; as many as the machine has cores when `nil`.
  ///   - questions: the names of the questions; all when `nil`.
  /// - Throws: `ScenarioError` as `run` does, for an unknown question, and where no question can be compared.
  public func compare(
    with other: Scenario, draws: Int? = nil, replicates: Int? = nil, seed: UInt64? = nil, threads: Int? = nil,
    questions: [String]? = nil
  ) throws(ScenarioError) -> ScenarioComparison {
    let settings = settings(draws, replicates, seed)
    let breakEvens = file.breakEvens.map(\.name).filter { questions?.contains($0) ?? true }
    let asked = try select(questions.map { names in names.filter { !breakEvens.contains($0) } })
    var notes = breakEvens.map { "\($0): is a break-even" }
    var pairs: [(Question, Question)] = []
    for question in asked {
      guard let twin = other.file.questions.first(where: { $0.name == question.name }) else {
        notes.append("\(question.name): only \(file.id) asks it")
        continue
      }
      if question.given != nil || twin.given != nil || !question.interventions.isEmpty
        || !twin.interventions.isEmpty
      {
        notes.append("\(question.name): is asked under given or do")
      } else if question.probability != twin.probability {
        notes.append("\(question.name): is a condition in one and a quantity in the other")
      } else {
        pairs.append((question, twin))
      }
    }
    guard !pairs.isEmpty else {
      throw ScenarioError(
        "no question can be compared" + (notes.first.map { ": \($0)" } ?? ""), at: FilePlace(file: file.name))
    }
    func values(_ scenario: Scenario, _ questions: [Question]) throws(ScenarioError) -> [QuantityPaths] {
      try scenario.paths(
        of: questions.map(\.subject.text), draws: settings.draws, replicates: settings.replicates,
        seed: settings.seed, threads: threads)
    }
    let first = try values(self, pairs.map { $0.0 })
    let second = try values(other, pairs.map { $0.1 })
    var differences: [QuestionDifference] = []
    for (place, pair) in pairs.enumerated() {
      guard first[place].unit == second[place].unit else {
        notes.append("\(pair.0.name): is in \(first[place].unit) and in \(second[place].unit)")
        continue
      }
      differences.append(
        Scenario.difference(pair.0.name, first[place], second[place], replicates: settings.replicates))
    }
    return ScenarioComparison(
      first: label(against: other), second: other.label(against: self), differences: differences,
      notes: notes,
      settings: settings)
  }

  /// The scenario's name, with what was set in it where the name alone does not tell.
  private func label(against other: Scenario) -> String {
    let set =
      named + overrides.map { "\($0.path)=\($0.value)" } + (branch.map { ["branch \($0)"] } ?? [])
    guard !set.isEmpty else { return file.id == other.file.id ? "\(file.id) as filed" : file.id }
    return "\(file.id) with \(set.joined(separator: ", "))"
  }

  private static func difference(
    _ question: String, _ first: QuantityPaths, _ second: QuantityPaths, replicates: Int
  ) -> QuestionDifference {
    let (a, b) = (first.values[0], second.values[0])
    let draws = a.count / replicates
    var sums = (first: 0.0, second: 0.0, count: 0.0)
    var larger = 0
    var smaller = 0
    var means: [Double] = []
    for replicate in 0..<replicates {
      var sum = 0.0
      var count = 0.0
      for path in (replicate * draws)..<((replicate + 1) * draws) {
        if b[path] > a[path] { larger += 1 }
        if b[path] < a[path] { smaller += 1 }
        guard a[path].isFinite, b[path].isFinite else { continue }
        sums.first += a[path]
        sums.second += b[path]
        sum += b[path] - a[path]
        count += 1
      }
      sums.count += count
      if count > 0 { means.append(sum / count) }
    }
    let paths = Double(a.count)
    return QuestionDifference(
      question: question, of: first.name, unit: first.unit, isDate: first.isDate,
      first: sums.first / max(sums.count, 1), second: sums.second / max(sums.count, 1),
      difference: (sums.second - sums.first) / max(sums.count, 1),
      standardError: Scenarios.standardError(means),
      larger: Double(larger) / paths, smaller: Double(smaller) / paths, finiteShare: sums.count / paths)
  }
}
