internal import Forecasting

extension Scenario {
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
  ///   - kind: what figure of the question; its probability or mean where `nil`.
  ///   - level: the probability of a quantile or the level exceeded, where the kind has one.
  ///   - draws: the draws of one replicate; the file's number when `nil`.
  ///   - replicates: the number of replicates; the file's when `nil`.
  ///   - seed: the seed; the file's when `nil`.
  ///   - threads: the number of threads; as many as the machine has cores when `nil`.
  /// - Throws: `ScenarioError` as `run` does, for a name that cannot be set, a figure that does not exist, one that does not reach the target
  ///   inside the range, and one that turns back by more than two standard errors.
  public func breakEven(
    of question: String, varying name: String, over range: ClosedRange<Double>, reaching target: Double,
    figure kind: AnswerRow.Kind? = nil, level: Double? = nil, draws: Int? = nil, replicates: Int? = nil,
    seed: UInt64? = nil, threads: Int? = nil
  ) throws(ScenarioError) -> BreakEven {
    let finding = try findBreakEven(
      of: question, varying: name, over: range, reaching: target,
      figure: kind.map { FigureName(kind: $0, level: level) }, settings(draws, replicates, seed),
      threads: threads)
    switch finding {
    case .found(let found): return found
    case .none(let why): throw failure(try checkedQuestion(question), why)
    }
  }

  /// The search of a break-even, as above.
  func findBreakEven(
    of question: String, varying name: String, over range: ClosedRange<Double>, reaching target: Double,
    figure: FigureName?, _ settings: RunSettings, threads: Int?
  ) throws(ScenarioError) -> BreakEvenFinding {
    let asked = try checkedQuestion(question)
    let unit = try settableUnit(of: name)
    guard range.lowerBound < range.upperBound, range.lowerBound.isFinite, range.upperBound.isFinite,
      target.isFinite
    else {
      throw failure(asked, "a break-even search needs a range with two finite ends and a finite target")
    }
    let (kind, level) = (figure?.kind ?? (asked.probability ? .probability : .mean), figure?.level)
    var search = BreakEvenSearch(
      scenario: self, question: try asked.asking(kind, level, self), name: name, kind: kind,
      settings: settings, threads: threads)
    let scan = try search.scan(range)
    let rises = scan[scan.count - 1].figure > scan[0].figure
    let subject = "break-even of \(kind.rawValue)\(level.map { " \($0)" } ?? "") over \(name)"
    if let turn = search.turn(scan, rises: rises) { return .none("\(subject): \(turn)") }
    guard let cell = try search.crossing(scan, target, rises: rises) else {
      return .none(
        "\(subject): from \(range.lowerBound) to \(range.upperBound) the figure goes from "
          + "\(NumberText.significant(scan[0].figure, 6)) to \(NumberText.significant(scan[scan.count - 1].figure, 6)) and "
          + "never reaches \(target)")
    }
    let error = try search.standardError(range, target, rises: rises)
    let found = BreakEven(
      scenario: file.id, file: file.name, fileHash: textHash, question: question, of: asked.subject.text,
      given: asked.given?.text, kind: kind, level: level, unit: search.unit, varied: name,
      variedUnit: unit.text,
      target: target, value: BreakEvenSearch.value(cell, target), standardError: error,
      bracket: cell.low.value...cell.high.value, scan: scan, settings: search.settings,
      evaluations: search.evaluations, notes: search.notes)
    return .found(found)
  }

  /// What can be set on every path.
  var settableNames: [String] { file.inputs.map(\.name) + file.events.filter(\.hasDate).map(\.name) }

  /// The unit of an input or date that can be set on every path.
  func settableUnit(of name: String) throws(ScenarioError) -> Unit {
    if let input = file.inputs.first(where: { $0.name == name }) { return input.unit }
    guard settableNames.contains(name) else {
      throw ScenarioError(
        "there is no event with a date or input \"\(name)\" to vary"
          + suggestion(for: name, among: settableNames), at: FilePlace(file: file.name))
    }
    return .date
  }
}

/// What a search found: the break-even, or why there is none.
enum BreakEvenFinding {
  case found(BreakEven)
  case none(String)
}

extension Question {
  /// The question with one figure asked of it.
  fileprivate func asking(
    _ kind: AnswerRow.Kind, _ level: Double?, _ scenario: Scenario
  ) throws(ScenarioError) -> Question {
    var copy = self
    copy.sensitivity = nil
    (copy.mean, copy.quantiles, copy.exceed) = (false, [], [])
    guard probability == (kind == .probability) else {
      throw scenario.failure(
        self,
        probability
          ? "a condition has a probability, and no \(kind.rawValue)" : "a quantity has no probability")
    }
    switch (kind, level) {
    case (.probability, nil): break
    case (.mean, nil): copy.mean = true
    case (.never, nil), (.notWithinHorizon, nil): copy.exceed = []
    case (.quantile, let level?), (.quantileIfEver, let level?):
      guard level > 0, level < 1 else {
        throw scenario.failure(self, "\(level) does not lie between 0 and 1")
      }
      copy.quantiles = [level]
    case (.exceed, let level?): copy.exceed = [level]
    default:
      throw scenario.failure(self, "\(kind.rawValue) \(level == nil ? "needs" : "takes no") level")
    }
    return copy
  }
}
