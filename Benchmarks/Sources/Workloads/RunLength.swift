internal import Foundation

/// The length of a run of the suites.
public enum RunLength {
  /// Whether the environment asks for a short run, which only shows that every benchmark works (FORESIGHT_BENCHMARKS=short).
  public static let isShort = ProcessInfo.processInfo.environment["FORESIGHT_BENCHMARKS"] == "short"

  /// The number of fits in one iteration: 100,000, or 1,000 in a short run.
  public static let fits = isShort ? 1_000 : 100_000
}
