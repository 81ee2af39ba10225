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
  let data: any SeriesSource
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
      text = try TextFile.text(path: path)
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
    self.data = data
    do throws(ForecastError) {
      var dates = SourceDates(try data.sourceDates())
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

  /// A hash of the text, and of those it extends (FNV-1a, 64 bits).
  public var textHash: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in ([text] + bases).joined().utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
