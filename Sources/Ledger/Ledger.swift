internal import Forecasting
internal import Foundation
internal import GRDB

/// Recorded projections and their outcomes, in one SQLite file.
///
/// A record is one transaction: it is there in full, on the disk, when the call returns, or not at all, whatever happens to the
/// process, to the disk's free space or beside it in other processes. Nothing that was recorded is changed; an outcome that is
/// revised stays in the file behind the later one.
public struct Ledger: Sendable {
  /// The file's name where none is given.
  public static let standardPath = "foresight.db"

  /// The file.
  public let path: String
  let database: DatabaseQueue

  /// The ledger in a file, which is made where there is none.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - patience: how long to wait for other processes that write, seconds.
  ///   - pageLimit: the most pages of 4,096 bytes that the file may have; `nil` leaves that to the disk.
  /// - Throws: `LedgerError.cannotOpen`, `.notALedger` for another file, or a ledger of a later version.
  public init(path: String = Ledger.standardPath, patience: Double = 30, pageLimit: Int? = nil)
    throws(LedgerError)
  {
    self.path = path
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

  /// Enters what came of a key's projections.
  ///
  /// The same outcome again changes nothing; another one is refused unless it revises.
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
  /// What the database says, in this room's terms.
  init(_ error: any Error, path: String, opening: Bool) {
    guard let error = error as? DatabaseError else {
      self = .failed(path: path, reason: "\(error)")
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
