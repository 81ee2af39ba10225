internal import Forecasting

/// Fits the series of a scenario, couples those that are correlated, and reconciles those of a tree.
struct SeriesFitting: Sendable {
  let file: ScenarioFile
  let data: any SeriesSource
  /// The dates of the sources that the data cite.
  let dataDates: SourceDates
  /// The same with the scenario's own table of sources, which dates the series in files of its own.
  let ownDates: SourceDates

  private func fit(_ part: FittedSeries) throws(ScenarioError) -> SeriesPaths {
    try SeriesPaths.prepare(part, file, data, part.file == nil ? dataDates : ownDates)
  }

  /// Fits every series of the file, whether or not a question asks about it.
  ///
  /// - Throws: `ScenarioError` with every series that is missing or cannot be fitted, each with its place, or with trees whose
  ///   series cannot be reconciled.
  func validate() throws(ScenarioError) {
    var problems: [ScenarioProblem] = []
    var fitted: [String: SeriesPaths] = [:]
    for part in file.series {
      do throws(ScenarioError) {
        fitted[part.name] = try fit(part)
      } catch {
        problems += error.problems
      }
    }
    if !problems.isEmpty { throw ScenarioError(problems) }
    _ = try reconcile(fitted)
  }

  /// The series that a program needs in the years that it needs, by their index in the file, with notes about them.
  func prepare(_ asked: [Int: Set<Int>]) throws(ScenarioError) -> (
    series: [Int: SeriesPaths], notes: [String]
  ) {
    var fitted: [String: SeriesPaths] = [:]
    func include(_ part: FittedSeries) throws(ScenarioError) {
      if fitted[part.name] == nil { fitted[part.name] = try fit(part) }
    }
    var notes: [String] = []
    let asked = asked.sorted { $0.key < $1.key }
    for (index, years) in asked {
      let part = file.series[index]
      try include(part)
      guard let paths = fitted[part.name] else { continue }
      for year in years.sorted() where paths.years[year] == nil {
        throw ScenarioError(
          "series.\(part.name) has no value for \(year): \(paths.gaps[year] ?? "the year is not covered")",
          at: part.place)
      }
    }
    // Trees and groups are always complete, so asking another question does not change any draw.
    for tree in file.fittedTrees where fitted.keys.contains(where: tree.names.contains) {
      for part in file.series where tree.names.contains(part.name) { try include(part) }
    }
    if !file.seriesCorrelations.isEmpty, !fitted.isEmpty {
      let members = Set(file.seriesCorrelations.flatMap { [$0.first, $0.second] })
      for part in file.series where members.contains(part.name) { try include(part) }
    }
    for (index, _) in asked { notes += fitted[file.series[index].name]?.notes ?? [] }
    let coupled = try couple(fitted)
    let reconciled = try reconcile(coupled.series)
    var series: [Int: SeriesPaths] = [:]
    for (index, _) in asked { series[index] = reconciled.series[file.series[index].name] }
    return (series, notes + coupled.notes + reconciled.notes)
  }
}
