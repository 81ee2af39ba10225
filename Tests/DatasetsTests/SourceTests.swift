import Datasets
import Forecasting
import Foundation
import Testing

@Suite struct SourceTests {
  /// The bundled files of an ending, by their path below the data's folder.
  func files(_ ending: String) throws -> [String] {
    let root = try URL(filePath: Datasets.path(of: "sources.csv")).deletingLastPathComponent()
    var found: [String] = []
    for folder in ["trade", "energy", "prices", "scenarios"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
      found += names.filter { $0.hasSuffix(ending) }.map { folder + "/" + $0 }
    }
    return found.sorted()
  }

  @Test func `every source id of every series and table resolves`() throws {
    let sources = try Datasets.sources()
    #expect(sources.count == 138)
    #expect(Set(sources.map(\.id)).count == 138)
    let files = try files(".csv").filter { !$0.hasPrefix("scenarios/") }
    #expect(files.count == 24)
    var references = 0
    for file in files {
      let table = try Datasets.table(file)
      let column = try table.requiredColumn("source_id")
      for row in table.rows {
        let text = row.fields[column]
        let reference = try #require(SourceReference(text), "\(file):\(row.line): \(text)")
        _ = try reference.resolved(in: sources)
        references += 1
      }
    }
    #expect(references > 3000)
  }

  @Test func `claims and contradictions cite known sources`() throws {
    let known = Set(try Datasets.sources().map(\.id))
    for claim in try Datasets.claims() { #expect(known.isSuperset(of: claim.sources)) }
    let table = try Datasets.table("contradictions.csv")
    let column = try table.requiredColumn("sources")
    #expect(table.rows.count == 17)
    for row in table.rows {
      let ids = row.fields[column].split(separator: "/").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(!ids.isEmpty && known.isSuperset(of: ids), "line \(row.line)")
    }
  }

  @Test func `every source of every scenario resolves in the scenarios' own list`() throws {
    let table = try Datasets.table("scenarios/sources.csv")
    let known = Set(table.rows.map { $0.fields[0] })
    #expect(known.count == table.rows.count)
    let scenarios = try files(".yaml")
    #expect(scenarios.contains("scenarios/power-of-siberia-2.yaml"))
    for file in scenarios {
      let text = try String(contentsOfFile: Datasets.path(of: file), encoding: .utf8)
      let lists = text.matches(of: /\bsrc:\s*\[([^\]]*)\]/)
      var cited: Set<String> = []
      for list in lists {
        for id in list.1.split(separator: ",") {
          cited.insert(id.trimmingCharacters(in: .whitespacesAndNewlines))
        }
      }
      #expect(known.isSuperset(of: cited), "\(file): \(cited.subtracting(known))")
      // Each `src` is a list in brackets, so that none escaped the pattern.
      #expect(text.matches(of: /\bsrc:/).count == lists.count, "\(file)")
    }
  }

  @Test func `references of each form give their ids`() throws {
    #expect(SourceReference("a1")?.ids == ["a1"])
    #expect(SourceReference("derived:a-b")?.ids == ["a", "b"])
    #expect(SourceReference("derived:a-a-b")?.ids == ["a", "b"])
    #expect(SourceReference("identity(a)")?.ids == ["a"])
    #expect(
      SourceReference("derived:derived:identity(a)-derived:identity(b)-c_2")?.ids == ["a", "b", "c_2"])
    for bad in ["", "derived:", "a-", "-a", "identity()", "identity(a", "a b", "derived:a--b", "other(a)"] {
      #expect(SourceReference(bad) == nil)
    }
    let sources = try Datasets.sources()
    #expect(throws: ForecastError.unknownName(kind: "source", name: "eia_brnt", nearest: "eia_brent")) {
      try SourceReference("eia_brnt")?.resolved(in: sources)
    }
  }

  @Test func `each folder's README speaks of each of its files`() throws {
    for folder in ["trade", "energy", "prices", "scenarios"] {
      let text = try String(contentsOfFile: Datasets.path(of: folder + "/README.md"), encoding: .utf8)
      for file in try files(".csv") + files(".yaml") where file.hasPrefix(folder + "/") {
        #expect(text.contains(file.dropFirst(folder.count + 1)), "\(file)")
      }
    }
  }
}
