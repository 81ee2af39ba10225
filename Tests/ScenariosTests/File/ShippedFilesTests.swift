import Datasets
import Foundation
import Testing

@testable import Scenarios

@Suite("Shipped scenarios agree")
struct ShippedFilesTests {
  /// Every shipped scenario that stands on its own, read with the parts that it shares.
  private static func shipped() throws -> [(name: String, file: ScenarioFile)] {
    let folder = try Datasets.path(of: "scenarios/power-of-siberia-2.yaml")
      .replacingOccurrences(of: "power-of-siberia-2.yaml", with: "")
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
      .sorted()
      .map { ($0, try Scenario(contentsOf: folder + $0, data: BundledSeries()).file) }
  }

  @Test("no two of one date say different things of one quantity")
  func quantitiesAgree() throws {
    let files = try Self.shipped()
    #expect(files.count >= 11)
    var seen: [String: (file: String, text: String)] = [:]
    var shared = 0
    for (name, file) in files {
      // What says what a quantity is; a question's id is its file's own.
      var parts: [(kind: String, name: String, text: String)] = []
      parts += file.inputs.map { ("input", $0.name, "\($0)") }
      parts += file.events.map { ("event", $0.name, "\($0)") }
      parts += file.assets.map { ("asset", $0.name, "\($0)") }
      parts += file.series.map { ("series", $0.name, "\($0)") }
      parts += file.derived.map { ("derived", $0.name, "\($0)") }
      let date = try #require(file.asOf, "\(name) has no as_of")
      for part in parts {
        let key = "\(date) \(part.name)"
        if let other = seen[key] {
          shared += 1
          #expect(
            other.text == part.text, "\(part.kind) \(part.name) differs between \(other.file) and \(name)")
        } else {
          seen[key] = (name, part.text)
        }
      }
    }
    // The flagship shares Power of Siberia-1, the Far Eastern route and trade with files of their own.
    #expect(shared >= 30)
  }

  @Test("every shipped scenario is sound, and its numbers say where they come from")
  func allAreSound() throws {
    for (name, file) in try Self.shipped() {
      #expect(!file.questions.isEmpty, "\(name)")
      for input in file.inputs { #expect(input.basis != nil, "\(name): \(input.name)") }
    }
  }
}
