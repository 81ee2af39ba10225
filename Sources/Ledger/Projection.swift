/// A projection of one future value.
public struct Projection: Sendable, Hashable {
  /// The claim.
  public enum Claim: Sendable, Hashable {
    /// The probability that the outcome is 1 and not 0; with a threshold, that it is at least that.
    case probability(Double, threshold: Double?)
    /// The distribution of the outcome.
    case distribution(QuantileCurve)
  }

  /// The key that settles it: `SERIES@PERIOD` or `SCENARIO.QUESTION`.
  public let key: String
  /// The claim.
  public let claim: Claim
  /// The unit of the outcome.
  public let unit: String
  /// Periods from the last one known to the one projected; `nil` if that is not a number of periods.
  public let horizon: Int?

  /// A projection.
  ///
  /// - Throws: `LedgerError.badProjection` for a probability outside 0 … 1, an empty key, or a threshold that is not a number.
  public init(key: String, claim: Claim, unit: String = "", horizon: Int? = nil) throws(LedgerError) {
    guard !key.isEmpty else { throw .badProjection(key: "(no key)", reason: "has no key") }
    if case .probability(let p, let threshold) = claim {
      guard (0...1).contains(p) else { throw .badProjection(key: key, reason: "has the probability \(p)") }
      guard threshold?.isFinite ?? true else {
        throw .badProjection(key: key, reason: "has a threshold that is not finite")
      }
    }
    self.key = key
    self.claim = claim
    self.unit = unit
    self.horizon = horizon
  }
}

/// A distribution by its quantiles at (i − ½)/200, i = 1 … 200.
///
/// Values above a ceiling stand for "later" and are scored as the ceiling, so the score is that of the distribution below it
/// (threshold weighting; T. Gneiting and R. Ranjan, *J. Bus. Econ. Stat.* 29 (2011) 411–422, doi:10.1198/jbes.2010.08110).
public struct QuantileCurve: Sendable, Hashable {
  /// The number of quantiles.
  public static let count = 200

  /// The quantiles in ascending order, none above the ceiling.
  public let quantiles: [Double]
  /// The value that stands for "never" and later dates; `nil` if every value is finite.
  public let ceiling: Double?

  /// The curve of a quantile function.
  ///
  /// - Throws: `LedgerError.badProjection` if a quantile is not finite and there is no ceiling, or if they do not ascend.
  public init(
    key: String, ceiling: Double? = nil, quantile: (_ probability: Double) -> Double
  ) throws(LedgerError) {
    try self.init(key: key, quantiles: QuantileCurve.levels.map(quantile), ceiling: ceiling)
  }

  /// The probabilities of the quantiles, (i − ½)/200.
  static let levels = (0..<count).map { (Double($0) + 0.5) / Double(count) }

  /// The curve of given quantiles.
  init(key: String, quantiles: [Double], ceiling: Double?) throws(LedgerError) {
    let capped = quantiles.map { min($0, ceiling ?? .infinity) }
    guard capped.count == QuantileCurve.count, capped.allSatisfy(\.isFinite) else {
      throw .badProjection(key: key, reason: "has quantiles that are not finite numbers")
    }
    guard zip(capped, capped.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw .badProjection(key: key, reason: "has quantiles that do not ascend")
    }
    self.quantiles = capped
    self.ceiling = ceiling
  }

  /// The quantile at a probability, by lines between the quantiles kept.
  public func quantile(_ probability: Double) -> Double {
    let place = probability * Double(QuantileCurve.count) - 0.5
    let low = min(max(Int(place.rounded(.down)), 0), QuantileCurve.count - 2)
    let share = min(max(place - Double(low), 0), 1)
    return quantiles[low] + share * (quantiles[low + 1] - quantiles[low])
  }

  /// The share of the distribution below a value; ties count half.
  public func probabilityIntegralTransform(_ outcome: Double) -> Double {
    let value = min(outcome, ceiling ?? .infinity)
    let below = quantiles.count { $0 < value }
    let ties = quantiles.count { $0 == value }
    return (Double(below) + Double(ties) / 2) / Double(QuantileCurve.count)
  }

  /// (1/n) Σ|qᵢ − y| − (1/2n²) Σᵢⱼ|qᵢ − qⱼ|, in the unit of the outcome.
  public func crps(_ outcome: Double) -> Double {
    let value = min(outcome, ceiling ?? .infinity)
    let n = Double(QuantileCurve.count)
    var distance = 0.0
    var spread = 0.0
    for (place, quantile) in quantiles.enumerated() {
      distance += abs(quantile - value)
      spread += Double(2 * place + 1 - QuantileCurve.count) * (quantile - value)
    }
    return max(distance / n - spread / (n * n), 0)
  }

  /// Whether the central interval of a level contains a value.
  public func covers(_ outcome: Double, level: Double) -> Bool {
    let value = min(outcome, ceiling ?? .infinity)
    return quantile((1 - level) / 2) <= value && value <= quantile((1 + level) / 2)
  }
}
