/// Boxes of inputs in which cases of interest are dense.
public struct ScenarioDiscovery: Sendable, Hashable, Codable {
  /// What makes a path a case of interest.
  public let interest: String
  /// The share of cases of interest among the paths that count.
  public let share: Double
  /// The density asked for.
  public let density: Double
  /// The boxes; each covers cases that those before it leave.
  public let boxes: [ScenarioBox]
}

/// A box of inputs.
public struct ScenarioBox: Sendable, Hashable, Codable {
  /// The share of all cases of interest that lie inside.
  public let coverage: Double
  /// The share of cases of interest among the paths inside.
  public let density: Double
  /// The share of all paths that lie inside.
  public let mass: Double
  /// The bounds.
  public let bounds: [BoxBound]
  /// Coverage, density and mass of each peel from the whole on, on the paths that the box was found on.
  public let trajectory: [BoxStep]
}

/// A bound of a box on an input.
public struct BoxBound: Sendable, Hashable, Codable {
  /// The input or event; `branch` is the choice of the branch.
  public let name: String
  /// The unit of the bounds; `share of the law` for an input with values by year and an event's draw.
  public let unit: String
  /// The smallest value inside, ends included; `nil` if there is no bound.
  public let lower: Double?
  /// The largest value inside.
  public let upper: Double?
  /// The branches inside; empty for a number.
  public let branches: [String]
  /// The probability of at least as many cases inside, were they as dense as in the box without this bound.
  ///
  /// The quasi-p-value of Bryant and Lempert, Technological Forecasting and Social Change 77, 2010, 34-49,
  /// doi:10.1016/j.techfore.2009.08.002.
  public let quasiPValue: Double
}

/// A step of peeling.
public struct BoxStep: Sendable, Hashable, Codable {
  /// The share of all cases of interest that lie inside.
  public let coverage: Double
  /// The share of cases of interest among the paths inside.
  public let density: Double
  /// The share of all paths that lie inside.
  public let mass: Double
  /// The number of bounded inputs.
  public let bounded: Int
}

extension CheckedScenario {
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
  ///   - threshold: cases of interest have at least this value; `nil` if the question asks for the probability of a condition,
  ///     whose cases are those that satisfy it.
  ///   - density: the density asked for, above 0 and at most 1.
  ///   - count: the most boxes, from 1 to 100.
  ///   - options: draws, replicates, seed and threads.
  /// - Throws: `ScenarioError` for an unknown question, a missing or needless threshold, options out of range, and where no path or
  ///   every path is a case of interest.
  public func boxes(
    of question: String, threshold: Double? = nil, density: Double = 0.8, count: Int = 1,
    _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> SensitivityStudy<ScenarioDiscovery> {
    try boxes(
      try self.question(question), threshold: threshold, density: density, count: count, try drawing(options))
  }

  func boxes(
    _ question: Question, threshold: Double? = nil, density: Double, count: Int = 1, _ drawing: Drawing
  ) throws(ScenarioError) -> SensitivityStudy<ScenarioDiscovery> {
    guard density > 0, density <= 1 else {
      throw failure(question, "the density is \(density); it must be above 0 and at most 1")
    }
    guard (1...100).contains(count) else {
      throw failure(question, "the number of boxes is \(count); it must be between 1 and 100")
    }
    guard question.probability == (threshold == nil), threshold?.isNaN != true else {
      throw failure(
        question,
        question.probability
          ? "asks for a probability, whose cases need no threshold"
          : "asks for a value; its cases of interest need a threshold")
    }
    let settings = drawing.settings
    let quantity = try quantity(of: question)
    let data = try observations(quantity, drawing)
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
        question,
        "\(interest) holds on \(all.cases == 0 ? "no path" : "every path"), so there is no box to find"
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
      notes.append("a single replicate both finds and measures a box, so its figures are optimistic")
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
