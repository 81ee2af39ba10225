internal import ArgumentParser
internal import Ledger

/// The option that records a run.
struct LedgerRecording: ParsableArguments {
  @Option(
    name: .customLong("ledger"),
    help: ArgumentHelp("Record the run in a ledger file such as foresight.db.", valueName: "file"))
  var path: String?

  func validate() throws {
    if path == "" { throw ValidationError("--ledger must name a file") }
  }

  /// Records a run if a ledger is named, and reports its number.
  ///
  /// - Throws: `LedgerError`, and what making the run throws.
  func record(_ run: () throws -> LedgerRun) throws {
    guard let path else { return }
    let number = try Ledger(path: path).record(run())
    StandardError.write("foresight: recorded as run \(number) in \(path)\n")
  }
}

/// The option that names an existing ledger.
struct LedgerFile: ParsableArguments {
  @Option(
    name: .customLong("ledger"),
    help: ArgumentHelp("The ledger file.", valueName: "file"))
  var path: String = Ledger.standardPath

  /// The ledger, which must exist.
  ///
  /// - Throws: `LedgerError`.
  func open() throws(LedgerError) -> Ledger {
    guard fileExists(path) else { throw .cannotOpen(path: path, reason: "no such file") }
    return try Ledger(path: path)
  }
}
