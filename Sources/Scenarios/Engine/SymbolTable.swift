/// What each name of a scenario stands for.
struct SymbolTable {
  enum Symbol: Equatable {
    case input(Int)
    case event(Int)
    case asset(Int)
    case ceiling(Int)
    case series(Int)
    case derived(Int)
  }

  private var symbols: [String: Symbol] = [:]
  /// The names in the order of the file.
  private(set) var names: [String] = []
  /// Names that are used twice.
  private(set) var problems: [ScenarioProblem] = []

  init(_ file: ScenarioFile) {
    for (index, part) in file.inputs.enumerated() { add(part.name, .input(index), part.place) }
    for (index, part) in file.events.enumerated() { add(part.name, .event(index), part.place) }
    for (index, part) in file.assets.enumerated() { add(part.name, .asset(index), part.place) }
    for (index, part) in file.ceilings.enumerated() { add(part.name, .ceiling(index), part.place) }
    for (index, part) in file.series.enumerated() { add(part.name, .series(index), part.place) }
    for (index, part) in file.derived.enumerated() { add(part.name, .derived(index), part.place) }
  }

  private mutating func add(_ name: String, _ symbol: Symbol, _ place: FilePlace) {
    if symbols[name] != nil {
      problems.append(ScenarioProblem("the name \"\(name)\" is used twice", at: place))
      return
    }
    symbols[name] = symbol
    names.append(name)
  }

  subscript(_ name: String) -> Symbol? { symbols[name] }

  /// Where the file says what a name, or a part of it, is.
  func place(of name: String, in file: ScenarioFile) -> FilePlace? {
    switch symbols[name.split(separator: ".", maxSplits: 1).first.map(String.init) ?? name] {
    case .input(let index): file.inputs[index].place
    case .event(let index): file.events[index].place
    case .asset(let index): file.assets[index].place
    case .ceiling(let index): file.ceilings[index].place
    case .series(let index): file.series[index].place
    case .derived(let index): file.derived[index].place
    case nil: nil
    }
  }

  /// The unit of an input or series, in which a shock adds; years to a date.
  func unit(of name: String, in file: ScenarioFile) -> Unit {
    switch symbols[name] {
    case .input(let index): file.inputs[index].unit.isDate ? .year : file.inputs[index].unit
    case .series(let index): file.series[index].yearlyUnit
    default: .one
    }
  }

  /// Whether a name is that of a derived quantity.
  func isDerived(_ name: String) -> Bool { if case .derived = symbols[name] { true } else { false } }

  func input(_ name: String, in file: ScenarioFile) -> Input? {
    guard case .input(let index) = symbols[name] else { return nil }
    return file.inputs[index]
  }
}
