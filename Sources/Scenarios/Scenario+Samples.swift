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
    try validate()
    var (compiler, _) = prepared()
    compiler.interventions = interventions
    var nodes: [Int] = []
    for text in expressions {
      let value = try compiler.quantity(text)
      nodes.append(value.nodes[0])
    }
    let kept = Array(Set(nodes)).sorted()
    let program = Program(compiler.graph, branches: file.branches, sums: [], kept: kept)
    let (series, _) = try prepareSeries(program)
    let settings = settings(draws, replicates, seed)
    let execution: Execution
    do {
      execution = try program.execute(settings, threads: threads ?? Scenario.cores, series: series)
    } catch {
      throw ScenarioError("the draws failed: \(error)", at: FilePlace(file: file.name))
    }
    return nodes.map { node in execution.kept[kept.firstIndex(of: node) ?? 0] }
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

extension Compiler {
  /// The value of an expression that stands outside the file, one a path.
  mutating func quantity(_ text: String) throws(ScenarioError) -> Value {
    let place = FilePlace(file: "\"\(text)\"", line: 1, column: 1)
    let expression: Expression
    do throws(ExpressionFault) {
      expression = try ExpressionParser.parse(text)
    } catch {
      throw ScenarioError(error.what, at: FilePlace(file: place.file, line: 1, column: 1 + error.offset))
    }
    return try single(SourcedExpression(text: text, place: place, expression: expression))
  }

  private mutating func single(_ source: SourcedExpression) throws(ScenarioError) -> Value {
    do throws(CompileFailure) {
      let value = try lower(source)
      guard !value.isYearly else {
        throw problem(
          "a value of every year; name one year, such as \(source.text)[\(file.horizon.to)]", source.place)
      }
      return value
    } catch {
      if case .problem(let problem) = error { throw ScenarioError([problem]) }
      throw ScenarioError("builds on a part that does not compile", at: source.place)
    }
  }
}
