internal import Forecasting

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
      figures.rows = rows(of: compiled, estimation, &figures.notes)
      // Of a date +∞ is never; of anything else it is a sum beyond the range of numbers.
      if !compiled.unit.isDate, let row = figures.rows.first(where: { $0.value == nil }) {
        throw failure(
          question, "the \(row.name.text) of \(question.subject.text) is beyond the range of numbers, 1.8e308"
        )
      }
      if question.given != nil, size < 200 {
        figures.notes.append("only \(size) paths satisfy the condition, so the answer is imprecise")
      }
      let empty = compiled.weight.map { estimation.empty($0) } ?? 0
      if empty > 0 {
        figures.notes.append(
          "\(empty) of \(estimation.execution.settings.replicates) replicates have no path that satisfies the condition, so "
            + "there are no standard errors")
      }
    }
    if estimation.execution.settings.replicates < 2 {
      figures.notes.append("a single replicate gives no standard errors")
    }
    return figures
  }

  /// The share of the sum of squares from which one path makes the error of a mean unknown.
  private static let heavy = 0.1

  private func rows(
    of compiled: CompiledQuestion, _ estimation: Estimation, _ notes: inout [String]
  ) -> [AnswerRow] {
    let question = compiled.question
    var rows: [AnswerRow] = []
    func add(_ kind: AnswerRow.Kind, _ estimate: (value: Double, error: Double?)?, at level: Double? = nil) {
      guard let estimate else { return }
      rows.append(AnswerRow(kind: kind, level: level, value: estimate.value, standardError: estimate.error))
    }
    func addQuantiles(_ kind: AnswerRow.Kind, of column: Int, finiteOnly: Bool) {
      let all = estimation.quantiles(
        question.quantiles, column: column, condition: compiled.conditionColumn, finiteOnly: finiteOnly)
      for (index, level) in question.quantiles.enumerated() {
        guard let found = all?[index] else { continue }
        add(kind, (found.value, found.error), at: level)
        if let jump = found.jump {
          notes.append(
            "\(FigureName(kind: kind, level: level).text): the distribution jumps there, with "
              + "\(NumberText.significant(100 * jump, 2)) % of the paths at one value, so the standard error is not known"
          )
        }
      }
    }
    if let sum = compiled.probability { add(.probability, estimation.ratio(sum, compiled.weight)) }
    if let sum = compiled.mean, var estimate = estimation.ratio(sum, compiled.weight) {
      let share = compiled.column.flatMap {
        estimation.largestShare(column: $0, condition: compiled.conditionColumn)
      }
      if let share, share >= Self.heavy, let error = estimate.error, error > 0 {
        estimate.error = nil
        notes.append(
          "mean: one path carries \(NumberText.significant(100 * share, 2)) % of the variance, so the tail is heavy or the case is "
            + "rare; the standard error is not known (replicates show \(NumberText.significant(error, 3)))")
      }
      add(.mean, estimate)
    }
    if let column = compiled.column, !question.quantiles.isEmpty {
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
