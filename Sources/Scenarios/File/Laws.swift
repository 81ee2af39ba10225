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
      "empirical", Shape.number.list(in: 1...Int.max).then { values, _ in .empirical(values.sorted()) },
      "each of these values with the same probability"),
  ]

  /// The law that a mapping names by one of the keys.
  static func law(_ part: Part) -> Law? { keys.lazy.compactMap { part[$0] }.first }

  /// Names of other programs.
  static let renamed = ["const": "constant"]

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
