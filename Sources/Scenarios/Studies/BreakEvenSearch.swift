internal import Forecasting

/// The figure of a question at several values of the varied input or date, all on the same draws.
struct BreakEvenSearch {
  let checked: CheckedScenario
  let question: Question
  let name: String
  let kind: AnswerRow.Kind
  let drawing: Drawing
  /// The unit of the figure.
  private(set) var unit = "1"
  private(set) var evaluations = 0
  private(set) var notes: [String] = []
  private var series: [Int: SeriesPaths]?

  init(checked: CheckedScenario, question: Question, name: String, kind: AnswerRow.Kind, drawing: Drawing) {
    self.checked = checked
    self.question = question
    self.name = name
    self.kind = kind
    self.drawing = drawing
  }

  private var settings: RunSettings { drawing.settings }

  /// The ends of ten equal cells.
  private static func ends(_ low: Double, _ high: Double) -> [Double] {
    (0...10).map { $0 == 10 ? high : low + (high - low) * Double($0) / 10 }
  }

  /// The figure at the ends of ten equal cells of a range; of one replicate if it is named.
  mutating func scan(_ range: ClosedRange<Double>, replicate: Int? = nil) throws(ScenarioError) -> [BreakEven
    .Point]
  {
    try points(at: BreakEvenSearch.ends(range.lowerBound, range.upperBound), replicate: replicate)
  }

  /// The ends of the cell, a millionth of the scan wide, in which the figure first reaches a target; `nil` if it does not.
  mutating func crossing(
    _ scan: [BreakEven.Point], _ target: Double, rises: Bool, replicate: Int? = nil
  ) throws(ScenarioError) -> (low: BreakEven.Point, high: BreakEven.Point)? {
    func reaches(_ point: BreakEven.Point) -> Bool { rises ? point.figure >= target : point.figure <= target }
    guard let first = scan.firstIndex(where: reaches), first > 0 || scan[0].figure == target else {
      return nil
    }
    var (low, high) = (scan[max(0, first - 1)], scan[first])
    // Five times a tenth of a tenth is a millionth.
    for _ in 0..<5 where low.value < high.value {
      let inner = BreakEvenSearch.ends(low.value, high.value).dropFirst().dropLast()
      let all = [low] + (try points(at: inner, replicate: replicate)) + [high]
      let next = all.dropFirst().firstIndex(where: reaches) ?? all.count - 1
      (low, high) = (all[next - 1], all[next])
    }
    return (low, high)
  }

  /// Where the straight line between two points reaches a target.
  static func value(_ cell: (low: BreakEven.Point, high: BreakEven.Point), _ target: Double) -> Double {
    let rise = cell.high.figure - cell.low.figure
    let share = rise == 0 ? 1 : (target - cell.low.figure) / rise
    return cell.low.value + share * (cell.high.value - cell.low.value)
  }

  /// The standard error of the crossing: each replicate is searched by itself.
  mutating func standardError(
    _ range: ClosedRange<Double>, _ target: Double, rises: Bool
  ) throws(ScenarioError) -> Double? {
    guard settings.replicates > 1 else { return nil }
    var single: [Double] = []
    for replicate in 0..<settings.replicates {
      let own = try scan(range, replicate: replicate)
      guard let cell = try crossing(own, target, rises: rises, replicate: replicate) else { continue }
      single.append(BreakEvenSearch.value(cell, target))
    }
    guard single.count == settings.replicates else {
      notes.append(
        "\(settings.replicates - single.count) of \(settings.replicates) replicates do not reach the target in the range, so there is no "
          + "standard error")
      return nil
    }
    return Estimation.standardError(single)
  }

  /// The figure at each of some values, computed side by side.
  private mutating func points(
    at values: some Collection<Double>, replicate: Int?
  ) throws(ScenarioError) -> [BreakEven.Point] {
    let asked = values.map { value in
      var copy = question
      copy.interventions.removeAll { $0.name == name }
      copy.interventions.append(Intervention(name: name, value: value, place: question.place))
      return copy
    }
    let answers = try checked.program(answering: asked)
    let program = answers.program
    try checked.requireRoom(program, settings, runs: replicate == nil ? settings.replicates : 1)
    let fitted: [Int: SeriesPaths]
    if let series {
      fitted = series
    } else {
      let prepared = try checked.fitting.prepare(program.plan.series)
      (fitted, series) = (prepared.series, prepared.series)
      notes += prepared.notes
    }
    var designs: [Design] = []
    for replicate in replicate.map({ $0...$0 }) ?? 0...(settings.replicates - 1) {
      designs.append(
        Design(
          uniforms: try checked.sources(program, settings, replicate: replicate), seriesReplicate: replicate))
    }
    let estimation = Estimation(
      execution: program.execute(settings, designs, threads: drawing.threads, series: fitted))
    if replicate == nil { evaluations += asked.count }
    var points: [BreakEven.Point] = []
    for (value, question) in zip(values, answers.questions) {
      let figures = try checked.figures(of: question, estimation, drawing)
      guard let row = figures.row(kind) ?? figures.row(fallback),
        let figure = row.value
      else {
        throw checked.failure(
          self.question,
          "\(kind.rawValue) does not exist where \(name) is \(value): "
            + (figures.paths == 0 ? "no path satisfies the condition" : "it is never"))
      }
      if kind == .mean || kind == .quantile || kind == .quantileIfEver { unit = figures.unit }
      if replicate == nil { notes += figures.notes.filter { !notes.contains($0) } }
      points.append(BreakEven.Point(value: value, figure: figure, standardError: row.standardError))
    }
    return points
  }

  /// If every path has a date, the quantiles over paths with a date are the quantiles over all paths.
  private var fallback: AnswerRow.Kind { kind == .quantileIfEver ? .quantile : kind }

  /// How a figure reverses by more than two standard errors; notes a smaller reversal.
  mutating func turn(_ scan: [BreakEven.Point], rises: Bool) -> String? {
    for (a, b) in zip(scan, scan.dropFirst()) {
      let back = rises ? a.figure - b.figure : b.figure - a.figure
      guard back > 1e-12 * max(abs(a.figure), abs(b.figure)) else { continue }
      guard back <= 2 * max(a.standardError ?? 0, b.standardError ?? 0) else {
        return "the figure is not monotone; it goes \(rises ? "up" : "down") over the range, but from "
          + "\(NumberText.significant(a.figure, 6)) at \(a.value) to \(NumberText.significant(b.figure, 6)) at \(b.value)"
      }
      notes.append(
        "the figure turns back between \(a.value) and \(b.value), by less than two standard errors")
    }
    return nil
  }
}
