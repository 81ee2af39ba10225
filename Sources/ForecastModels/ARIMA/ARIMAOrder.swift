/// The orders of a seasonal ARIMA model: (p,d,q)(P,D,Q)[m].
public struct ARIMAOrder: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The autoregressive order p.
  public var ar: Int
  /// The number of first differences d.
  public var difference: Int
  /// The moving-average order q.
  public var ma: Int
  /// The seasonal autoregressive order P.
  public var seasonalAR: Int
  /// The number of seasonal differences D.
  public var seasonalDifference: Int
  /// The seasonal moving-average order Q.
  public var seasonalMA: Int
  /// The base periods in a cycle m; 1 without seasonal orders, or where a model takes the series' own.
  public var period: Int

  /// The orders (p,d,q)(P,D,Q)[m].
  ///
  /// A model throws `ForecastError.invalidOption` for an order outside 0 to 1,000 and a cycle of more than 1,000,000 periods when
  /// it is fitted; a cycle of fewer than two periods is the series' own.
  public init(
    _ ar: Int, _ difference: Int, _ ma: Int, seasonal: (ar: Int, difference: Int, ma: Int) = (0, 0, 0),
    period: Int = 1
  ) {
    self.ar = ar
    self.difference = difference
    self.ma = ma
    self.seasonalAR = seasonal.ar
    self.seasonalDifference = seasonal.difference
    self.seasonalMA = seasonal.ma
    self.period = period
  }

  private enum CodingKeys: String, CodingKey {
    case ar, difference, ma, seasonalAR, seasonalDifference, seasonalMA, period
  }

  /// Reads orders and checks them.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func order(_ key: CodingKeys, from least: Int = 0) throws -> Int {
      let order = try container.decode(Int.self, forKey: key)
      guard (least...1_000_000).contains(order) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "\(order) is not an order of a model")
      }
      return order
    }
    let seasonal = (
      ar: try order(.seasonalAR), difference: try order(.seasonalDifference), ma: try order(.seasonalMA)
    )
    let period = try order(.period, from: 1)
    guard period > 1 || seasonal == (0, 0, 0) else {
      throw DecodingError.dataCorruptedError(
        forKey: .period, in: container, debugDescription: "must be at least 2 for seasonal orders")
    }
    self.init(
      try order(.ar), try order(.difference), try order(.ma), seasonal: seasonal, period: period)
  }

  // Sums wrap, so that orders far out of range are refused when a model is fitted, and trap nowhere before.
  /// p + q + P + Q.
  public var armaCount: Int { ar &+ ma &+ seasonalAR &+ seasonalMA }

  /// d + mD, the number of values that differencing uses.
  public var lost: Int { difference &+ period &* seasonalDifference }

  /// Whether a seasonal order is above zero.
  var isSeasonal: Bool { seasonalAR != 0 || seasonalDifference != 0 || seasonalMA != 0 }

  /// Whether nothing is differenced.
  var isStationary: Bool { difference == 0 && seasonalDifference == 0 }

  /// p + mP.
  var longAR: Int { ar &+ period &* seasonalAR }

  /// q + mQ.
  var longMA: Int { ma &+ period &* seasonalMA }

  /// `(1,1,1)(0,1,1)[12]`; the seasonal part is left out if it is empty.
  public var description: String {
    let plain = "(\(ar),\(difference),\(ma))"
    guard isSeasonal else { return plain }
    return plain + "(\(seasonalAR),\(seasonalDifference),\(seasonalMA))" + (period > 1 ? "[\(period)]" : "")
  }
}

/// The coefficients of φ(B)Φ(B^m) w = θ(B)Θ(B^m) ε, with φ(B) = 1 − φ₁B − … and θ(B) = 1 + θ₁B + …, in the notation of R.
public struct ARIMACoefficients: Sendable, Hashable, Codable {
  /// φ₁ … φ_p.
  public var ar: [Double]
  /// θ₁ … θ_q.
  public var ma: [Double]
  /// Φ₁ … Φ_P.
  public var seasonalAR: [Double]
  /// Θ₁ … Θ_Q.
  public var seasonalMA: [Double]

  /// Creates the coefficients of the four polynomials.
  public init(ar: [Double] = [], ma: [Double] = [], seasonalAR: [Double] = [], seasonalMA: [Double] = []) {
    self.ar = ar
    self.ma = ma
    self.seasonalAR = seasonalAR
    self.seasonalMA = seasonalMA
  }
}

extension ARMAProcess {
  /// The process of given coefficients, without derivatives.
  init?(_ coefficients: ARIMACoefficients, period: Int) {
    func jets(_ values: [Double]) -> [ARMAJet] { values.map { ARMAJet($0) } }
    self.init(
      ar: jets(coefficients.ar), ma: jets(coefficients.ma), seasonalAR: jets(coefficients.seasonalAR),
      seasonalMA: jets(coefficients.seasonalMA), period: period)
  }
}
