/// How the draws of a run are made.
public struct RunSettings: Sendable, Hashable, Codable {
  /// The generators of uniforms.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Scrambled Sobol' points for inputs with a dimension, counter-based draws for the others.
    case sobol = "sobol-owen"
    /// Counter-based draws for every input.
    case monteCarlo = "monte-carlo"
    /// A Latin hypercube: one draw of each input in each of as many equal cells as a replicate has draws.
    case latinHypercube = "latin-hypercube"
  }

  /// The generator.
  public var method: Method
  /// The draws of one replicate.
  public var draws: Int
  /// The number of independently scrambled replicates.
  public var replicates: Int
  /// The seed.
  public var seed: UInt64

  /// The number of draws that a replicate may have.
  public static let drawRange = 1...(1 << 30)
  /// The number of replicates that a run may have.
  public static let replicateRange = 1...4096
  /// The number of threads that a run may use.
  public static let threadRange = 1...4096
  /// The most values that a run holds in memory at once, of 8 bytes each: 4 GiB.
  public static let mostValues = 1 << 29
  /// The draws that are computed together: columns of this length stay in the first cache levels.
  static let block = 1024
}

/// How a run departs from the settings in the scenario file, and on how many threads it runs.
///
/// A run uses the file's own setting wherever an option is `nil`:
///
///     let run = try scenario.checked().run(DrawOptions(draws: 4096, seed: 7))
public struct DrawOptions: Sendable, Hashable {
  /// The draws of one replicate; the file's number if `nil`.
  public var draws: Int?
  /// The number of replicates; the file's number if `nil`.
  public var replicates: Int?
  /// The seed; the file's seed if `nil`.
  public var seed: UInt64?
  /// The number of threads; one for each active processor if `nil`.
  ///
  /// Answers do not depend on it.
  public var threads: Int?

  /// Options for a run; whatever is `nil` is as the file says.
  public init(draws: Int? = nil, replicates: Int? = nil, seed: UInt64? = nil, threads: Int? = nil) {
    self.draws = draws
    self.replicates = replicates
    self.seed = seed
    self.threads = threads
  }
}
