import Foundation
import Testing

@testable import Ledger

@Suite("What a ledger has acknowledged stays")
struct LedgerDurabilityTests {
  @Test("many writers at once lose nothing")
  func concurrentWriters() async throws {
    let folder = try LedgerFolder()
    let path = folder.path()
    let numbers = try await withThrowingTaskGroup(of: [Int64].self) { group in
      for writer in 0..<8 {
        group.addTask {
          // Each has its own connection, as a process has.
          let ledger = try Ledger(path: path)
          return try (0..<20).map { k in
            try ledger.record(
              LedgerTests.run([try LedgerTests.probability("k\(writer).\(k)", 0.5)], name: "w\(writer)"))
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(Set(numbers).count == 160)
    let runs = try Ledger(path: path).runs()
    #expect(runs.count == 160 && runs.allSatisfy { $0.run.projections.count == 1 })
    #expect(Set(runs.map(\.number)) == Set(numbers))
  }

  @Test("a full disk refuses the run whole and keeps those before")
  func fullDisk() throws {
    let folder = try LedgerFolder()
    let path = folder.path()
    let ledger = try Ledger(path: path, pageLimit: 40)
    var kept: [Int64] = []
    var refused = 0
    for k in 0..<60 {
      let run = LedgerTests.run(try (0..<8).map { try LedgerTests.normal("r\(k).\($0)") })
      do throws(LedgerError) {
        kept.append(try ledger.record(run))
      } catch {
        #expect(error == .full(path: path))
        refused += 1
      }
    }
    #expect(!kept.isEmpty && refused > 0)
    // A small run still fits, or is refused like the others; what was kept is whole.
    let runs = try Ledger(path: path).runs()
    #expect(runs.map(\.number) == kept && runs.allSatisfy { $0.run.projections.count == 8 })
  }

  @Test("another database, a text and a folder are no ledgers, and are left as they are")
  func otherFiles() throws {
    let folder = try LedgerFolder()
    let text = folder.path("notes.txt")
    try Data(repeating: 65, count: 5_000).write(to: URL(fileURLWithPath: text))
    #expect(throws: LedgerError.self) { try Ledger(path: text) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == Data(repeating: 65, count: 5_000))
    #expect(throws: LedgerError.self) { try Ledger(path: folder.url.path) }
    #expect(throws: LedgerError.self) { try Ledger(path: folder.path("missing/foresight.db")) }
  }

  @Test("a ledger with any byte changed, or cut off, gives an answer or a typed error")
  func damaged() throws {
    let folder = try LedgerFolder()
    let path = folder.path()
    let ledger = try Ledger(path: path)
    try ledger.record(
      LedgerTests.run([
        try LedgerTests.probability("a", 0.5), try LedgerTests.normal("b", mean: 2, horizon: 4),
      ]))
    try ledger.settle(Outcome(key: "b", value: 1))
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    func ask(_ bytes: [UInt8]) throws {
      let path = folder.path("damaged.db")
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      defer { for ending in ["", "-journal", "-wal", "-shm"] { unlink(path + ending) } }
      do throws(LedgerError) {
        let ledger = try Ledger(path: path)
        _ = try ledger.runs()
        _ = try ledger.openKeys()
        _ = try ledger.scores()
        _ = try ledger.calibration()
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
    // The pages of a new ledger are mostly empty: the bytes that hold something, one in eight of them.
    let used = whole.indices.filter { whole[$0] != 0 }
    for (place, index) in used.enumerated() where place % 8 == 0 {
      var changed = whole
      changed[index] ^= [1, 4, 16, 64, 255][place / 8 % 5]
      try ask(changed)
    }
    for count in stride(from: 0, to: whole.count, by: 1000) { try ask(Array(whole[..<count])) }
  }
}
