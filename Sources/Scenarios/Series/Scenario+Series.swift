internal import Forecasting

extension Scenario {
  /// The dates of the sources that the data cite.
  private func dataDates() throws(ScenarioError) -> SourceDates {
    do throws(ForecastError) {
      return SourceDates(try data.sourceDates()).overridden(by: [:])
    } catch {
      throw ScenarioError("\(error)", at: FilePlace(file: file.name))
    }
  }

  /// Fits every series of the file, asked about or not.
  ///
  /// - Throws: `ScenarioError` with every series that cannot be had or fitted, each with its place, and with trees whose series cannot be
  ///   reconciled.
  public func validateSeries() throws(ScenarioError) {
    let all = try dataDates()
    var problems: [ScenarioProblem] = []
    var fitted: [String: SeriesPaths] = [:]
    for part in file.series {
      do throws(ScenarioError) {
        fitted[part.name] = try SeriesPaths.prepare(part, file, data, part.file == nil ? all : dates)
      } catch {
        problems += error.problems
      }
    }
    if !problems.isEmpty { throw ScenarioError(problems) }
    _ = try reconcile(fitted)
  }

  /// Fits the series that a program needs, and those whose paths theirs go with.
  func prepareSeries(_ program: Program) throws(ScenarioError) -> ([Int: SeriesPaths], [String]) {
    let all = try dataDates()
    var fitted: [String: SeriesPaths] = [:]
    func fit(_ part: FittedSeries) throws(ScenarioError) {
      if fitted[part.name] == nil {
        fitted[part.name] = try SeriesPaths.prepare(part, file, data, part.file == nil ? all : dates)
      }
    }
    var notes: [String] = []
    let asked = program.plan.series.sorted { $0.key < $1.key }
    for (index, years) in asked {
      let part = file.series[index]
      try fit(part)
      guard let paths = fitted[part.name] else { continue }
      for year in years.sorted() where paths.years[year] == nil {
        throw ScenarioError(
          "series.\(part.name) has no value for \(year): \(paths.gaps[year] ?? "it is not covered")",
          at: part.place)
      }
    }
    // Whoever asks, trees and groups are taken whole: another question changes no draw.
    for tree in file.fittedTrees where fitted.keys.contains(where: tree.names.contains) {
      for part in file.series where tree.names.contains(part.name) { try fit(part) }
    }
    if !file.seriesCorrelations.isEmpty, !fitted.isEmpty {
      let members = Set(file.seriesCorrelations.flatMap { [$0.first, $0.second] })
      for part in file.series where members.contains(part.name) { try fit(part) }
    }
    for (index, _) in asked { notes += fitted[file.series[index].name]?.notes ?? [] }
    let coupled = try couple(fitted)
    let reconciled = try reconcile(coupled.series)
    var series: [Int: SeriesPaths] = [:]
    for (index, _) in asked { series[index] = reconciled.series[file.series[index].name] }
    return (series, notes + coupled.notes + reconciled.notes)
  }
}
