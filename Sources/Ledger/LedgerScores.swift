internal import Forecasting
internal import GRDB
internal import RealModule

/// How scores are grouped.
public enum ScoreGrouping: String, Sendable, Hashable, CaseIterable {
  /// The series' or scenario's name.
  case name
  /// The model.
  case model
  /// Periods ahead.
  case horizon
}

/// The scores of a group of settled projections.
public struct LedgerScore: Sendable, Hashable {
  /// The name; `nil` if scores are not grouped by it.
  public let name: String?
  /// The model.
  public let model: String?
  /// Periods ahead; −1 for projections without a horizon.
  public let horizon: Int?
  /// Settled probabilities.
  public let probabilityCount: Int
  /// The mean of (p − o)², o 1 or 0; `nil` without probabilities.
  public let brier: Double?
  /// The mean of −log p(outcome), natural logarithm, infinite if an outcome had probability 0; `nil` without
  /// probabilities.
  public let logScore: Double?
  /// Settled distributions.
  public let distributionCount: Int
  /// The mean continuous ranked probability score in the unit of the outcomes; `nil` without distributions, or if units
  /// differ.
  public let crps: Double?
  /// The shares of outcomes inside the central 50, 80 and 95 % intervals; `nil` without distributions.
  public let coverage: [Double]?
}

/// A row of a calibration table.
public struct CalibrationBin: Sendable, Hashable {
  /// The probabilities of the bin: from the lower up to, and for the last bin with, the upper.
  public let range: ClosedRange<Double>
  /// The number of probabilities in it.
  public let count: Int
  /// Their mean; `nil` for none.
  public let meanProbability: Double?
  /// The share that came true; `nil` for none.
  public let frequency: Double?
  /// Distributions whose outcome fell at such a probability: a tenth each where they are calibrated.
  public let transformCount: Int
}

extension Ledger {
  /// The scores of all settled projections, by group, in order.
  ///
  /// A revised outcome counts as last entered.
  ///
  /// - Throws: `LedgerError.busy`, `.failed`.
  public func scores(by grouping: Set<ScoreGrouping> = [.name, .model]) throws(LedgerError) -> [LedgerScore] {
    var groups: [ScoreGroup: [Settled]] = [:]
    for settled in try settled() {
      let group = ScoreGroup(
        name: grouping.contains(.name) ? settled.name : nil,
        model: grouping.contains(.model) ? settled.model : nil,
        horizon: grouping.contains(.horizon) ? settled.projection.horizon ?? -1 : nil)
      groups[group, default: []].append(settled)
    }
    return groups.sorted { $0.key < $1.key }.map { $0.key.score($0.value) }
  }

  /// How often projected events came true, in ten bins of probability, and where outcomes fell in their distributions.
  ///
  /// - Throws: `LedgerError.busy`, `.failed`.
  public func calibration() throws(LedgerError) -> [CalibrationBin] {
    var members = [[(p: Double, came: Double)]](repeating: [], count: 10)
    var transforms = [Int](repeating: 0, count: 10)
    for settled in try settled() {
      switch settled.projection.claim {
      case .probability(let p, _): members[min(Int(p * 10), 9)].append((p, settled.came ? 1 : 0))
      case .distribution(let curve):
        transforms[min(Int(curve.probabilityIntegralTransform(settled.outcome) * 10), 9)] += 1
      }
    }
    return members.enumerated().map { place, bin in
      let count = Double(bin.count)
      return CalibrationBin(
        range: Double(place) / 10...Double(place + 1) / 10, count: bin.count,
        meanProbability: bin.isEmpty ? nil : bin.reduce(0) { $0 + $1.p } / count,
        frequency: bin.isEmpty ? nil : bin.reduce(0) { $0 + $1.came } / count,
        transformCount: transforms[place])
    }
  }

  private func settled() throws(LedgerError) -> [Settled] {
    try perform { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT projections.*, runs.name AS run_name, runs.model AS run_model, outcomes.value AS outcome
          FROM projections JOIN runs ON runs.number = projections.run
          JOIN outcomes ON outcomes.key = projections.key
          WHERE outcomes.number = (SELECT max(number) FROM outcomes AS later WHERE later.key = projections.key)
          ORDER BY projections.number
          """
      ).map { row in
        let projection = try LedgerSchema.projection(row)
        let outcome: Double = try row.value("outcome")
        try projection.check(Outcome(key: projection.key, value: outcome))
        return Settled(
          name: try row.value("run_name"), model: try row.value("run_model"), projection: projection,
          outcome: outcome)
      }
    }
  }
}

/// A projection with its outcome.
private struct Settled {
  let name: String
  let model: String
  let projection: Projection
  let outcome: Double

  /// Whether the event came true.
  var came: Bool {
    guard case .probability(_, let threshold?) = projection.claim else { return outcome == 1 }
    return outcome >= threshold
  }
}

private struct ScoreGroup: Hashable, Comparable {
  let name: String?
  let model: String?
  let horizon: Int?

  static func < (a: ScoreGroup, b: ScoreGroup) -> Bool {
    (a.name ?? "", a.model ?? "", a.horizon ?? 0) < (b.name ?? "", b.model ?? "", b.horizon ?? 0)
  }

  func score(_ members: [Settled]) -> LedgerScore {
    var brier = 0.0
    var logScore = 0.0
    var probabilities = 0
    var crps = 0.0
    var covered = [0.0, 0, 0]
    var distributions = 0
    var units: Set<String> = []
    for member in members {
      switch member.projection.claim {
      case .probability(let p, _):
        let came = member.came ? 1.0 : 0
        brier += (p - came) * (p - came)
        logScore -= Double.log(member.came ? p : 1 - p)
        probabilities += 1
      case .distribution(let curve):
        crps += curve.crps(member.outcome)
        for (place, level) in [0.5, 0.8, 0.95].enumerated() where curve.covers(member.outcome, level: level) {
          covered[place] += 1
        }
        units.insert(member.projection.unit)
        distributions += 1
      }
    }
    let m = Double(probabilities)
    let n = Double(distributions)
    return LedgerScore(
      name: name, model: model, horizon: horizon, probabilityCount: probabilities,
      brier: probabilities > 0 ? brier / m : nil, logScore: probabilities > 0 ? logScore / m : nil,
      distributionCount: distributions, crps: units.count == 1 ? crps / n : nil,
      coverage: distributions > 0 ? covered.map { $0 / n } : nil)
  }
}
