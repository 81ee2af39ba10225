internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The outcome of a quantity of a scenario.
public struct ScenarioOutcome: Sendable, Hashable {
  /// The quantity, an expression with one value a path, or a condition.
  public let quantity: String
  /// The value; 1 or 0 of a condition, +∞ of a date that never came.
  public let value: Double
  /// Its source.
  public let source: String
  /// The place of the outcome in its own file, for messages.
  public let place: FilePlace?

  /// An outcome.
  public init(quantity: String, value: Double, source: String = "", place: FilePlace? = nil) {
    self.quantity = quantity
    self.value = value
    self.source = source
    self.place = place
  }
}

/// The score of a scenario's distribution of a quantity, given the outcome.
public struct ScenarioScore: Sendable, Hashable {
  /// The outcome that it is scored by.
  public let outcome: ScenarioOutcome
  /// The unit of the quantity.
  public let unit: String
  /// Whether it is a date.
  public let isDate: Bool
  /// The probability that was given to a condition; `nil` for a quantity.
  public let probability: Double?
  /// (p − o)² of a condition.
  public let brier: Double?
  /// −ln p(outcome) of a condition, infinite if no path had that outcome.
  public let logScore: Double?
  /// The median of a quantity; +∞ for never.
  public let median: Double?
  /// The continuous ranked probability score of a quantity, in its unit.
  ///
  /// Dates after the end of the horizon, and never, count as that end on both sides.
  public let crps: Double?
  /// The share of paths below the outcome; ties count half.
  public let transform: Double?
  /// Whether the central 50, 80 and 95% intervals contain the outcome; `nil` for a condition.
  public let inside: [Bool]?
}

extension ScenarioScore: Encodable {
  private enum CodingKeys: String, CodingKey {
    case quantity, outcome, unit, isDate, median, probability, crps, brier, logScore, rank, inside, source
  }

  /// Encodes the score with its outcome; what is absent, infinite or never is null.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(outcome.quantity, forKey: .quantity)
    try fields.encode(outcome.value.finite, forKey: .outcome)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(isDate, forKey: .isDate)
    try fields.encode(median?.finite, forKey: .median)
    try fields.encode(probability, forKey: .probability)
    try fields.encode(crps, forKey: .crps)
    try fields.encode(brier, forKey: .brier)
    try fields.encode(logScore?.finite, forKey: .logScore)
    try fields.encode(transform, forKey: .rank)
    try fields.encode(inside ?? [], forKey: .inside)
    try fields.encode(outcome.source, forKey: .source)
  }
}

extension CheckedScenario {
  /// The scores of a scenario's quantities, given their outcomes.
  ///
  /// - Parameters:
  ///   - outcomes: the outcomes.
  ///   - options: draws, replicates, seed and threads.
  /// - Throws: `ScenarioError` as `run` does, for a quantity of every year, and for an outcome that the quantity cannot have.
  public func score(
    _ outcomes: [ScenarioOutcome], _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> [ScenarioScore] {
    do throws(ScenarioError) {
      let all = try paths(of: outcomes.map(\.quantity), options)
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
      try all[place].requireSingle(in: file)
      let isCondition = all[place].isCondition
      guard isCondition ? outcome.value == 0 || outcome.value == 1 : !outcome.value.isNaN else {
        throw refuse(
          isCondition ? "the outcome of a condition must be 1 or 0" : "the outcome is not a number")
      }
      guard all[place].isDate || outcome.value.isFinite else {
        throw refuse("never is a date, and this quantity is not one")
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
      throw ScenarioError("is not a number on some path", at: FilePlace(file: "\"\(outcome.quantity)\""))
    }
    let below = law.sorted.count { $0 < value }
    let ties = law.sorted.count { $0 == value }
    return ScenarioScore(
      outcome: outcome, unit: paths.unit, isDate: paths.isDate, probability: nil, brier: nil, logScore: nil,
      median: Estimation.quantiles(of: paths.values[0])[1], crps: law.crps(value),
      transform: (Double(below) + Double(ties) / 2) / Double(law.sorted.count),
      inside: [0.5, 0.8, 0.95].map { level in
        law.quantile((1 - level) / 2) <= value && value <= law.quantile((1 + level) / 2)
      })
  }
}
