internal import ForecastModels
internal import Forecasting

/// What a scenario contains, once it is found sound.
public struct ScenarioCheck: Sendable, Hashable, Codable {
  /// The scenario's name.
  public let scenario: String
  /// The number of branches, inputs, events, assets, series, derived quantities and questions, and of shared ceilings if
  /// there are any.
  public let counts: [String: Int]
  /// Remarks that are no errors: undated sources, a missing basis.
  public let warnings: [String]
}

extension Scenario {
  /// Checks names, units, cycles, weights, dimensions and source dates, without drawing anything.
  ///
  /// - Throws: `ScenarioError` with every problem, each with its place.
  @discardableResult
  public func validate() throws(ScenarioError) -> ScenarioCheck {
    let check = try check(nil)
    try requireRoom(try program(answering: file.questions).program, file.run, runs: file.run.replicates)
    return check
  }

  /// The check, of the groups of some questions alone where they are named.
  @discardableResult
  func check(_ questions: [String]?) throws(ScenarioError) -> ScenarioCheck {
    var (compiler, found) = prepared()
    var collector = ProblemCollector(problems: found)
    for input in file.inputs {
      collector.attempt { () throws(CompileFailure) in _ = try compiler.value(of: input.name, at: input.place)
      }
    }
    for event in file.events where event.hasDate {
      collector.attempt { () throws(CompileFailure) in _ = try compiler.value(of: event.name, at: event.place)
      }
    }
    for asset in file.assets {
      collector.attempt { () throws(CompileFailure) in _ = try compiler.value(of: asset.name, at: asset.place)
      }
    }
    for ceiling in file.ceilings {
      collector.attempt { () throws(CompileFailure) in
        _ = try compiler.value(of: ceiling.name, at: ceiling.place)
      }
    }
    for series in file.series {
      collector.attempt { () throws(CompileFailure) in
        _ = try compiler.value(of: series.name, at: series.place)
      }
    }
    for derived in file.derived {
      collector.attempt { () throws(CompileFailure) in
        _ = try compiler.value(of: derived.name, at: derived.place)
      }
    }
    if let coherence = file.coherence {
      for sum in coherence.sums {
        collector.attempt { () throws(CompileFailure) in
          _ = try compiler.gaps(sum, tolerance: coherence.tolerance)
        }
      }
    }
    var outputs = OutputList()
    var units: [String: Unit] = [:]
    for question in file.questions {
      collector.attempt { () throws(CompileFailure) in
        units[question.name] = try compiler.compile(question, &outputs).unit
      }
    }
    for part in file.breakEvens { collector.add(problems(of: part, units)) }
    let problems = collector.problems.isEmpty ? groupProblems(questions) : collector.problems
    if !problems.isEmpty { throw ScenarioError(problems) }
    return ScenarioCheck(
      scenario: file.id,
      counts: (file.ceilings.isEmpty ? [:] : ["ceilings": file.ceilings.count]).merging([
        "branches": file.branches.count, "inputs": file.inputs.count, "events": file.events.count,
        "assets": file.assets.count, "series": file.series.count, "derived": file.derived.count,
        "questions": file.questionNames.count,
      ]) { $1 },
      warnings: (file.warnings + compiler.copula.repairs + coherenceWarnings).map(\.description)
        + sourceWarnings)
  }

  /// A compiler of this file and the problems that its parts show side by side.
  ///
  /// Correlated inputs named in `first` keep their own draws, and those after them follow by their law given them.
  func prepared(first: [String] = []) -> (Compiler, [ScenarioProblem]) {
    let symbols = SymbolTable(file)
    let copula = CopulaFactors(file.correlations, first: first)
    let problems =
      symbols.problems + inputProblems() + dimensionProblems() + referenceProblems(symbols) + copula.problems
      + sourceProblems() + modelProblems() + coherenceProblems(symbols) + file.sharingProblems
    return (Compiler(file, symbols: symbols, copula: copula), problems)
  }

  private func inputProblems() -> [ScenarioProblem] {
    var problems: [ScenarioProblem] = []
    let names = file.branches.map(\.name)
    for input in file.inputs {
      let subject = "inputs.\(input.name)"
      for branch in input.byBranch.keys.sorted() where !names.contains(branch) {
        problems.append(
          ScenarioProblem(
            "\(subject).by_branch: there is no branch \"\(branch)\""
              + suggestion(for: branch, among: names + ["default"]),
            at: input.branchPlaces[branch] ?? input.place))
      }
      if input.standard == nil {
        for name in names where input.byBranch[name] == nil {
          problems.append(
            ScenarioProblem(
              "\(subject).by_branch says nothing of branch \"\(name)\" and has no default", at: input.place))
        }
      }
      let profiles = input.byBranch.values.map { $0 } + (input.standard.map { [$0] } ?? [])
      if !input.unit.isDate, profiles.contains(.law(.never)) {
        problems.append(
          ScenarioProblem("\(subject): never is a date, and the unit is \(input.unit)", at: input.place))
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
          ScenarioProblem("\(name) is pinned to dimension \(dimension), which \(owner) has", at: place))
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
          "\(subject): there is no \(kind) \"\(name)\"" + suggestion(for: name, among: names), at: place))
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
                "\(subject): never is a date, and \(intervention.name) is none", at: intervention.place))
          }
        case .event(let index):
          if !file.events[index].hasDate {
            problems.append(
              ScenarioProblem(
                "\(subject): \(intervention.name) is a shock in every year and has no date",
                at: intervention.place))
          }
        default:
          let names = inputs + file.events.map(\.name)
          problems.append(
            ScenarioProblem(
              "\(subject): there is no event or input \"\(intervention.name)\""
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
          "\(citation.place): source \"\(citation.source)\" is in no table of sources, so its date is unknown"
      }
    }
  }
}

/// Collects the problems of parts that compile one after another.
struct ProblemCollector {
  private(set) var problems: [ScenarioProblem]

  init(problems: [ScenarioProblem] = []) { self.problems = problems }

  mutating func add(_ found: [ScenarioProblem]) { problems += found }

  mutating func attempt(_ compile: () throws(CompileFailure) -> Void) {
    do throws(CompileFailure) {
      try compile()
    } catch {
      if case .problem(let problem) = error, !problems.contains(problem) { problems.append(problem) }
    }
  }
}
