#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension Scenario {
  /// The values of quantities on every path, draw after draw, replicate after replicate; dates that never come are +∞.
  ///
  /// What a histogram, a score or a fan chart is made of. A quantity has one value a path: `ps2[2035]`, not `ps2`.
  ///
  /// - Parameters:
  ///   - expressions: the quantities.
  ///   - interventions: dates and values that are set on every path, by name.
  ///   - draws: the draws of one replicate; the file's number when `nil`.
  ///   - replicates: the number of replicates; the file's when `nil`.
  ///   - seed: the seed; the file's when `nil`.
  ///   - threads: the number of threads; as many as the machine has cores when `nil`.
  /// - Throws: `ScenarioError` as `run` does; the place of a fault in an expression counts its characters.
  public func samples(
    of expressions: [String], interventions: [String: Double] = [:], draws: Int? = nil,
    replicates: Int? = nil, seed: UInt64? = nil, threads: Int? = nil
  ) throws(ScenarioError) -> [[Double]] {
    let all = try paths(
      of: expressions, interventions: interventions, draws: draws, replicates: replicates, seed: seed,
      threads: threads)
    for paths in all where !paths.years.isEmpty {
      throw ScenarioError(
        "a value of every year; name one year, such as \(paths.name)[\(file.horizon.to)]",
        at: FilePlace(file: "\"\(paths.name)\"", line: 1, column: 1))
    }
    return all.map { $0.values[0] }
  }

  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The file's settings with what a caller sets.
  func settings(_ draws: Int?, _ replicates: Int?, _ seed: UInt64?) -> RunSettings {
    var settings = file.run
    settings.draws = draws ?? settings.draws
    settings.replicates = replicates ?? settings.replicates
    settings.seed = seed ?? settings.seed
    precondition(settings.draws > 0 && settings.replicates > 0, "draws and replicates are at least one")
    return settings
  }
}
