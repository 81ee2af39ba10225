internal import RealModule

/// A strictly increasing map of values to the scale that a model works on.
public enum SeriesTransform: Sendable, Hashable, Codable {
  /// w = log y, for y > 0.
  case log
  /// w = log((y − a)/(b − y)), for a < y < b.
  case logit(lower: Double, upper: Double)
  /// w = (y^λ − 1)/λ, log y at λ = 0, for y > 0 (G. E. P. Box and D. R. Cox, *J. R. Stat. Soc. B* 26 (1964) 211–252).
  case boxCox(lambda: Double)

  private enum CodingKeys: String, CodingKey { case log, logit, boxCox }
  private enum LogCodingKeys: CodingKey {}
  private enum LogitCodingKeys: String, CodingKey { case lower, upper }
  private enum BoxCoxCodingKeys: String, CodingKey { case lambda }

  /// Reads a transformation.
  ///
  /// - Throws: `DecodingError` for another name, bounds of a logit that are not in order, numbers that are not finite.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func fault(_ key: CodingKeys, _ text: String) -> DecodingError {
      .dataCorruptedError(forKey: key, in: container, debugDescription: text)
    }
    switch container.allKeys.first {
    case .log: self = .log
    case .logit:
      let bounds = try container.nestedContainer(keyedBy: LogitCodingKeys.self, forKey: .logit)
      let lower = try bounds.decode(Double.self, forKey: .lower)
      let upper = try bounds.decode(Double.self, forKey: .upper)
      guard lower < upper, (upper - lower).isFinite else { throw fault(.logit, "has no bounds in order") }
      self = .logit(lower: lower, upper: upper)
    case .boxCox:
      let lambda = try container.nestedContainer(keyedBy: BoxCoxCodingKeys.self, forKey: .boxCox)
        .decode(Double.self, forKey: .lambda)
      guard lambda.isFinite else { throw fault(.boxCox, "has no finite λ") }
      self = .boxCox(lambda: lambda)
    case nil:
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: container.codingPath, debugDescription: "names no transformation"))
    }
  }

  /// g(y); `nil` outside the domain.
  public func forward(_ y: Double) -> Double? {
    let w: Double
    switch self {
    case .log: w = y > 0 ? Double.log(y) : .nan
    case .logit(let lower, let upper):
      w = y > lower && y < upper ? Double.log((y - lower) / (upper - y)) : .nan
    // (exp(λ log y) − 1)/λ keeps the digits near λ = 0.
    case .boxCox(0): w = y > 0 ? Double.log(y) : .nan
    case .boxCox(let lambda): w = y > 0 ? Double.expMinusOne(lambda * .log(y)) / lambda : .nan
    }
    return w.isFinite ? w : nil
  }

  /// g⁻¹(w); values that no y has go to the end of the domain beside them, and none is beyond the largest number.
  public func inverse(_ w: Double) -> Double {
    switch self {
    case .log, .boxCox(0): return min(.exp(w), .greatestFiniteMagnitude)
    case .logit(let lower, let upper):
      // The nearer end plus what is left of the width: no digits are lost beside it.
      let share = 1 / (1 + Double.exp(-abs(w)))
      return w < 0 ? lower + (upper - lower) * (1 - share) : upper - (upper - lower) * (1 - share)
    case .boxCox(let lambda):
      let power = lambda * w
      guard power > -1 else { return lambda > 0 ? 0 : .greatestFiniteMagnitude }
      return min(.exp(.log(onePlus: power) / lambda), .greatestFiniteMagnitude)
    }
  }

  /// log g′(y) inside the domain.
  public func logDerivative(_ y: Double) -> Double {
    switch self {
    case .log: -.log(y)
    case .logit(let lower, let upper): .log(upper - lower) - .log(y - lower) - .log(upper - y)
    case .boxCox(let lambda): (lambda - 1) * .log(y)
    }
  }

  /// Whether a normal law of w gives y a mean.
  ///
  /// For λ < 0 the w of positive y end at −1/λ, where the density of w is not 0: P(Y > y) falls as y^λ, and so it does once
  /// the law is cut off there. E Y is infinite for −1 ≤ λ < 0, and Var Y for −2 ≤ λ < 0.
  var hasMean: Bool { power >= 0 }

  /// λ of a power, 0 of a logarithm, 1 of what is bounded.
  var power: Double {
    switch self {
    case .log: 0
    case .logit: 1
    case .boxCox(let lambda): lambda
    }
  }

  /// The ends of the values that it takes.
  public var domain: ClosedRange<Double> {
    if case .logit(let lower, let upper) = self { return lower...upper }
    return 0...Double.infinity
  }
}
