internal import ArgumentParser
internal import Ledger

/// The option by which a run is recorded.
struct LedgerRecording: ParsableArguments {
  @Option(
    name: .customLong("ledger"),
    help: ArgumentHelp("Record the run in a ledger, such as foresight.db.", valueName: "file"))
  var path: String?

  func validate() throws {
    if path == "" { throw ValidationError("--ledger names no file") }
  }

  /// Records a run where a ledger is named, and says under which number.
  ///
  /// - Throws: `LedgerError`, and what making the run throws.
  func record(_ run: () throws -> LedgerRun) throws {
    guard let path else { return }
    let number = try Ledger(path: path).record(run())
    StandardError.write("foresight: recorded as run \(number) in \(path)\n")
  }
}

/// The option that names the ledger read or settled.
struct LedgerFile: ParsableArguments {
  @Option(
    name: .customLong("ledger"),
    help: ArgumentHelp("The ledger.", valueName: "file"))
  var path: String = Ledger.standardPath

  /// The ledger, which must be there.
  ///
  /// - Throws: `LedgerError`.
  func open() throws(LedgerError) -> Ledger {
    guard fileExists(path) else { throw .cannotOpen(path: path, reason: "there is no such file") }
    return try Ledger(path: path)
  }
}
