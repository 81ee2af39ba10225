public import Forecasting

/// A run whose projections are recorded: all that is needed to repeat it.
public struct LedgerRun: Sendable, Hashable {
  /// What made the projections.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// A forecasting model on a series.
    case forecast
    /// A scenario file.
    case scenario
    /// An outside source, as entered by `ledger record`.
    case record
  }

  /// What made the projections.
  public let kind: Kind
  /// The series' or the scenario's name.
  public let name: String
  /// The model's name; empty for a scenario.
  public let model: String
  /// The file that was read; empty for a bundled one.
  public let file: String
  /// The SHA-256 of the file.
  public let fileHash: String
  /// The SHA-256 of the series' values.
  public let dataHash: String
  /// The version of the software.
  public let version: String
  /// The seed.
  public let seed: UInt64
  /// Draws, replicates, options: `name=value`, in words.
  public let settings: String
  /// The last day or period that was known.
  public let asOf: String
  /// The projections.
  public let projections: [Projection]

  /// A run with its projections.
  public init(
    kind: Kind, name: String, model: String = "", file: String = "", fileHash: String = "",
    dataHash: String = "",
    version: String, seed: UInt64, settings: String = "", asOf: String = "", projections: [Projection]
  ) {
    self.kind = kind
    self.name = name
    self.model = model
    self.file = file
    self.fileHash = fileHash
    self.dataHash = dataHash
    self.version = version
    self.seed = seed
    self.settings = settings
    self.asOf = asOf
    self.projections = projections
  }
}

/// A run as the ledger holds it.
public struct RecordedRun: Sendable, Hashable {
  /// Its number in the ledger.
  public let number: Int64
  /// When it was recorded, `YYYY-MM-DDTHH:MM:SSZ`.
  public let recorded: String
  /// How many of its projections are settled.
  public let settledCount: Int
  /// The run, its projections in the order of recording.
  public let run: LedgerRun
}

/// The outcome of a projection.
public struct Outcome: Sendable, Hashable {
  /// The key that it settles.
  public let key: String
  /// The value: 1 or 0 of a condition, +∞ of a date that never came.
  public let value: Double
  /// Its source.
  public let source: String

  /// An outcome.
  public init(key: String, value: Double, source: String = "") {
    self.key = key
    self.value = value
    self.source = source
  }
}

/// A file that was read, with the hash of its bytes.
public struct SourceFile: Sendable, Hashable {
  /// The file as it was named.
  public let path: String
  /// The SHA-256 of its bytes.
  public let hash: ContentHash

  /// A file with its bytes.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    hash = ContentHash(bytes)
  }
}
