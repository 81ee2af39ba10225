public import Forecasting

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A scenario file, read and ready to be checked and run.
///
/// A scenario joins fitted forecasts with dated structural events: branches, uncertain inputs, starts and interruptions,
/// assets with capacity, ramp and ceiling, derived quantities and questions. The guide *Scenarios* says what each key means.
public struct Scenario: Sendable {
  /// What the file says.
  public internal(set) var file: ScenarioFile
  /// The text of the file.
  public let text: String
  /// The texts of the files that it extends, in the order they were read.
  public let bases: [String]
  /// The names of the file's own overrides that apply, in order.
  public let named: [String]
  /// The values set in place of the file's.
  public let overrides: [ScenarioOverride]
  /// The branch that is made certain, if one is.
  public let branch: String?
  /// Where series come from.
  package let data: any SeriesSource
  /// The dates of the sources that the data cite.
  let dataDates: SourceDates
  /// The same with the file's own table of sources.
  let dates: SourceDates

  /// The scenario in a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - data: where series and the dates of sources come from.
  ///   - named: names of overrides in the file, applied in order before `overrides`.
  ///   - overrides: values that take the place of the file's, in order.
  ///   - branch: a branch that is made certain.
  /// - Throws: `ScenarioError` with every problem found in reading, each with its place.
  public init(
    contentsOf path: String, data: any SeriesSource = GivenSeries(), named: [String] = [],
    overrides: [ScenarioOverride] = [], branch: String? = nil
  ) throws(ScenarioError) {
    let text: String
    do throws(ForecastError) {
      text = try ScenarioText.read(path)
    } catch {
      throw ScenarioError(unreadable: error, file: path)
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    try self.init(
      yaml: text, file: path, folder: folder, data: data, named: named, overrides: overrides, branch: branch)
  }

  /// The scenario of a YAML text.
  ///
  /// - Parameters:
  ///   - yaml: the text.
  ///   - file: its name in messages.
  ///   - folder: the folder, with a final slash, that the text's own file names start from.
  ///   - data: where series and the dates of sources come from.
  ///   - named: names of overrides in the file, applied in order before `overrides`.
  ///   - overrides: values that take the place of the file's, in order.
  ///   - branch: a branch that is made certain.
  /// - Throws: `ScenarioError` with every problem found in reading, each with its place.
  public init(
    yaml: String, file: String = "scenario", folder: String = "", data: any SeriesSource = GivenSeries(),
    named: [String] = [], overrides: [ScenarioOverride] = [], branch: String? = nil
  ) throws(ScenarioError) {
    text = yaml
    let document = try ScenarioDocument(yaml, file: file, folder: folder)
    bases = document.bases
    self.named = named
    self.overrides = overrides
    self.branch = branch
    self.file = try ScenarioFile.read(
      document, file: file, named: named, overrides: overrides, branch: branch)
    self.file.placeSeriesFiles(folder)
    try self.file.lookUpRamps(data)
    self.file.lookUpRules(data)
    self.data = data
    do throws(ForecastError) {
      dataDates = SourceDates(try data.sourceDates())
      var dates = dataDates
      if let name = self.file.sourcesFile {
        let path = name.hasPrefix("/") ? name : folder + name
        let table = try CSVTable(path: path)
        let id = try table.requiredColumn("source_id")
        let date = try table.requiredColumn("date")
        var own: [String: String] = [:]
        for row in table.rows { own[row.fields[id]] = row.fields[date] }
        dates = dates.overridden(by: own)
      }
      self.dates = dates
    } catch {
      throw ScenarioError("sources: \(error)", at: FilePlace(file: file))
    }
  }

  /// The SHA-256 of the text and of the texts that it extends, as 64 hexadecimal digits.
  public var textHash: String { ContentHash(([text] + bases).joined()).description }
}

extension Scenario {
  /// The scenario with every question asked under a further condition and with dates or values set on every path.
  ///
  /// A condition keeps the paths on which it holds and changes what is believed of their causes; an intervention sets a date
  /// or an input whatever causes it and leaves those alone.
  ///
  /// - Parameters:
  ///   - given: a condition on the paths that count, such as `first_gas < 2035`.
  ///   - interventions: dates, decimal years or +∞ for never, and values by the name of an event or input.
  /// - Throws: `ScenarioError` for a text that is no expression, its place counting its characters, a name that is no event or input,
  ///   and a value that is no number.
  public func conditioned(
    given: String? = nil, interventions: [(name: String, value: Double)] = []
  ) throws(ScenarioError) -> Scenario {
    let condition = try given.map { text throws(ScenarioError) in try SourcedExpression(outside: text) }
    try checkInterventions(interventions)
    var copy = self
    for index in copy.file.questions.indices {
      let question = copy.file.questions[index]
      if let condition {
        copy.file.questions[index].given =
          question.given.map { own in
            SourcedExpression(
              text: "(\(own.text)) and (\(condition.text))", place: own.place,
              expression: .binary(.and, own.expression, condition.expression, offset: 0))
          } ?? condition
      }
      for intervention in interventions {
        let place = FilePlace(file: "\"\(intervention.name)\"", line: 1, column: 1)
        copy.file.questions[index].interventions.removeAll { $0.name == intervention.name }
        copy.file.questions[index].interventions.append(
          Intervention(name: intervention.name, value: intervention.value, place: place))
      }
    }
    return copy
  }

  /// - Throws: `ScenarioError` for a name that is no event or input, and for a value that is no number.
  func checkInterventions(_ interventions: [(name: String, value: Double)]) throws(ScenarioError) {
    let names = file.events.map(\.name) + file.inputs.map(\.name)
    for intervention in interventions {
      guard names.contains(intervention.name) else {
        throw ScenarioError(
          "unknown event or input \"\(intervention.name)\""
            + suggestion(for: intervention.name, among: names),
          at: FilePlace(file: file.name))
      }
      guard !intervention.value.isNaN else {
        throw ScenarioError(
          "the value set for \(intervention.name) is not a number", at: FilePlace(file: file.name))
      }
    }
  }
}
