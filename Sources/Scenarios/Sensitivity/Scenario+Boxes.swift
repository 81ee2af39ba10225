extension Scenario {
  /// Boxes of inputs in which a question's cases of interest are dense: scenario discovery by the patient rule induction
  /// method.
  ///
  /// Half of the replicates find a box, the others measure it: coverage, density, mass and quasi-p-values are out of sample
  /// unless there is one replicate, and a note says so. Of the peels the widest that reaches the density is taken and widened
  /// while it keeps that density; where none does, the densest, without the bounds whose quasi-p-value is above 0.05. A further box is sought among the paths outside
  /// the boxes found. Inputs are bounded by their values before shocks; an input with values by year, and an event's draw, by
  /// the share of its law.
  ///
  /// - Parameters:
  ///   - question: the question's name.
  ///   - threshold: cases of interest have at least this value; `nil` where the question asks the probability of a condition,
  ///     whose cases are those that satisfy it.
  ///   - density: the density asked for.
  ///   - count: the most boxes.
  ///   - options: draws, replicates, seed and threads; groups and level are not used.
  /// - Throws: `ScenarioError` for a file that does not check, a missing or needless threshold, and where no path or every path
  ///   is a case of interest.
  public func boxes(
    of question: String, threshold: Double? = nil, density: Double = 0.8, count: Int = 1,
    _ options: SensitivityOptions = SensitivityOptions()
  ) throws(ScenarioError) -> SensitivityStudy<ScenarioDiscovery> {
    precondition(density > 0 && density <= 1 && count > 0, "a density lies in (0, 1], a count is positive")
    let question = try checkedQuestion(question)
    guard question.probability == (threshold == nil) else {
      throw failure(
        question,
        question.probability
          ? "asks a probability, whose cases need no threshold"
          : "asks a value; cases of interest need a threshold")
    }
    let settings = settings(options.draws, options.replicates, options.seed)
    let quantity = try quantity(of: question)
    let data = try observations(quantity, settings, options.threads)
    let cases = data.values.map { value in threshold.map { value >= $0 } ?? (value != 0) }
    let half = max(1, settings.replicates / 2)
    let found = data.replicates.indices.filter { data.replicates[$0] < half }
    let tested =
      settings.replicates > 1 ? data.replicates.indices.filter { data.replicates[$0] >= half } : found
    let categories = data.observables.map { $0.kind == .branch ? file.branches.count : 0 }
    func rule(_ paths: [Int]) -> PatientRule {
      PatientRule(
        columns: data.columns.map { column in paths.map { column[$0] } }, cases: paths.map { cases[$0] },
        categories: categories)
    }
    let test = rule(tested)
    let all = test.counts(test.whole)
    let interest = question.subject.text + (threshold.map { " ≥ \($0)" } ?? "")
    guard all.cases > 0, all.cases < all.paths else {
      throw failure(
        question, "\(interest) holds on \(all.cases == 0 ? "no path" : "every path"): there is no box to find"
      )
    }
    var notes: [String] = []
    var boxes: [ScenarioBox] = []
    var open = found
    while boxes.count < count {
      let training = rule(open)
      let whole = training.counts(training.whole)
      guard whole.cases > 0, whole.cases < whole.paths else { break }
      let peels = training.peels(smallest: min(0.05, 0.5 * whole.density))
      let steps = peels.map { training.counts($0) }
      let chosen =
        steps.firstIndex { $0.density >= density }
        ?? steps.indices.max { (steps[$0].density, -$0) < (steps[$1].density, -$1) } ?? 0
      guard chosen > 0 else { break }
      let reached = steps[chosen].density >= density
      let box =
        reached
        ? training.pasted(peels[chosen], density: density) : training.simplified(peels[chosen])
      if !reached { notes.append("box \(boxes.count + 1) is the densest found: none reaches the density") }
      let inside = test.counts(box)
      boxes.append(
        ScenarioBox(
          coverage: Double(inside.cases) / Double(all.cases), density: inside.density,
          mass: Double(inside.paths) / Double(all.paths),
          bounds: data.observables.indices.filter { box.restricts($0) }.map { input in
            bound(data.observables[input], box, input, inside, test.counts(box.freed(input)))
          },
          trajectory: zip(peels, steps).map { peel, step in
            BoxStep(
              coverage: Double(step.cases) / Double(whole.cases), density: step.density,
              mass: Double(step.paths) / Double(whole.paths),
              bounded: data.observables.indices.count { peel.restricts($0) })
          }))
      open = zip(open, open.indices).filter { !box.contains($0.1, training.columns) }.map(\.0)
    }
    if settings.replicates < 2 {
      notes.append("one replicate both finds and measures a box: its figures flatter it")
    }
    if boxes.isEmpty { notes.append("no bound makes cases of interest denser") }
    return study(
      quantity, settings, evaluations: settings.draws * settings.replicates, notes: notes,
      ScenarioDiscovery(
        interest: interest, share: Double(all.cases) / Double(all.paths), density: density, boxes: boxes))
  }

  private func bound(
    _ observable: Observable, _ box: PatientRule.Box, _ input: Int, _ inside: PatientRule.Counts,
    _ free: PatientRule.Counts
  ) -> BoxBound {
    let unit: String
    var branches: [String] = []
    switch observable.kind {
    case .value(let own): unit = own.text
    case .share: unit = "share of the law"
    case .branch:
      unit = "1"
      branches = zip(file.branches, box.categories[input]).filter { $0.1 }.map(\.0.name)
    }
    return BoxBound(
      name: observable.name, unit: unit, lower: box.lower[input].isFinite ? box.lower[input] : nil,
      upper: box.upper[input].isFinite ? box.upper[input] : nil, branches: branches,
      quasiPValue: inside.chance(in: free))
  }
}
