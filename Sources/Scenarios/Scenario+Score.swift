internal import Forecasting
internal import ForesightNumerics
internal import RealModule

extension Scenario {
  /// The scores of a scenario's quantities against what came.
  ///
  /// - Parameters:
  ///   - outcomes: what came.
  ///   - draws: the draws of one replicate; the file's number when `nil`.
  ///   - replicates: the number of replicates; the file's when `nil`.
  ///   - seed: the seed; the file's when `nil`.
  ///   - threads: the number of threads; as many as the machine has cores when `nil`.
  /// - Throws: `ScenarioError` as `run` does, for a quantity of every year, and for an outcome that the quantity cannot have.
  public func score(
    _ outcomes: [ScenarioOutcome], draws: Int? = nil, replicates: Int? = nil, seed: UInt64? = nil,
    threads: Int? = nil
  ) throws(ScenarioError) -> [ScenarioScore] {
    do throws(ScenarioError) {
      let all = try paths(
        of: outcomes.map(\.quantity), draws: draws, replicates: replicates, seed: seed, threads: threads)
      return try scores(of: outcomes, all)
    } catch {
      // A quantity is said where its outcome stands, if that is known.
      throw ScenarioError(
        error.problems.map { problem in
          let outcome = outcomes.first { "\"\($0.quantity)\"" == problem.place.file }
          guard let outcome, let place = outcome.place else { return problem }
          return ScenarioProblem("\(outcome.quantity): \(problem.what)", at: place)
        })
    }
  }

  private func scores(
    of outcomes: [ScenarioOutcome], _ all: [QuantityPaths]
  ) throws(ScenarioError) -> [ScenarioScore] {
    var scores: [ScenarioScore] = []
    for (place, outcome) in outcomes.enumerated() {
      func refuse(_ what: String) -> ScenarioError {
        ScenarioError(what, at: FilePlace(file: "\"\(outcome.quantity)\"", line: 1, column: 1))
      }
      guard all[place].years.isEmpty else {
        throw refuse("a value of every year; name one year, such as \(outcome.quantity)[\(file.horizon.to)]")
      }
      let isCondition = all[place].isCondition
      guard isCondition ? outcome.value == 0 || outcome.value == 1 : !outcome.value.isNaN else {
        throw refuse(isCondition ? "the outcome of a condition is 1 or 0" : "the outcome is no number")
      }
      guard all[place].isDate || outcome.value.isFinite else {
        throw refuse("never is a date, and this is none")
      }
      scores.append(
        isCondition
          ? condition(outcome, all[place].values[0]) : try quantity(outcome, all[place]))
    }
    return scores
  }

  private func condition(_ outcome: ScenarioOutcome, _ values: [Double]) -> ScenarioScore {
    let p = values.reduce(0, +) / Double(values.count)
    return ScenarioScore(
      outcome: outcome, unit: "1", isDate: false, probability: p,
      brier: (p - outcome.value) * (p - outcome.value),
      logScore: -Double.log(outcome.value == 1 ? p : 1 - p), median: nil, crps: nil, transform: nil,
      inside: nil)
  }

  private func quantity(
    _ outcome: ScenarioOutcome, _ paths: QuantityPaths
  ) throws(ScenarioError) -> ScenarioScore {
    let end = paths.isDate ? Double(file.horizon.to + 1) : .infinity
    let capped = paths.values[0].map { min($0, end) }
    let value = min(outcome.value, end)
    let law: Empirical
    do throws(NumericsError) {
      law = try Empirical(capped)
    } catch {
      throw ScenarioError("is no number on some path", at: FilePlace(file: "\"\(outcome.quantity)\""))
    }
    let below = law.sorted.count { $0 < value }
    let ties = law.sorted.count { $0 == value }
    return ScenarioScore(
      outcome: outcome, unit: paths.unit, isDate: paths.isDate, probability: nil, brier: nil, logScore: nil,
      median: Scenario.quantiles(of: paths.values[0])[1], crps: law.crps(value),
      transform: (Double(below) + Double(ties) / 2) / Double(law.sorted.count),
      inside: [0.5, 0.8, 0.95].map { level in
        law.quantile((1 - level) / 2) <= value && value <= law.quantile((1 + level) / 2)
      })
  }
}
