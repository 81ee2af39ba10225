internal import Forecasting

/// The value of an input or date at which a figure of a question reaches a target.
public struct BreakEven: Sendable, Hashable, Codable {
  /// The figure at one value of what is varied.
  public struct Point: Sendable, Hashable, Codable {
    /// The value that is set on every path.
    public let value: Double
    /// The figure then.
    public let figure: Double
    /// Its standard error over replicates; `nil` with one replicate.
    public let standardError: Double?
  }

  /// The scenario's name.
  public let scenario: String
  /// The file as it was named.
  public let file: String
  /// A hash of the file's text.
  public let fileHash: String
  /// The question's name.
  public let question: String
  /// The quantity or condition asked about.
  public let of: String
  /// The condition on the paths that count.
  public let given: String?
  /// The figure that reaches the target.
  public let figure: FigureName
  /// The unit of the figure; `1` of a probability.
  public let unit: String
  /// The input or event that is varied.
  public let varied: String
  /// Its unit.
  public let variedUnit: String
  /// The figure asked for.
  public let target: Double
  /// The value at which the figure reaches it.
  public let value: Double
  /// The standard error of that value over replicates, each searched by itself; `nil` with one replicate, or if one does not reach the
  /// target.
  public let standardError: Double?
  /// The values between which the figure crosses the target, a millionth of the range apart, for the draws used.
  public let bracket: ClosedRange<Double>
  /// The figure over the range, in equal steps.
  public let scan: [Point]
  /// The generator, draws, replicates and seed used.
  public let settings: RunSettings
  /// At how many values the figure of all replicates was computed.
  public let evaluations: Int
  /// Remarks.
  public let notes: [String]
}

extension BreakEven {
  private enum CodingKeys: String, CodingKey {
    case scenario, file, fileHash, question, of, given, figure, unit, varied, variedUnit, target, value
    case standardError, bracket, scan
    case settings = "run"
    case evaluations, notes
  }

  /// Encodes the break-even; what is absent is null.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(scenario, forKey: .scenario)
    try fields.encode(file, forKey: .file)
    try fields.encode(fileHash, forKey: .fileHash)
    try fields.encode(question, forKey: .question)
    try fields.encode(of, forKey: .of)
    try fields.encode(given, forKey: .given)
    try fields.encode(figure, forKey: .figure)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(varied, forKey: .varied)
    try fields.encode(variedUnit, forKey: .variedUnit)
    try fields.encode(target, forKey: .target)
    try fields.encode(value, forKey: .value)
    try fields.encode(standardError, forKey: .standardError)
    try fields.encode(bracket, forKey: .bracket)
    try fields.encode(scan, forKey: .scan)
    try fields.encode(settings, forKey: .settings)
    try fields.encode(evaluations, forKey: .evaluations)
    try fields.encode(notes, forKey: .notes)
  }
}

extension BreakEven.Point {
  private enum CodingKeys: String, CodingKey { case value, figure, standardError }

  /// Encodes the point; an absent standard error is null.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(value, forKey: .value)
    try fields.encode(figure, forKey: .figure)
    try fields.encode(standardError, forKey: .standardError)
  }
}

extension CheckedScenario {
  /// The value of an input or of an event's date at which a figure of a question reaches a target.
  ///
  /// The value is set on every path as by `do`, and all else keeps its draws, so that figures at different values are paired. The figure is
  /// computed at the ends of ten equal cells of the range, has to rise or fall from cell to cell, and the cell in which it reaches the
  /// target is divided into ten again until it is a millionth of the range; each replicate is searched in the same way by itself, for the
  /// standard error. Cost: at most 112 times that of the question.
  ///
  /// - Parameters:
  ///   - question: the question's name.
  ///   - name: the input or event that is varied.
  ///   - range: the values it may have.
  ///   - target: the figure asked for.
  ///   - figure: which figure of the question; its probability or mean if `nil`.
  ///   - options: draws, replicates, seed and threads.
  /// - Throws: `ScenarioError` as `run` does, for a name that cannot be set, a figure that does not exist, one that does not reach
  ///   the target inside the range, and one that turns back by more than two standard errors.
  public func breakEven(
    of question: String, varying name: String, over range: ClosedRange<Double>, reaching target: Double,
    figure: FigureName? = nil, _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> BreakEven {
    let question = try self.question(question)
    let goal = BreakEvenGoal(varied: name, range: range, target: target, figure: figure)
    switch try findBreakEven(of: question, goal, try drawing(options)) {
    case .found(let found): return found
    case .none(let why): throw failure(question, why)
    }
  }

  /// The search of a break-even, as above.
  func findBreakEven(
    of asked: Question, _ goal: BreakEvenGoal, _ drawing: Drawing
  ) throws(ScenarioError) -> BreakEvenFinding {
    let (name, range, target) = (goal.varied, goal.range, goal.target)
    let unit = try settableUnit(of: name)
    guard range.lowerBound < range.upperBound, range.lowerBound.isFinite, range.upperBound.isFinite,
      target.isFinite
    else {
      throw failure(asked, "a break-even search needs a finite range and a finite target")
    }
    let figure = goal.figure ?? FigureName(kind: asked.probability ? .probability : .mean)
    var search = BreakEvenSearch(
      checked: self, question: try asking(asked, figure), name: name, kind: figure.kind, drawing: drawing)
    let scan = try search.scan(range)
    let rises = scan[scan.count - 1].figure > scan[0].figure
    let subject = "break-even of \(figure.text) over \(name)"
    if let turn = search.turn(scan, rises: rises) { return .none("\(subject): \(turn)") }
    guard let cell = try search.crossing(scan, target, rises: rises) else {
      return .none(
        "\(subject): from \(range.lowerBound) to \(range.upperBound) the figure goes from "
          + "\(NumberText.significant(scan[0].figure, 6)) to \(NumberText.significant(scan[scan.count - 1].figure, 6)) and "
          + "never reaches \(target)")
    }
    let error = try search.standardError(range, target, rises: rises)
    let found = BreakEven(
      scenario: file.id, file: file.name, fileHash: scenario.textHash, question: asked.name,
      of: asked.subject.text,
      given: asked.given?.text, figure: figure, unit: search.unit, varied: name,
      variedUnit: unit.text,
      target: target, value: BreakEvenSearch.value(cell, target), standardError: error,
      bracket: cell.low.value...cell.high.value, scan: scan, settings: drawing.settings,
      evaluations: search.evaluations, notes: search.notes)
    return .found(found)
  }

  /// The unit of an input or date that can be set on every path.
  func settableUnit(of name: String) throws(ScenarioError) -> Unit {
    if let input = file.inputs.first(where: { $0.name == name }) { return input.unit }
    guard file.settableNames.contains(name) else {
      throw ScenarioError(
        "unknown input or dated event \"\(name)\""
          + suggestion(for: name, among: file.settableNames), at: FilePlace(file: file.name))
    }
    return .date
  }
}

/// What is varied, over which values, and the figure that is to reach a target.
struct BreakEvenGoal {
  let varied: String
  let range: ClosedRange<Double>
  let target: Double
  /// The figure; the probability or mean if `nil`.
  let figure: FigureName?
}

/// What a search found: the break-even, or why there is none.
enum BreakEvenFinding {
  case found(BreakEven)
  case none(String)
}

extension CheckedScenario {
  /// The question with one figure asked of it.
  private func asking(_ question: Question, _ figure: FigureName) throws(ScenarioError) -> Question {
    var copy = question
    copy.sensitivity = nil
    (copy.mean, copy.quantiles, copy.exceed) = (false, [], [])
    let kind = figure.kind
    guard question.probability == (kind == .probability) else {
      throw failure(
        question,
        question.probability
          ? "a condition has a probability, not a figure \(figure.text)" : "a quantity has no probability")
    }
    switch (kind, figure.level) {
    case (.probability, nil), (.never, nil), (.notWithinHorizon, nil): break
    case (.mean, nil): copy.mean = true
    case (.quantile, let level?), (.quantileIfEver, let level?):
      guard level > 0, level < 1 else {
        throw failure(question, "the probability of a quantile is \(level); it must be between 0 and 1")
      }
      copy.quantiles = [level]
    case (.exceed, let level?): copy.exceed = [level]
    default:
      throw failure(question, "\(kind.rawValue) \(figure.level == nil ? "needs a" : "takes no") level")
    }
    return copy
  }
}
