internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Foundation
internal import Reports
internal import Scenarios

/// `foresight scenario list`: the bundled scenarios.
struct ScenarioListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the bundled scenarios, or those of a folder.",
    discussion: """
      Files that extend a scenario are listed as scenarios of their own. Every other command takes the names listed.

      EXAMPLES
        foresight scenario list
        foresight scenario list my-folder --format json
      """)

  @Argument(
    help: ArgumentHelp("A folder of scenario files. (default: the bundled ones)", valueName: "folder"))
  var folder: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    let place: String
    if let folder {
      place = folder
    } else {
      let path = try Datasets.path(of: "scenarios/power-of-siberia-2.yaml")
      place = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: place) else {
      throw Failure(.input, "cannot read the folder \(place)")
    }
    var rows: [ScenarioFile] = []
    for name in names.sorted() where name.hasSuffix(".yaml") {
      rows.append(try Scenario(contentsOf: "\(place)/\(name)", data: BundledSeries()).file)
    }
    let isBundled = folder == nil
    try output.emit(
      Report {
        Table("", rows) {
          Column("name", "Name") { file in
            let name = file.name.split(separator: "/").last.map(String.init) ?? file.name
            return isBundled ? String(name.dropLast(5)) : file.name
          }
          Column("title", "Title") { $0.title }.last()
          Column("as_of", "As of") { $0.asOf?.description }
          Column("from", "From") { $0.horizon.from }
          Column("to", "To") { $0.horizon.to }
          Column("questions", "Questions") { $0.questions.count + $0.breakEvens.count }
        }
      })
  }
}
