internal import Forecasting

extension Scenario {
  /// What a break-even question of the file names that cannot be asked; `units` are those of the questions that compile.
  func problems(of part: BreakEvenQuestion, _ units: [String: Unit]) -> [ScenarioProblem] {
    let subject = "questions.\(part.name).break_even"
    var problems: [ScenarioProblem] = []
    func add(_ what: String, _ place: FilePlace) { problems.append(ScenarioProblem(what, at: place)) }
    if !settableNames.contains(part.varied) {
      add(
        "\(subject).vary: there is no event with a date or input \"\(part.varied)\""
          + suggestion(for: part.varied, among: settableNames), part.variedPlace)
    }
    let names = file.questions.map(\.name)
    guard let asked = file.questions.first(where: { $0.name == part.question }) else {
      add(
        file.breakEvens.contains { $0.name == part.question }
          ? "\(subject).question: \(part.question) is a break-even itself; name a question of a quantity or condition"
          : "\(subject).question: there is no question \"\(part.question)\""
            + suggestion(for: part.question, among: names), part.questionPlace)
      return problems
    }
    let figure = part.figure ?? FigureName(kind: asked.probability ? .probability : .mean)
    if asked.probability != (figure.kind == .probability) {
      add(
        "\(subject).figure: \(asked.name) asks "
          + (asked.probability
            ? "a condition, which has a probability and no \(figure.text)"
            : "a quantity, which has no probability"),
        part.figurePlace)
    } else if let unit = units[asked.name], !unit.isDate,
      [.never, .notWithinHorizon, .quantileIfEver].contains(figure.kind)
    {
      add(
        "\(subject).figure: \(figure.text) is a figure of a date, and \(asked.name) is none", part.figurePlace
      )
    } else if figure.isShare, !(0...1).contains(part.target) {
      add("\(subject).reaches is \(part.target): a share lies between 0 and 1", part.targetPlace)
    }
    return problems
  }

  /// The answer to a break-even question; one without a figure says in a note why there is none.
  ///
  /// - Parameter known: notes of the run, which are not said again.
  func answer(
    _ part: BreakEvenQuestion, _ settings: RunSettings, threads: Int, known: [String]
  ) throws(ScenarioError) -> ScenarioAnswer {
    let finding = try findBreakEven(
      of: part.question, varying: part.varied, over: part.range, reaching: part.target, figure: part.figure,
      settings, threads: threads)
    guard let asked = file.questions.first(where: { $0.name == part.question }) else {
      preconditionFailure("a checked scenario has the questions that it names")
    }
    var found: BreakEven?
    var notes: [String] = []
    switch finding {
    case .found(let value): (found, notes) = (value, value.notes.filter { !known.contains($0) })
    case .none(let why): notes = [why]
    }
    var set: [String: Double?] = [:]
    for item in asked.interventions where item.name != part.varied {
      set.updateValue(item.value.isFinite ? item.value : nil, forKey: item.name)
    }
    let figure = part.figure ?? FigureName(kind: asked.probability ? .probability : .mean)
    let unit = try settableUnit(of: part.varied)
    return ScenarioAnswer(
      question: part.name,
      of:
        "\(part.varied) at which \(figure.text) of \(asked.subject.text) reaches \(NumberText.plain(part.target))",
      unit: unit.text, isDate: unit.isDate, given: asked.given?.text, interventions: set,
      rows: found.map {
        [AnswerRow(kind: .breakEven, level: part.target, value: $0.value, standardError: $0.standardError)]
      } ?? [], sensitivity: [], effectiveSampleSize: settings.draws * settings.replicates, notes: notes,
      breakEven: found)
  }
}
