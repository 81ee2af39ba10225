import Foundation
import TestSupport
import Testing

/// Published results and those of peers, one command of the tool each, over the series in `Fixtures/published`.
///
/// Every pass runs the commands that are cheap in a debug build; `FORESIGHT_PUBLISHED=all` runs all. A row never gets worse: it keeps
/// the digits that it has in common with the reference, or the likelihood or criterion that is better.
@Suite struct PublishedTests {
  private static let folder = Bundle.module.url(
    forResource: "published", withExtension: nil, subdirectory: "Fixtures")

  private static let rows: [PublishedRow] = {
    guard let folder, let data = try? Data(contentsOf: folder.appending(path: "rows.json")),
      let rows = try? JSONDecoder().decode([PublishedRow].self, from: data)
    else { return [] }
    return rows
  }()

  private static let runsAll = ProcessInfo.processInfo.environment["FORESIGHT_PUBLISHED"] == "all"

  /// The compared rows by command.
  private static let commands: [String] = {
    let compared = rows.filter { [.agrees, .better, .worse].contains($0.verdict) && !$0.path.isEmpty }
    return Set(compared.filter { runsAll || $0.isCheap }.map(\.command)).sorted()
  }()

  @Test func `every row says where it comes from`() {
    #expect(Self.rows.count == 863)
    for row in Self.rows {
      #expect(!row.source.isEmpty, "\(row.family), \(row.name), \(row.what)")
      if row.verdict == .agrees || row.verdict == .better {
        #expect(row.command.hasPrefix("foresight "), "\(row.family), \(row.name), \(row.what)")
      }
    }
    #expect(!Self.rows.contains { $0.verdict == .worse })
    #expect(Self.commands.count > 100)
  }

  @Test(arguments: commands) func `published values are reached`(_ command: String) throws {
    let folder = try #require(Self.folder)
    let arguments = command.split(separator: " ").dropFirst().map { argument in
      argument.hasPrefix("inputs/") ? folder.appending(path: String(argument)).path : String(argument)
    }
    let run = try Tool.run(Array(arguments))
    #expect(run.status == 0, "\(command): \(run.errors)")
    let document = try run.json()
    for row in Self.rows where row.command == command && !row.path.isEmpty {
      let place: Comment = "\(row.family), \(row.name), \(row.what): \(command)"
      guard row.verdict == .agrees || row.verdict == .better else { continue }
      guard let found = row.values(in: document) else {
        Issue.record("\(place): no value at \(row.path)")
        continue
      }
      if row.verdict == .agrees {
        // Rounding of printed references leaves a third of a digit open.
        #expect(PublishedRow.digits(found, row.reference) >= row.digits - 0.3, place)
      } else {
        let size = 1e-6 * max(abs(row.recorded[0]), 1)
        let gain = row.isLikelihood ? found[0] - row.recorded[0] : row.recorded[0] - found[0]
        #expect(gain > -size, place)
      }
    }
  }
}
