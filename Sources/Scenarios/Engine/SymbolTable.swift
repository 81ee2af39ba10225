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

  func input(_ name: String, in file: ScenarioFile) -> Input? {
    guard case .input(let index) = symbols[name] else { return nil }
    return file.inputs[index]
  }
}
