/// The difference of the answers to a question between two scenarios, draw by draw.
public struct QuestionDifference: Sendable, Hashable {
  /// The question's name.
  public let question: String
  /// The expression asked about in the first scenario.
  public let of: String
  /// The unit of the means.
  public let unit: String
  /// Whether the quantity is a date.
  public let isDate: Bool
  /// The mean, or the probability, in the first scenario, over the paths that count.
  public let first: Double
  /// The mean, or the probability, in the second.
  public let second: Double
  /// The mean of second − first over the paths that count.
  public let difference: Double
  /// Its standard error over replicates, smaller than with independent runs; `nil` with one replicate.
  public let standardError: Double?
  /// The probability that the second is larger, never being larger than any date.
  public let larger: Double
  /// The probability that it is smaller.
  public let smaller: Double
  /// The share of paths that count for the means: those on which neither is never.
  public let finiteShare: Double
}

/// Two scenarios on the same draws.
public struct ScenarioComparison: Sendable, Hashable {
  /// The name of the first scenario.
  public let first: String
  /// The name of the second.
  public let second: String
  /// The questions that both have, in the order of the first.
  public let differences: [QuestionDifference]
  /// The questions that could not be compared, and why.
  public let notes: [String]
  /// The settings that both were run with.
  public let settings: RunSettings
}

extension QuestionDifference: Encodable {
  private enum CodingKeys: String, CodingKey {
    case question, of, unit, first, second, difference, standardError, larger, smaller, finiteShare
  }

  /// Encodes the difference; an absent standard error is null.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(question, forKey: .question)
    try fields.encode(of, forKey: .of)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(first, forKey: .first)
    try fields.encode(second, forKey: .second)
    try fields.encode(difference, forKey: .difference)
    try fields.encode(standardError, forKey: .standardError)
    try fields.encode(larger, forKey: .larger)
    try fields.encode(smaller, forKey: .smaller)
    try fields.encode(finiteShare, forKey: .finiteShare)
  }
}

extension ScenarioComparison: Encodable {
  private enum CodingKeys: String, CodingKey {
    case first, second, differences
    case settings = "run"
    case notes
  }
}

extension CheckedScenario {
  /// The answers of this scenario and another on the same draws, question by question.
  ///
  /// Draws are keyed by the names of inputs, so whatever the scenarios share is the same on every path and differences have
  /// small errors. Questions that only one has, and those with `given` or `do`, are named in the notes.
  ///
  /// - Parameters:
  ///   - other: the scenario that is compared with this one.
  ///   - options: draws, replicates, seed and threads, for both.
  ///   - questions: the names of the questions; all if `nil`.
  /// - Throws: `ScenarioError` as `run` does, for an unknown question, and if no question can be compared.
  public func compare(
    with other: CheckedScenario, _ options: DrawOptions = DrawOptions(), questions: [String]? = nil
  ) throws(ScenarioError) -> ScenarioComparison {
    let drawing = try drawing(options)
    let settings = drawing.settings
    let breakEvens = file.breakEvens.map(\.name).filter { questions?.contains($0) ?? true }
    let asked = try select(questions.map { names in names.filter { !breakEvens.contains($0) } })
    var notes = breakEvens.map { "\($0): is a break-even" }
    var pairs: [(Question, Question)] = []
    for question in asked {
      guard let twin = other.file.questions.first(where: { $0.name == question.name }) else {
        notes.append("\(question.name): is asked only in \(file.id)")
        continue
      }
      if question.given != nil || twin.given != nil || !question.interventions.isEmpty
        || !twin.interventions.isEmpty
      {
        notes.append("\(question.name): is asked under given or do")
      } else if question.probability != twin.probability {
        notes.append("\(question.name): is a condition in one scenario and a quantity in the other")
      } else {
        pairs.append((question, twin))
      }
    }
    guard !pairs.isEmpty else {
      throw ScenarioError(
        "no question can be compared" + (notes.first.map { ": \($0)" } ?? ""), at: FilePlace(file: file.name))
    }
    let shared = DrawOptions(
      draws: settings.draws, replicates: settings.replicates, seed: settings.seed, threads: drawing.threads)
    let first = try paths(of: pairs.map { $0.0.subject.text }, shared)
    let second = try other.paths(of: pairs.map { $0.1.subject.text }, shared)
    var differences: [QuestionDifference] = []
    for (place, pair) in pairs.enumerated() {
      guard first[place].unit == second[place].unit else {
        notes.append("\(pair.0.name): is in \(first[place].unit) and in \(second[place].unit)")
        continue
      }
      differences.append(
        Self.difference(pair.0.name, first[place], second[place], replicates: settings.replicates))
    }
    return ScenarioComparison(
      first: scenario.label(against: other.scenario), second: other.scenario.label(against: scenario),
      differences: differences,
      notes: notes,
      settings: settings)
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
      standardError: Estimation.standardError(means),
      larger: Double(larger) / paths, smaller: Double(smaller) / paths, finiteShare: sums.count / paths)
  }
}

extension Scenario {
  /// The scenario's name, with what was set in it if the name alone does not distinguish it.
  fileprivate func label(against other: Scenario) -> String {
    let set =
      named + overrides.map { "\($0.path)=\($0.value)" } + (branch.map { ["branch \($0)"] } ?? [])
    guard !set.isEmpty else { return file.id == other.file.id ? "\(file.id) as filed" : file.id }
    return "\(file.id) with \(set.joined(separator: ", "))"
  }
}
