#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Why a ledger could not be read, written or scored.
public enum LedgerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file cannot be opened or created.
  case cannotOpen(path: String, reason: String)
  /// The file is not a ledger, or is a ledger of a later version.
  case notALedger(path: String, reason: String)
  /// Another process kept the ledger locked for longer than the timeout.
  case busy(path: String)
  /// The disk is full; nothing of the record was kept.
  case full(path: String)
  /// The database refused, in its own words; nothing of the record was kept.
  case failed(path: String, reason: String)
  /// No projection has this key.
  case unknownKey(String, nearest: String?)
  /// The key already has another outcome.
  case alreadySettled(key: String, value: String)
  /// The value cannot be an outcome of the key.
  case badOutcome(key: String, reason: String)
  /// The projection cannot be recorded.
  case badProjection(key: String, reason: String)
  /// The run of a scenario cannot be recorded.
  case notRecordable(scenario: String, reason: String)

  /// One line.
  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "\(path): cannot be opened: \(reason)"
    case .notALedger(let path, let reason): "\(path): is not a ledger: \(reason)"
    case .busy(let path): "\(path): is locked by another process"
    case .full(let path): "\(path): the disk is full; nothing was recorded"
    case .failed(let path, let reason): "\(path): \(reason)"
    case .unknownKey(let key, let nearest):
      "no projection is recorded under \"\(key)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
    case .alreadySettled(let key, let value):
      "\(key) is already settled with \(value); use the revise option to change it"
    case .badOutcome(let key, let reason): "the outcome of \(key) \(reason)"
    case .badProjection(let key, let reason): "the projection of \(key) \(reason)"
    case .notRecordable(let scenario, let reason): "the run of \(scenario) cannot be recorded: \(reason)"
    }
  }
}

extension LedgerError: LocalizedError {
  /// One line.
  public var errorDescription: String? { description }

  /// The kind of failure.
  public var failureReason: String? {
    switch self {
    case .cannotOpen, .notALedger: "The file cannot be used as a ledger."
    case .busy, .full, .failed: "The ledger could not be written."
    case .unknownKey: "The projection is not recorded."
    case .alreadySettled, .badOutcome: "The outcome cannot be recorded."
    case .badProjection, .notRecordable: "The projection cannot be recorded."
    }
  }

  /// What to do about it.
  public var recoverySuggestion: String? {
    switch self {
    case .cannotOpen: "Check the path and the permissions of its folder."
    case .notALedger: "Name another file, or use the version of the program that wrote it."
    case .busy: "Wait for the other process and try again."
    case .full: "Free some space and try again; nothing was recorded."
    case .failed: "Try again; nothing was recorded."
    case .unknownKey(_, let nearest):
      nearest.map { "Did you mean \"\($0)\"?" } ?? "List the keys of the ledger."
    case .alreadySettled: "Revise the outcome."
    case .badOutcome, .badProjection: "Give a value of the kind that the key has."
    case .notRecordable: "Ask questions whose answers can be recorded."
    }
  }
}
