/// The distribution of an input of a `ScenarioDraft`.
public struct ScenarioLaw: Sendable, Hashable {
  /// The key of the distribution in a file, such as `triangular`.
  let key: String
  let value: ScenarioValue

  private init(_ key: String, _ value: ScenarioValue) {
    self.key = key
    self.value = value
  }

  private static func numbers(_ key: String, _ values: [Double]) -> ScenarioLaw {
    ScenarioLaw(key, .list(values.map { .number($0) }))
  }

  /// Always one number.
  public static func constant(_ value: Double) -> ScenarioLaw { ScenarioLaw("constant", .number(value)) }

  /// A date that never comes; in `byBranch` and `knots` alone.
  public static let never = ScenarioLaw("never", "never")

  /// Equally likely between two numbers.
  public static func uniform(_ low: Double, _ high: Double) -> ScenarioLaw {
    numbers("uniform", [low, high])
  }

  /// Triangular.
  public static func triangular(_ low: Double, _ mode: Double, _ high: Double) -> ScenarioLaw {
    numbers("triangular", [low, mode, high])
  }

  /// A beta distribution with a mode, of shape 4 (PERT).
  public static func pert(_ low: Double, _ mode: Double, _ high: Double) -> ScenarioLaw {
    numbers("pert", [low, mode, high])
  }

  /// Normal.
  public static func normal(mean: Double, sd: Double) -> ScenarioLaw {
    ScenarioLaw("normal", ["mean": .number(mean), "sd": .number(sd)])
  }

  /// Lognormal by its median and the standard deviation of its logarithm.
  public static func lognormal(median: Double, sigma: Double) -> ScenarioLaw {
    ScenarioLaw("lognormal", ["median": .number(median), "sigma": .number(sigma)])
  }

  /// Lognormal from a shift on, by three quantiles.
  public static func shiftedLognormal(p10: Double, p50: Double, p90: Double) -> ScenarioLaw {
    ScenarioLaw("shifted_lognormal", ["p10": .number(p10), "p50": .number(p50), "p90": .number(p90)])
  }

  /// A beta distribution by its shapes, between 0 and 1 or two other ends.
  public static func beta(_ alpha: Double, _ beta: Double, low: Double = 0, high: Double = 1) -> ScenarioLaw {
    ScenarioLaw(
      "beta",
      ["alpha": .number(alpha), "beta": .number(beta), "low": .number(low), "high": .number(high)])
  }

  /// A gamma distribution, with mean shape × scale.
  public static func gamma(shape: Double, scale: Double) -> ScenarioLaw {
    ScenarioLaw("gamma", ["shape": .number(shape), "scale": .number(scale)])
  }

  /// A Weibull distribution.
  public static func weibull(shape: Double, scale: Double) -> ScenarioLaw {
    ScenarioLaw("weibull", ["shape": .number(shape), "scale": .number(scale)])
  }

  /// The part of a normal distribution between two bounds.
  public static func truncatedNormal(
    mean: Double, sd: Double, low: Double? = nil, high: Double? = nil
  ) -> ScenarioLaw {
    var entries = [ScenarioValue.Entry("mean", .number(mean)), ScenarioValue.Entry("sd", .number(sd))]
    if let low { entries.append(.init("low", .number(low))) }
    if let high { entries.append(.init("high", .number(high))) }
    return ScenarioLaw("truncated_normal", .mapping(entries))
  }

  /// Uniform in the logarithm.
  public static func logUniform(_ low: Double, _ high: Double) -> ScenarioLaw {
    numbers("log_uniform", [low, high])
  }

  /// One of some values, each with its own probability.
  public static func discrete(_ values: [Double], weights: [Double]) -> ScenarioLaw {
    ScenarioLaw(
      "discrete",
      ["values": .list(values.map { .number($0) }), "weights": .list(weights.map { .number($0) })])
  }

  /// Each of some values with the same probability.
  public static func empirical(_ values: [Double]) -> ScenarioLaw { numbers("empirical", values) }

  /// A distribution in certain years, with straight lines between them.
  public static func knots(_ laws: [Int: ScenarioLaw]) -> ScenarioLaw {
    ScenarioLaw(
      "knots",
      .mapping(laws.sorted { $0.key < $1.key }.map { ScenarioValue.Entry("\($0.key)", $0.value.nested) }))
  }

  /// A distribution by branch; `default` serves the branches that are not named.
  public static func byBranch(_ laws: [String: ScenarioLaw], default other: ScenarioLaw? = nil) -> ScenarioLaw
  {
    var entries = laws.sorted { $0.key < $1.key }.map { ScenarioValue.Entry($0.key, $0.value.nested) }
    if let other { entries.append(.init("default", other.nested)) }
    return ScenarioLaw("by_branch", .mapping(entries))
  }

  /// The law inside another: `{triangular: […]}`, `never`.
  private var nested: ScenarioValue { self == .never ? value : .mapping([.init(key, value)]) }
}
