internal import Forecasting
internal import Ledger

/// Why a command stops: one line per fault and the exit code.
struct Failure: Error {
  /// The kinds of failure that exit codes distinguish.
  enum Kind: Int32 {
    /// The run failed: the numerics did not succeed, or a file could not be written.
    case run = 1
    /// The input, or the call, is wrong.
    case input = 2
    /// An `--assert` does not hold.
    case assertion = 3
  }

  let kind: Kind
  let lines: [String]

  /// One fault in one line.
  init(_ kind: Kind, _ message: String) { self.init(kind, lines: [message]) }

  /// Several faults, each in one line.
  init(_ kind: Kind, lines: [String]) {
    self.kind = kind
    self.lines = lines.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
  }

  /// An error of the library with its exit code.
  init(_ error: ForecastError, place: String = "") {
    let kind: Kind =
      switch error {
      case .numerics, .notFinite, .explodes: .run
      default: .input
      }
    self.init(kind, place + error.description)
  }

  /// An error of the ledger with its exit code.
  init(_ error: LedgerError) {
    let kind: Kind =
      switch error {
      case .busy, .full, .failed: .run
      default: .input
      }
    self.init(kind, error.description)
  }
}
