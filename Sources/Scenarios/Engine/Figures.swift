/// The figures of a question, from what its program found.
struct Figures {
  /// The figures in the order asked.
  var rows: [AnswerRow] = []
  /// The number of paths that count.
  let paths: Int
  /// The unit of means and quantiles.
  let unit: String
  var notes: [String] = []

  /// The first figure of a kind.
  func row(_ kind: AnswerRow.Kind) -> AnswerRow? { rows.first { $0.kind == kind } }
}

extension CheckedScenario {
  /// The figures of a question.
  ///
  /// - Throws: `ScenarioError` for a quantity that is not a number, or is infinite without being a date, on some path that counts.
  func figures(
    of compiled: CompiledQuestion, _ estimation: Estimation, _ drawing: Drawing
  ) throws(ScenarioError) -> Figures {
    let question = compiled.question
    let size = compiled.weight.map { Int(estimation.total($0)) } ?? estimation.paths
    let invalid = Int(estimation.total(compiled.invalid))
    let infinite = compiled.infinite.map { Int(estimation.total($0)) } ?? 0
    guard invalid + infinite == 0 else {
      throw try fault(
        compiled, isInfinite: invalid == 0, on: invalid == 0 ? infinite : invalid, of: size, drawing)
    }
    var figures = Figures(paths: size, unit: question.probability ? "1" : compiled.unit.text)
    if size == 0 {
      figures.notes.append("no path satisfies \(question.given?.text ?? "the condition")")
    } else {
      figures.rows = rows(of: compiled, estimation)
      if question.given != nil, size < 200 {
        figures.notes.append("only \(size) paths satisfy the condition, so the answer is imprecise")
      }
    }
    if estimation.execution.settings.replicates < 2 {
      figures.notes.append("a single replicate gives no standard errors")
    }
    return figures
  }

  private func rows(of compiled: CompiledQuestion, _ estimation: Estimation) -> [AnswerRow] {
    let question = compiled.question
    var rows: [AnswerRow] = []
    func add(_ kind: AnswerRow.Kind, _ estimate: (value: Double, error: Double?)?, at level: Double? = nil) {
      guard let estimate else { return }
      rows.append(AnswerRow(kind: kind, level: level, value: estimate.value, standardError: estimate.error))
    }
    func addQuantiles(_ kind: AnswerRow.Kind, of column: Int, finiteOnly: Bool) {
      let all = estimation.quantiles(
        question.quantiles, column: column, condition: compiled.conditionColumn, finiteOnly: finiteOnly)
      for (index, level) in question.quantiles.enumerated() { add(kind, all?[index], at: level) }
    }
    if let sum = compiled.probability { add(.probability, estimation.ratio(sum, compiled.weight)) }
    if let sum = compiled.mean { add(.mean, estimation.ratio(sum, compiled.weight)) }
    if let column = compiled.column {
      addQuantiles(.quantile, of: column, finiteOnly: false)
      if compiled.unit.isDate, let never = compiled.never, estimation.total(never) > 0 {
        addQuantiles(.quantileIfEver, of: column, finiteOnly: true)
      }
    }
    for (index, level) in question.exceed.enumerated() {
      add(.exceed, estimation.ratio(compiled.exceed[index], compiled.weight), at: level)
    }
    if let never = compiled.never { add(.never, estimation.ratio(never, compiled.weight)) }
    if let beyond = compiled.beyond { add(.notWithinHorizon, estimation.ratio(beyond, compiled.weight)) }
    return rows
  }
}
