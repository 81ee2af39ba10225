/// The distributions that a file can write.
enum Laws {
  private static func key(_ name: String, _ shape: Shape<Law>, _ says: String) -> Field<Law?> {
    Field(optional: name, shape, says)
  }

  private static let triple = Shape.number.list(3).called(
    "[low, mode, high] with low ≤ mode ≤ high and low < high"
  ) { $0[0] <= $0[1] && $0[1] <= $0[2] && $0[0] < $0[2] }

  private static let mean = Field(required: "mean", .number, "its mean")
  private static let deviation = Field(required: "sd", .number(.above(0)), "its standard deviation")
  private static let median = Field(required: "median", .number(.above(0)), "its median")
  private static let sigma = Field(
    required: "sigma", .number(.above(0)), "the standard deviation of its logarithm")
  private static let p10 = Field(required: "p10", .number, "its quantile at 0.1")
  private static let p50 = Field(required: "p50", .number, "its median")
  private static let p90 = Field(required: "p90", .number, "its quantile at 0.9")

  private static let shapeAlpha = Field(required: "alpha", .number(.within(0.05...1e4)), "its first shape")
  private static let shapeBeta = Field(required: "beta", .number(.within(0.05...1e4)), "its second shape")
  private static let unitLow = Field("low", default: 0, "0", Shape.number, "its least value")
  private static let unitHigh = Field("high", default: 1, "1", Shape.number, "its greatest value")
  private static let shapeOf = Field(required: "shape", .number(.within(0.05...1e6)), "its shape")
  private static let scaleOf = Field(required: "scale", .number(.above(0)), "its scale")
  private static let low = Field(optional: "low", .number, "the least value")
  private static let high = Field(optional: "high", .number, "the greatest value")
  private static let values = Field(
    required: "values", Shape.number.list(in: 1...10_000), "the values that it may have")
  private static let weights = Field(
    required: "weights", Shape.number(.atLeast(0)).list(in: 1...10_000),
    "their probabilities, or numbers in proportion to them")

  /// The part of a normal law between bounds that have some probability.
  private static func truncated(_ part: Part) -> Law? {
    let (low, high) = (part[Laws.low] ?? -.infinity, part[Laws.high] ?? .infinity)
    let (from, to) = ((low - part[mean]) / part[deviation], (high - part[mean]) / part[deviation])
    guard low < high, from < 30, to > -30, low.isFinite || high.isFinite else {
      part.spot.note("must have low < high, at least one of them, and some probability between them")
      return nil
    }
    return .truncatedNormal(mean: part[mean], deviation: part[deviation], low: low, high: high)
  }

  /// Values with weights, in ascending order.
  private static func discrete(_ part: Part) -> Law? {
    let (values, weights) = (part[Laws.values], part[Laws.weights])
    let sum = weights.reduce(0, +)
    guard values.count == weights.count, sum > 0, sum.isFinite else {
      part.spot.note("must have one weight per value, and weights that are not all 0")
      return nil
    }
    let pairs = zip(values, weights).filter { $0.1 > 0 }.sorted { $0.0 < $1.0 }
    var cumulative: [Double] = []
    var reached = 0.0
    for pair in pairs {
      reached += pair.1
      cumulative.append(reached / sum)
    }
    cumulative[cumulative.count - 1] = 1
    return .discrete(values: pairs.map(\.0), cumulative: cumulative)
  }

  /// Each distribution as a key, whose value is its parameters.
  static let keys: [Field<Law?>] = [
    key("constant", Shape.number.then { value, _ in .constant(value) }, "always this number"),
    key(
      "uniform",
      Shape.number.list(2).called("[low, high] with low < high") { $0[0] < $0[1] }
        .then { p, _ in .uniform(low: p[0], high: p[1]) },
      "equally likely between two numbers"),
    key(
      "triangular",
      triple
        .then { p, _ in .triangular(low: p[0], mode: p[1], high: p[2]) },
      "triangular"),
    key(
      "pert",
      triple
        .then { p, _ in .pert(low: p[0], mode: p[1], high: p[2]) },
      "a beta distribution with this mode"),
    key(
      "normal",
      Shape<Law>.object(Layout(fields: [mean, deviation])) {
        .normal(mean: $0[mean], deviation: $0[deviation])
      }.defined(as: "normal"),
      "normal"),
    key(
      "lognormal",
      Shape<Law>.object(Layout(fields: [median, sigma])) {
        .lognormal(shift: 0, scale: $0[median], sigma: $0[sigma])
      }.defined(as: "lognormal"), "lognormal"),
    key(
      "shifted_lognormal",
      Shape<Law>.object(Layout(fields: [p10, p50, p90])) { part in
        let law = Law.shiftedLognormal(p10: part[p10], p50: part[p50], p90: part[p90])
        if law == nil { part.spot.note("must have p10 < p50 < p90 and p90 - p50 > p50 - p10") }
        return law
      }.defined(as: "shifted_lognormal"), "lognormal from a shift on, by three quantiles"),
    key(
      "beta",
      Shape<Law>.object(Layout(fields: [shapeAlpha, shapeBeta, unitLow, unitHigh])) { part in
        guard part[unitLow] < part[unitHigh] else {
          part.spot.note("must have low < high")
          return nil
        }
        return .beta(alpha: part[shapeAlpha], beta: part[shapeBeta], low: part[unitLow], high: part[unitHigh])
      }.defined(as: "beta"), "a beta distribution by its shapes"),
    key(
      "gamma",
      Shape<Law>.object(Layout(fields: [shapeOf, scaleOf])) {
        .gamma(shape: $0[shapeOf], scale: $0[scaleOf])
      }.defined(as: "gamma"), "a gamma distribution, with mean shape × scale"),
    key(
      "weibull",
      Shape<Law>.object(Layout(fields: [shapeOf, scaleOf])) {
        .weibull(shape: $0[shapeOf], scale: $0[scaleOf])
      }.defined(as: "weibull"), "a Weibull distribution"),
    key(
      "truncated_normal",
      Shape<Law>.object(Layout(fields: [mean, deviation, low, high]), truncated).defined(
        as: "truncated_normal"),
      "the part of a normal distribution between two bounds"),
    key(
      "log_uniform",
      Shape.number(.above(0)).list(2).called("[low, high] with 0 < low < high") { $0[0] < $0[1] }
        .then { p, _ in .logUniform(low: p[0], high: p[1]) },
      "uniform in the logarithm"),
    key(
      "discrete",
      Shape<Law>.object(Layout(fields: [values, weights]), discrete).defined(as: "discrete"),
      "one of some values, each with its own probability"),
    key(
      "empirical", Shape.number.list(in: 1...Int.max).then { values, _ in .empirical(values.sorted()) },
      "each of these values with the same probability"),
  ]

  /// The law that a mapping names by one of the keys.
  static func law(_ part: Part) -> Law? { keys.lazy.compactMap { part[$0] }.first }

  /// Names of other programs.
  static let renamed = [
    "const": "constant", "triangle": "triangular", "loguniform": "log_uniform",
    "truncnorm": "truncated_normal",
    "choice": "discrete",
  ]

  private static let mapping = Shape<Law>.object(
    Layout(
      fields: keys, rules: [.oneOf(keys.map { [$0.key] })], renamed: renamed, keyNoun: "distribution"), law)

  private static let scalar = Shape<Law>(
    "a number, never", many: "distributions",
    schema: { ["anyOf": [["type": "number"], ["const": "never"]]] },
    read: { spot in
      spot.text == "never" ? .never : Shape.number.read(spot).map { .constant($0) }
    })

  /// A distribution: `{triangular: [1, 2, 4]}`, a number, or `never`.
  static let shape = scalar.or(mapping).called(
    "a distribution such as {triangular: [low, mode, high]}, a number or never", many: "distributions"
  ).defined(as: "law")

  /// A distribution of numbers, which `never` is not.
  static let numeric = shape.then { law, spot in
    if law != .never { return law }
    spot.note("must be a number or a distribution of numbers, not never")
    return nil
  }
}
