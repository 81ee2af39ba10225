internal import Foundation

/// How long a run of the suites is.
public enum RunLength {
  /// Whether the environment asks for a run that only shows that every benchmark works (FORESIGHT_BENCHMARKS=short).
  public static let isShort = ProcessInfo.processInfo.environment["FORESIGHT_BENCHMARKS"] == "short"

  /// The fits in one iteration: 100,000, or 1,000 in a short run.
  public static let fits = isShort ? 1_000 : 100_000
}
