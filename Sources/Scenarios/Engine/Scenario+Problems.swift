internal import ForecastModels
internal import Forecasting

extension Scenario {
  /// What is wrong with the parts of the file side by side, before anything is compiled.
  func problems(_ symbols: SymbolTable, _ copula: CopulaFactors) -> [ScenarioProblem] {
    symbols.problems + inputProblems() + dimensionProblems() + referenceProblems(symbols) + copula.problems
      + sourceProblems() + modelProblems() + file.coherenceProblems(symbols) + file.sharingProblems
  }

  private func inputProblems() -> [ScenarioProblem] {
    var problems: [ScenarioProblem] = []
    let names = file.branches.map(\.name)
    for input in file.inputs {
      let subject = "inputs.\(input.name)"
      for branch in input.byBranch.keys.sorted() where !names.contains(branch) {
        problems.append(
          ScenarioProblem(
            "\(subject).by_branch: unknown branch \"\(branch)\""
              + suggestion(for: branch, among: names + ["default"]),
            at: input.branchPlaces[branch] ?? input.place))
      }
      if input.standard == nil {
        for name in names where input.byBranch[name] == nil {
          problems.append(
            ScenarioProblem(
              "\(subject).by_branch has no entry for branch \"\(name)\" and no default", at: input.place))
        }
      }
      let profiles = input.byBranch.values.map { $0 } + (input.standard.map { [$0] } ?? [])
      if !input.unit.isDate, profiles.contains(.law(.never)) {
        problems.append(
          ScenarioProblem("\(subject): never is a date, but the unit is \(input.unit)", at: input.place))
      }
    }
    return problems
  }

  private func dimensionProblems() -> [ScenarioProblem] {
    var problems: [ScenarioProblem] = []
    var owners: [Int: String] = [:]
    func claim(_ dimension: Int?, _ name: String, _ place: FilePlace) {
      guard let dimension else { return }
      if let owner = owners[dimension] {
        problems.append(
          ScenarioProblem(
            "\(name) is pinned to dimension \(dimension), which \(owner) already uses", at: place))
      } else {
        owners[dimension] = name
      }
    }
    for input in file.inputs { claim(input.dimension, "inputs.\(input.name)", input.place) }
    for event in file.events {
      let name = "events.\(event.name)"
      switch event.kind {
      case .start: break
      case .hazard(_, _, let dimension): claim(dimension, name, event.place)
      case .shock(let shock):
        if case .hazard(_, _, let dimension) = shock.timing?.date { claim(dimension, name, event.place) }
        claim(shock.dimension, name, event.place)
      case .interruption(let cut):
        for dimension in cut.dimensions ?? [] { claim(dimension, name, event.place) }
      }
    }
    return problems
  }

  private func referenceProblems(_ symbols: SymbolTable) -> [ScenarioProblem] {
    var problems: [ScenarioProblem] = []
    let inputs = file.inputs.map(\.name)
    let assets = file.assets.map(\.name)
    func require(_ name: String, among names: [String], _ kind: String, _ subject: String, _ place: FilePlace)
    {
      guard !names.contains(name) else { return }
      problems.append(
        ScenarioProblem(
          "\(subject): unknown \(kind) \"\(name)\"" + suggestion(for: name, among: names), at: place))
    }
    var pairs: Set<Set<String>> = []
    func check(_ first: String, _ second: String, among names: [String], _ kind: String, _ place: FilePlace) {
      for name in [first, second] { require(name, among: names, kind, "correlations", place) }
      if first == second {
        problems.append(ScenarioProblem("correlations: \(first) is paired with itself", at: place))
      } else if !pairs.insert([first, second]).inserted {
        problems.append(
          ScenarioProblem("correlations: \(first) and \(second) are paired twice", at: place))
      }
    }
    for pair in file.correlations { check(pair.first, pair.second, among: inputs, "input", pair.place) }
    for pair in file.seriesCorrelations {
      check(pair.first, pair.second, among: file.series.map(\.name), "series", pair.place)
    }
    for event in file.events {
      let subject = "events.\(event.name)"
      switch event.kind {
      case .start(_, let opens?): require(opens, among: assets, "asset", "\(subject).opens", event.place)
      case .interruption(let cut): require(cut.asset, among: assets, "asset", "\(subject).of", event.place)
      case .shock(let shock):
        require(
          shock.target, among: inputs + file.series.map(\.name), "input or series", "\(subject).of",
          event.place)
      default: break
      }
    }
    for question in file.questions {
      for intervention in question.interventions {
        let subject = "questions.\(question.name).do"
        switch symbols[intervention.name] {
        case .input(let index):
          if intervention.value == .infinity, !file.inputs[index].unit.isDate {
            problems.append(
              ScenarioProblem(
                "\(subject): never is a date, but \(intervention.name) is not a date", at: intervention.place)
            )
          }
        case .event(let index):
          if !file.events[index].hasDate {
            problems.append(
              ScenarioProblem(
                "\(subject): \(intervention.name) is a shock that acts every year and has no date",
                at: intervention.place))
          }
        default:
          let names = inputs + file.events.map(\.name)
          problems.append(
            ScenarioProblem(
              "\(subject): unknown event or input \"\(intervention.name)\""
                + suggestion(for: intervention.name, among: names), at: intervention.place))
        }
      }
    }
    return problems
  }

  /// Models that do not exist or refuse their options.
  private func modelProblems() -> [ScenarioProblem] {
    file.series.compactMap { part in
      do throws(ForecastError) {
        _ = try Registry.model(named: part.model, options: part.options)
        return nil
      } catch {
        return ScenarioProblem("series.\(part.name): \(error)", at: part.modelPlace)
      }
    }
  }

  /// Citations of sources dated after the day of the scenario.
  private func sourceProblems() -> [ScenarioProblem] {
    guard let asOf = file.asOf else { return [] }
    return file.citations.compactMap { citation in
      guard case .dated(let date) = dates[citation.source], date > asOf else { return nil }
      return ScenarioProblem(
        "\(citation.subject) cites \"\(citation.source)\", dated \(date), after as_of \(asOf)",
        at: citation.place)
    }
  }

  /// Sources without a date and sources that no table describes.
  var sourceWarnings: [String] {
    var seen: Set<String> = []
    return file.citations.compactMap { citation in
      guard seen.insert(citation.source).inserted else { return nil }
      switch dates[citation.source] {
      case .dated: return nil
      case .undated: return "\(citation.place): source \"\(citation.source)\" has no date"
      case .unknown:
        return
          "\(citation.place): source \"\(citation.source)\" is not in a table of sources, so its date is unknown"
      }
    }
  }
}

extension ScenarioFile {
  /// Assets that stand under two shared ceilings, or twice under one.
  var sharingProblems: [ScenarioProblem] {
    var owners: [String: String] = [:]
    var problems: [ScenarioProblem] = []
    for ceiling in ceilings {
      for (asset, place) in zip(ceiling.order, ceiling.places) {
        if let owner = owners.updateValue(ceiling.name, forKey: asset) {
          problems.append(
            ScenarioProblem(
              "ceilings.\(ceiling.name).order: \(asset) is listed \(owner == ceiling.name ? "twice" : "under \(owner) already")",
              at: place))
        }
      }
    }
    return problems
  }

  /// The names of what can be set on every path.
  var settableNames: [String] { inputs.map(\.name) + events.filter(\.hasDate).map(\.name) }

  /// What is wrong with a break-even question of the file; `units` are the units of the questions that compile.
  func problems(of part: BreakEvenQuestion, _ units: [String: Unit]) -> [ScenarioProblem] {
    let subject = "questions.\(part.name).break_even"
    var problems: [ScenarioProblem] = []
    func add(_ what: String, _ place: FilePlace) { problems.append(ScenarioProblem(what, at: place)) }
    if !settableNames.contains(part.varied) {
      add(
        "\(subject).vary: unknown input or dated event \"\(part.varied)\""
          + suggestion(for: part.varied, among: settableNames), part.variedPlace)
    }
    let names = questions.map(\.name)
    guard let asked = questions.first(where: { $0.name == part.question }) else {
      add(
        breakEvens.contains { $0.name == part.question }
          ? "\(subject).question: \(part.question) is itself a break-even; name a question about a quantity or condition"
          : "\(subject).question: unknown question \"\(part.question)\""
            + suggestion(for: part.question, among: names), part.questionPlace)
      return problems
    }
    let figure = part.figure ?? FigureName(kind: asked.probability ? .probability : .mean)
    if asked.probability != (figure.kind == .probability) {
      add(
        "\(subject).figure: \(asked.name) asks about "
          + (asked.probability
            ? "a condition, which has a probability, not a figure \(figure.text)"
            : "a quantity, which has no probability"),
        part.figurePlace)
    } else if let unit = units[asked.name], !unit.isDate,
      [.never, .notWithinHorizon, .quantileIfEver].contains(figure.kind)
    {
      add(
        "\(subject).figure: \(figure.text) is a figure of a date, but \(asked.name) is not a date",
        part.figurePlace
      )
    } else if figure.isShare, !(0...1).contains(part.target) {
      add("\(subject).reaches must be a share between 0 and 1, not \(part.target)", part.targetPlace)
    }
    return problems
  }
}
