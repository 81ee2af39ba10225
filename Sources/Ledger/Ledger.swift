internal import Forecasting
internal import Foundation
internal import GRDB

/// Recorded projections and their outcomes, in one SQLite file.
///
/// A record is one transaction: when the call returns, it is on disk in full, or not at all, whatever happens to the
/// process, the free space on the disk or in other processes. Recorded data are never changed; an outcome that is
/// revised stays in the file alongside the later one.
public struct Ledger: Sendable {
  /// The default name of the file.
  public static let standardPath = "foresight.db"

  /// The file.
  public let path: String
  let database: DatabaseQueue

  /// The ledger in a file, which is created if it does not exist.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - patience: how long to wait for other processes that write, seconds.
  ///   - pageLimit: the largest number of 4,096-byte pages that the file may have; no limit if `nil`.
  /// - Throws: `LedgerError.cannotOpen`, `.notALedger` for another file, or a ledger of a later version.
  public init(path: String = Ledger.standardPath, patience: Double = 30, pageLimit: Int? = nil)
    throws(LedgerError)
  {
    self.path = path
    // SQLite takes these for a database that is gone when it is closed.
    guard !path.isEmpty, path != ":memory:", !path.hasPrefix("file:") else {
      throw .cannotOpen(path: path, reason: "a ledger is a file; name one such as \(Ledger.standardPath)")
    }
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let kind = (try? FileManager.default.attributesOfItem(atPath: resolved))?[.type] as? FileAttributeType
    guard kind == nil || kind == .typeRegular || kind == .typeDirectory else {
      throw .cannotOpen(path: path, reason: "it is not a regular file")
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { db in
      // A commit has reached the disk when it returns.
      try db.execute(sql: "PRAGMA synchronous = FULL")
      if let pageLimit { try db.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
    }
    do {
      database = try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw LedgerError(error, path: path, opening: true)
    }
    try perform { db in try LedgerSchema.prepare(db, path: path) }
  }

  /// Records a run with all its projections, and returns its number.
  ///
  /// - Throws: `LedgerError.badProjection` for a key and threshold that come twice, `.busy`, `.full`, `.failed`.
  @discardableResult
  public func record(_ run: LedgerRun) throws(LedgerError) -> Int64 {
    var seen: Set<Projection.Identity> = []
    for projection in run.projections where !seen.insert(projection.identity).inserted {
      throw .badProjection(key: projection.key, reason: "is given twice")
    }
    return try perform { db in try LedgerSchema.insert(run, at: Ledger.now(), in: db) }
  }

  /// The runs recorded, the first one first.
  ///
  /// - Throws: `LedgerError.busy`, `.failed`.
  public func runs() throws(LedgerError) -> [RecordedRun] {
    try perform { db in try LedgerSchema.runs(in: db) }
  }

  /// Enters the outcome of a key's projections.
  ///
  /// The same outcome again changes nothing; a different one is an error unless `revising` is true.
  ///
  /// - Throws: `LedgerError.unknownKey`, `.badOutcome`, `.alreadySettled`, `.busy`, `.full`, `.failed`.
  public func settle(_ outcome: Outcome, revising: Bool = false) throws(LedgerError) {
    try settle([outcome], revising: revising)
  }

  /// Enters several outcomes, all or none.
  ///
  /// - Throws: what entering one throws.
  public func settle(_ outcomes: [Outcome], revising: Bool = false) throws(LedgerError) {
    try perform { db in
      for outcome in outcomes {
        try LedgerSchema.settle(outcome, revising: revising, at: Ledger.now(), in: db)
      }
    }
  }

  /// The keys that have projections and no outcome, in order.
  ///
  /// - Throws: `LedgerError.busy`, `.failed`.
  public func openKeys() throws(LedgerError) -> [String] {
    try perform { db in
      try String.fetchAll(
        db,
        sql: "SELECT DISTINCT key FROM projections WHERE key NOT IN (SELECT key FROM outcomes) ORDER BY key")
    }
  }

  /// One immediate transaction.
  func perform<Answer>(_ body: (Database) throws -> Answer) throws(LedgerError) -> Answer {
    do {
      return try database.inDatabase { db in
        var answer: Answer?
        try db.inTransaction(.immediate) {
          answer = try body(db)
          return .commit
        }
        guard let answer else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return answer
      }
    } catch let error as LedgerError {
      throw error
    } catch {
      throw LedgerError(error, path: path, opening: false)
    }
  }

  private static func now() -> String { Date().formatted(.iso8601) }
}

extension LedgerError {
  /// A database error as a ledger error.
  init(_ error: any Error, path: String, opening: Bool) {
    guard let error = error as? DatabaseError else {
      self = .notALedger(path: path, reason: "it is damaged: a row holds what no ledger writes")
      return
    }
    let reason = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .notALedger(path: path, reason: reason)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM: self = .cannotOpen(path: path, reason: reason)
    default: self = opening ? .cannotOpen(path: path, reason: reason) : .failed(path: path, reason: reason)
    }
  }
}
