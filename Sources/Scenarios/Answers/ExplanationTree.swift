internal import Forecasting

/// The parts below a quantity, each before its own parts, found by the names in expressions.
struct ExplanationTree {
  /// A part, before its values are known.
  struct Item {
    let depth: Int
    /// The part as an expression, with its year.
    let text: String
    let kind: String
    let formula: String
    let basis: Basis?
    let sources: [String]
    let place: FilePlace
    let isRepeated: Bool
  }

  let file: ScenarioFile
  private let symbols: SymbolTable
  /// The names that have a value every year.
  private let yearly: Set<String>
  /// Those of them that have a value every month.
  private let monthly: Set<String>
  private var seen: Set<String> = []
  private(set) var items: [Item] = []

  init(_ file: ScenarioFile, _ symbols: SymbolTable, yearly: Set<String>, monthly: Set<String>) {
    self.file = file
    self.yearly = yearly
    self.monthly = monthly
    self.symbols = symbols
  }

  /// Adds what an expression mentions, in the year it is asked for.
  mutating func add(_ source: SourcedExpression, at moment: Expression.Moment?, depth: Int) {
    for mention in source.expression.mentions {
      add(mention.name, at: mention.moment ?? moment, depth: depth)
    }
  }

  /// The deepest part that is shown.
  private static let deepest = 100

  mutating func add(_ name: String, at moment: Expression.Moment?, depth: Int) {
    guard depth <= ExplanationTree.deepest else { return }
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard let symbol = symbols[parts[0]] else { return }
    let text = moment.map { written(name, at: $0) } ?? name
    let isRepeated = !seen.insert(text).inserted
    func item(
      _ kind: String, _ formula: String, basis: Basis? = nil, sources: [String], _ place: FilePlace
    ) -> Item {
      Item(
        depth: depth, text: text, kind: kind, formula: formula, basis: basis, sources: sources, place: place,
        isRepeated: isRepeated)
    }
    switch symbol {
    case .input(let index):
      let input = file.inputs[index]
      items.append(
        item("input", input.formula(file.branches), basis: input.basis, sources: input.sources, input.place))
      guard !isRepeated else { return }
      addShocks(on: name, at: moment, depth: depth + 1)
    case .event(let index):
      let event = file.events[index]
      items.append(item("event", event.formula, sources: event.sources, event.place))
      guard !isRepeated else { return }
      for expression in event.expressions { add(expression, at: moment, depth: depth + 1) }
    case .asset(let index):
      let asset = file.assets[index]
      let part = parts.count == 2 ? parts[1] : "flow"
      let sources = part == "flow" ? asset.sources : cited(by: asset, part)
      items.append(
        item(
          "asset", formula(asset, part), sources: sources,
          part == "before_ceiling" && !sources.isEmpty ? asset.capacity.place : asset.place))
      guard !isRepeated else { return }
      addParts(of: asset, part, at: moment, depth: depth + 1)
    case .ceiling(let index):
      let ceiling = file.ceilings[index]
      let isLimit = parts.count == 2
      items.append(
        item(
          "ceiling", isLimit ? "max(\(ceiling.limit.text), 0)" : formula(ceiling, after: ceiling.order.count),
          sources: ceiling.sources, ceiling.place))
      guard !isRepeated else { return }
      if isLimit {
        add(ceiling.limit, at: moment, depth: depth + 1)
      } else {
        addParts(of: ceiling, after: ceiling.order.count, at: moment, depth: depth + 1)
      }
    case .series(let index):
      let series = file.series[index]
      let options = series.options.sorted { $0.key < $1.key }.map { ",\($0.key)=\($0.value)" }.joined()
      let from = series.from.map { " from \($0)" } ?? ""
      if let sum = file.fittedSum(of: name) {
        items.append(
          item(
            "series", sum.parts.joined(separator: " + "), sources: cited("series.\(series.name)"),
            series.place))
        guard !isRepeated else { return }
        for part in sum.parts { add(part, at: moment, depth: depth + 1) }
        return
      }
      let tree = file.fittedTrees.contains { $0.names.contains(name) }
      let reconciled = tree ? file.coherence?.method.map { ", reconciled by \($0.rawValue)" } ?? "" : ""
      items.append(
        item(
          "series", "joint paths of \(series.model)\(options) on \(series.data)\(from)\(reconciled)",
          sources: cited("series.\(series.name)"), series.place))
      guard !isRepeated else { return }
      addShocks(on: name, at: moment, depth: depth + 1)
    case .derived(let index):
      let derived = file.derived[index]
      items.append(
        item("derived", derived.expression.text, sources: cited("derived.\(derived.name)"), derived.place))
      guard !isRepeated else { return }
      add(derived.expression, at: moment, depth: depth + 1)
    }
  }

  /// A name in a month where it has months, in a year where it has years.
  private func written(_ name: String, at moment: Expression.Moment) -> String {
    guard yearly.contains(name) else { return name }
    let own = monthly.contains(name) ? moment : Expression.Moment(year: moment.year)
    return "\(name)[\(own.text)]"
  }

  private mutating func addShocks(on name: String, at moment: Expression.Moment?, depth: Int) {
    for event in file.events {
      guard case .shock(let shock) = event.kind, shock.target == name else { continue }
      if event.hasDate { add(event.name, at: nil, depth: depth) }
      if let when = shock.when { add(when, at: moment, depth: depth) }
    }
  }

  func cited(_ subject: String) -> [String] {
    file.citations.filter { $0.subject == subject }.map(\.source)
  }
}

extension Event {
  /// What it does, in one line.
  fileprivate var formula: String {
    switch kind {
    case .start(let at, _): at.text
    case .hazard(let after, let rate, _): "after \(after.text) at a hazard of \(rate) a year"
    case .interruption(let cut):
      "after \(cut.after.text) at a hazard of \(cut.rate) a year, for \(cut.lasts) years × \(cut.multiply.text)"
    case .shock(let shock):
      "\(shock.target) \(shock.multiplies ? "×" : "+") \(shock.law.text)"
        + (shock.timing.map { $0.text } ?? "")
    }
  }
}

extension ShockTiming {
  /// When it acts, in words.
  fileprivate var text: String {
    let begin =
      switch date {
      case .at(let at): " from \(at.text)"
      case .hazard(let after, let rate, _):
        (after.map { " after \($0.text)" } ?? "")
          + " at a hazard of \(rate) a year"
      }
    let whole = lasts > 0 ? ", for \(lasts) years" : ""
    return switch recovery {
    case .permanent: begin + ", for good"
    case .step: begin + whole
    case .linear(let years): begin + whole + ", then back over \(years) years"
    case .exponential(let halfLife): begin + whole + ", then back by half in \(halfLife) years"
    }
  }
}

extension Input {
  /// Its law, or its laws by branch.
  fileprivate func formula(_ branches: [Branch]) -> String {
    guard !byBranch.isEmpty else { return standard?.text ?? "" }
    let own = branches.compactMap { branch in byBranch[branch.name].map { "\(branch.name): \($0.text)" } }
    return (own + (standard.map { ["otherwise: \($0.text)"] } ?? [])).joined(separator: "; ")
  }
}

extension InputProfile {
  fileprivate var text: String {
    switch self {
    case .law(let law): law.text
    case .knots(let knots): knots.map { "\($0.year) \($0.law.text)" }.joined(separator: ", ")
    }
  }
}
