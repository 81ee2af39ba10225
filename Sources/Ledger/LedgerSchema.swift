internal import Forecasting
internal import Foundation
internal import GRDB

/// The tables of a ledger and what is done with them, inside a transaction.
enum LedgerSchema {
  /// "Fore" in ASCII: what marks the file as a ledger.
  private static let applicationID = 0x466F_7265
  /// The version of the tables.
  private static let version = 1

  private static let tables = """
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY AUTOINCREMENT, recorded TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
      model TEXT NOT NULL, file TEXT NOT NULL, file_hash TEXT NOT NULL, data_hash TEXT NOT NULL,
      version TEXT NOT NULL, seed TEXT NOT NULL, settings TEXT NOT NULL, as_of TEXT NOT NULL) STRICT;
    CREATE TABLE projections (
      number INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL REFERENCES runs (number), key TEXT NOT NULL,
      unit TEXT NOT NULL, horizon INTEGER, probability REAL, threshold REAL, quantiles BLOB, ceiling REAL) STRICT;
    CREATE INDEX projections_by_key ON projections (key);
    CREATE INDEX projections_by_run ON projections (run);
    CREATE TABLE outcomes (
      number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, value REAL NOT NULL, source TEXT NOT NULL,
      settled TEXT NOT NULL) STRICT;
    CREATE INDEX outcomes_by_key ON outcomes (key);
    """

  /// Creates the tables in an empty file, and checks them in any other.
  static func prepare(_ db: Database, path: String) throws {
    let id = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    if id == 0, found == 0, count == 0 {
      try db.execute(sql: tables)
      try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
      return
    }
    guard id == applicationID else {
      throw LedgerError.notALedger(path: path, reason: "it is a different database")
    }
    guard found == version else {
      throw LedgerError.notALedger(
        path: path, reason: "its version is \(found); this software reads version \(version)")
    }
  }

  static func insert(_ run: LedgerRun, at time: String, in db: Database) throws -> Int64 {
    try db.execute(
      sql: """
        INSERT INTO runs (recorded, kind, name, model, file, file_hash, data_hash, version, seed, settings, as_of)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        time, run.kind.rawValue, run.name, run.model, run.file, run.fileHash, run.dataHash, run.version,
        "\(run.seed)", run.settings, run.asOf,
      ])
    let number = db.lastInsertedRowID
    let statement = try db.makeStatement(
      sql: """
        INSERT INTO projections (run, key, unit, horizon, probability, threshold, quantiles, ceiling)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for projection in run.projections {
      switch projection.claim {
      case .probability(let probability, let threshold):
        try statement.execute(arguments: [
          number, projection.key, projection.unit, projection.horizon, probability, threshold, nil, nil,
        ])
      case .distribution(let curve):
        try statement.execute(arguments: [
          number, projection.key, projection.unit, projection.horizon, nil, nil, Data(curve.bytes),
          curve.ceiling,
        ])
      }
    }
    return number
  }

  static func runs(in db: Database) throws -> [RecordedRun] {
    var projections: [Int64: [Projection]] = [:]
    var settled: [Int64: Int] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT *, EXISTS (SELECT 1 FROM outcomes WHERE outcomes.key = projections.key) AS is_settled
        FROM projections ORDER BY number
        """)
    while let row = try rows.next() {
      let run: Int64 = try row.value("run")
      projections[run, default: []].append(try projection(row))
      settled[run, default: 0] += try row.value("is_settled") as Bool ? 1 : 0
    }
    return try Row.fetchAll(db, sql: "SELECT * FROM runs ORDER BY number").map { row in
      let number: Int64 = try row.value("number")
      let seed: String = try row.value("seed")
      let kind: String = try row.value("kind")
      guard let seed = UInt64(seed), let kind = LedgerRun.Kind(rawValue: kind) else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "run \(number) cannot be read")
      }
      return RecordedRun(
        number: number, recorded: try row.value("recorded"), settledCount: settled[number] ?? 0,
        run: LedgerRun(
          kind: kind, name: try row.value("name"), model: try row.value("model"),
          file: try row.value("file"), fileHash: try row.value("file_hash"),
          dataHash: try row.value("data_hash"), version: try row.value("version"), seed: seed,
          settings: try row.value("settings"), asOf: try row.value("as_of"),
          projections: projections[number] ?? []))
    }
  }

  /// The projection of a row.
  ///
  /// - Throws: `LedgerError.badProjection` and `RowDecodingError` for what only a damaged file holds.
  static func projection(_ row: Row) throws -> Projection {
    let key: String = try row.value("key")
    let claim: Projection.Claim
    if let probability: Double = try row.value("probability") {
      claim = .probability(probability, threshold: try row.value("threshold"))
    } else {
      let bytes: Data = try row.value("quantiles")
      claim = .distribution(
        try QuantileCurve(
          key: key, quantiles: QuantileCurve.values([UInt8](bytes)), ceiling: try row.value("ceiling")))
    }
    return try Projection(
      key: key, claim: claim, unit: try row.value("unit"), horizon: try row.value("horizon"))
  }

  static func settle(_ outcome: Outcome, revising: Bool, at time: String, in db: Database) throws {
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM projections WHERE key = ?", arguments: [outcome.key])
    guard !rows.isEmpty else {
      let keys = try String.fetchAll(db, sql: "SELECT DISTINCT key FROM projections")
      throw LedgerError.unknownKey(outcome.key, nearest: nearestName(to: outcome.key, among: keys))
    }
    for row in rows { try projection(row).check(outcome) }
    let last = try Row.fetchOne(
      db, sql: "SELECT value FROM outcomes WHERE key = ? ORDER BY number DESC LIMIT 1",
      arguments: [outcome.key])
    if let last {
      let value: Double = try last.value("value")
      if value == outcome.value { return }
      guard revising else { throw LedgerError.alreadySettled(key: outcome.key, value: "\(value)") }
    }
    try db.execute(
      sql: "INSERT INTO outcomes (key, value, source, settled) VALUES (?, ?, ?, ?)",
      arguments: [outcome.key, outcome.value, outcome.source, time])
  }
}

extension Row {
  /// The value of a column.
  ///
  /// - Throws: `RowDecodingError` for one of another type: a file can be damaged, and a subscript would trap.
  func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
    try decode(Value.self, forColumn: column)
  }
}

extension Projection {
  /// What distinguishes the projections of a run.
  struct Identity: Hashable {
    let key: String
    let threshold: Double?
    let isProbability: Bool
  }

  var identity: Identity {
    switch claim {
    case .probability(_, let threshold): Identity(key: key, threshold: threshold, isProbability: true)
    case .distribution: Identity(key: key, threshold: nil, isProbability: false)
    }
  }

  /// - Throws: `LedgerError.badOutcome` for a value that cannot be an outcome of the claim.
  func check(_ outcome: Outcome) throws(LedgerError) {
    guard !outcome.value.isNaN, outcome.value != -.infinity else {
      throw .badOutcome(key: key, reason: "is not a number")
    }
    switch claim {
    case .probability(_, nil):
      guard outcome.value == 0 || outcome.value == 1 else {
        throw .badOutcome(key: key, reason: "must be 1 or 0: it came true or it did not")
      }
    case .probability(_, .some): break
    case .distribution(let curve):
      guard outcome.value.isFinite || curve.ceiling != nil else {
        throw .badOutcome(key: key, reason: "must be a finite number")
      }
    }
  }
}

extension QuantileCurve {
  /// The quantiles as 64-bit little-endian numbers.
  var bytes: [UInt8] {
    quantiles.flatMap { value in
      let bits = value.bitPattern
      return (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
    }
  }

  static func values(_ bytes: [UInt8]) -> [Double] {
    stride(from: 0, to: bytes.count - 7, by: 8).map { start in
      var bits: UInt64 = 0
      for k in 0..<8 { bits |= UInt64(bytes[start + k]) << (8 * UInt64(k)) }
      return Double(bitPattern: bits)
    }
  }
}
