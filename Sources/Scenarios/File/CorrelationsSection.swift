internal import RealModule

/// The section `correlations`: what goes together.
enum CorrelationsSection {
  /// A correlation of two inputs, or of what is unforeseen in two series.
  enum Pair: Sendable {
    case inputs(Correlation)
    case series(SeriesCorrelation)
  }

  /// What a correlation is measured of.
  private enum Parameter: String, CaseIterable {
    case normalScore = "normal-score"
    case tScore = "t-score"
    case spearman
  }

  private static let suffix = ".innovations"

  private static let between = Field(
    required: "between", Shape.reference.list(2),
    "two inputs, or the innovations of two series: `[a.innovations, b.innovations]`")
  private static let gaussian = Field(
    optional: "gaussian_copula", .number(.within(-1...1)), "the correlation of a Gaussian copula")
  private static let student = Field(
    optional: "t_copula", .number(.within(-1...1)), "the correlation of a t copula, for inputs")
  private static let degrees = Field(
    optional: "df", .number(.within(1...1000)), "the degrees of freedom of the t copula")
  private static let estimate = Field(
    optional: "estimate",
    .only("rank", "rank", because: "it is estimated from the rank correlation of residuals"),
    "estimates the correlation of two series' innovations from their residuals")
  private static let from = Field(
    optional: "from", .only("history", "history", because: "residuals are those of the observations"),
    "states that it is estimated from the observations")
  private static let parameter = Field(
    optional: "parameter", .choice(Parameter.self),
    "what the number is the correlation of; the default is `normal-score`, or `t-score` of a t copula")
  private static let repair = Field(
    "repair", default: false, "",
    .only("nearest", "nearest", because: "only the nearest correlation matrix can replace the group's"),
    "replaces a matrix that is not positive semidefinite by the nearest correlation matrix")

  /// The section.
  static let shape = Shape<Pair>.object(
    Layout(
      fields: [between, gaussian, student, degrees, estimate, from, parameter, repair] + Provenance.keys,
      rules: [
        .oneOf([["gaussian_copula"], ["t_copula"], ["estimate"]]), .needs("df", ["t_copula"]),
        .needs("t_copula", ["df"]), .needs("from", ["estimate"]), .apart("estimate", from: ["parameter"]),
      ], later: ["matrix"])
  ) { part in
    let names = part[between]
    let isOfSeries = names.map { $0.name.hasSuffix(suffix) }
    guard isOfSeries[0] == isOfSeries[1] else {
      part.fail(
        between, "cannot mix innovations with anything else; write both names with \(suffix)")
      return nil
    }
    return isOfSeries[0] ? seriesPair(part) : inputPair(part)
  }.list()

  private static func inputPair(_ part: Part) -> Pair? {
    let names = part[between]
    if part.has(estimate) {
      part.fail(
        at: estimate,
        ": \"estimate\" is for the innovations of series; write between: [a.innovations, b.innovations]")
      return nil
    }
    guard let value = part[gaussian] ?? part[student] else { return nil }
    let degrees = part[degrees]
    return score(of: value, part, degrees).map {
      .inputs(
        Correlation(
          first: names[0].name, second: names[1].name, normalScore: $0, degreesOfFreedom: degrees,
          repairs: part[repair], place: names[0].place))
    }
  }

  private static func seriesPair(_ part: Part) -> Pair? {
    if part.has(student) {
      part.fail(at: student, ": the innovations of series take gaussian_copula, or estimate: rank")
      return nil
    }
    var normalScore: Double?
    if let value = part[gaussian] {
      guard let own = score(of: value, part, nil) else { return nil }
      normalScore = own
    }
    let names = part[between]
    return .series(
      SeriesCorrelation(
        first: String(names[0].name.dropLast(suffix.count)),
        second: String(names[1].name.dropLast(suffix.count)), normalScore: normalScore, repairs: part[repair],
        place: names[0].place))
  }

  /// The correlation of scores: as it is given, or of a rank correlation ρ 2 sin(πρ/6) for the Gaussian copula.
  private static func score(of value: Double, _ part: Part, _ degrees: Double?) -> Double? {
    let own = degrees == nil ? Parameter.normalScore : .tScore
    switch part[parameter] {
    case nil, own: return value
    case .spearman:
      guard let degrees, let curve = try? RankCorrelation(degreesOfFreedom: degrees) else {
        return 2 * .sin(.pi * value / 6)
      }
      return curve.parameter(value)
    case .some(let other):
      part.fail(
        parameter,
        "must be \(own.rawValue) or spearman beside \(degrees == nil ? "gaussian_copula" : "t_copula"), not \(other.rawValue)"
      )
      return nil
    }
  }
}
