public import Forecasting

extension LinearRegression: DescribedForecaster {
  /// `linear-regression`.
  public static let descriptions = [
    ModelDescription(
      "linear-regression", "trend, season, calendar and events by linear regression", LinearRegression(),
      options)
  ]

  private static let options: [ModelOption<LinearRegression>] = [
    ModelOption(
      "trend", \.trendDegree, .optional(.whole(in: 1...20), absent: "none"),
      "the degree of a polynomial in time"),
    ModelOption(
      "knots", \.knots, .list(.period, shownAs: "PERIOD+PERIOD…", empty: "none"),
      "where a linear trend changes its slope", needs: "trend=1"),
    ModelOption("season", \.season, .optional(.season, absent: "none"), "the seasonal pattern"),
    ModelOption(
      "calendar", \.hasDays, .oneOf(.word("days", true), .word("none", false)),
      "the number of days in the period"),
    ModelOption(
      "step", \.steps, .list(.period, shownAs: "PERIOD+PERIOD…", empty: "none"), "lasting changes of level"),
    ModelOption(
      "pulse", \.pulses, .list(.period, shownAs: "PERIOD+PERIOD…", empty: "none"), "effects in one period"),
    ModelOption(
      "ramp", \.ramps, .list(.ramp, shownAs: "FROM or FROM/THROUGH, joined by +", empty: "none"),
      "gradual changes of level"),
    ModelOption("intercept", \.hasIntercept, .flag, "whether there is a constant"),
    ModelOption("estimator", \.estimator, .estimator, "least squares, robust or quantile regression"),
    ModelOption("errors", \.errors, .errors, "independent errors, or AR(1)"),
    ModelOption("covariance", \.covariance, .covariance, "how standard errors are estimated"),
    ModelOption(
      "discount", \.discount, .number(above: 0, atMost: 1), "the weight of a period relative to the next one"),
    ModelOption("log", \.logResponse, .flag, "whether the regression is on log y"),
  ]

  /// Refuses options that have no meaning, alone or together.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  public func validate() throws(ForecastError) {
    try validateOptions()
    if estimator != .leastSquares, errors != .independent {
      throw .invalidOption(name: "errors", value: "ar1", reason: "needs estimator=ols")
    }
    if errors != .independent, weights != .equal {
      throw .invalidOption(name: "errors", value: "ar1", reason: "cannot be combined with weights")
    }
    if covariance != .classic, estimator != .leastSquares || errors != .independent {
      throw .invalidOption(
        name: "covariance", value: OptionSyntax.covariance.text(of: covariance) ?? "",
        reason: "needs estimator=ols and errors=iid")
    }
  }
}

// The terms as options. Terms that options set stand in the order of `RegressionTerm.place`.
extension LinearRegression {
  private var hasIntercept: Bool {
    get { terms.contains(.intercept) }
    set { replace(0, with: newValue ? [.intercept] : []) }
  }

  private var trendDegree: Int? {
    get {
      for term in terms {
        switch term {
        case .trend(let degree): return degree
        case .piecewiseTrend: return 1
        default: break
        }
      }
      return nil
    }
    set { replace(1, with: newValue.map { [.trend(degree: $0)] } ?? []) }
  }

  private var knots: [Period] {
    get {
      for term in terms {
        if case .piecewiseTrend(let knots) = term { return knots }
      }
      return []
    }
    set { if !newValue.isEmpty { replace(1, with: [.piecewiseTrend(knots: newValue)]) } }
  }

  private var season: RegressionTerm? {
    get { terms.first { $0.place == 2 } }
    set { replace(2, with: newValue.map { [$0] } ?? []) }
  }

  private var hasDays: Bool {
    get { terms.contains(.daysInPeriod) }
    set { replace(3, with: newValue ? [.daysInPeriod] : []) }
  }

  private var steps: [Period] {
    get { terms.compactMap { term in if case .step(let period) = term { period } else { nil } } }
    set { replace(4, with: newValue.map { .step($0) }) }
  }

  private var pulses: [Period] {
    get { terms.compactMap { term in if case .pulse(let period) = term { period } else { nil } } }
    set { replace(5, with: newValue.map { .pulse($0) }) }
  }

  private var ramps: [RegressionTerm] {
    get { terms.filter { $0.place == 6 } }
    set { replace(6, with: newValue) }
  }

  private var discount: Double {
    get { if case .discounted(let factor) = weights { factor } else { 1 } }
    set { weights = newValue == 1 ? .equal : .discounted(by: newValue) }
  }

  /// Puts terms in the place of those of the same kind.
  private mutating func replace(_ place: Int, with new: [RegressionTerm]) {
    terms = terms.filter { $0.place < place } + new + terms.filter { $0.place > place }
  }
}

extension RegressionTerm {
  /// Where a term stands among those that options set.
  fileprivate var place: Int {
    switch self {
    case .intercept: 0
    case .trend, .piecewiseTrend: 1
    case .seasonalDummies, .fourier: 2
    case .daysInPeriod: 3
    case .step: 4
    case .pulse: 5
    case .ramp: 6
    }
  }
}

extension OptionSyntax<RegressionTerm> {
  /// Dummies or a Fourier series, with the series' own cycle unless one is given.
  fileprivate static var season: OptionSyntax {
    .oneOf(
      .word("dummies", .seasonalDummies()),
      .prefixed(
        "dummies:", .count(atLeast: 2), shownAs: "dummies:CYCLE", wrap: { .seasonalDummies(period: $0) },
        unwrap: { term in if case .seasonalDummies(let cycle) = term { cycle } else { nil } }),
      .prefixed(
        "fourier:", harmonics, shownAs: "fourier:K", wrap: { .fourier(harmonics: $0) },
        unwrap: { term in if case .fourier(nil, let harmonics) = term { harmonics } else { nil } }),
      OptionSyntax(
        ["fourier:K/CYCLE"], examples: ["fourier:2/365.25"],
        read: { text in
          let parts = text.dropFirst(8).split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
          guard text.hasPrefix("fourier:"), parts.count == 2,
            let count = try? harmonics.value(of: parts[0], option: "season"),
            let period = try? cycle.value(of: parts[1], option: "season")
          else { return nil }
          return .fourier(period: period, harmonics: count)
        },
        write: { term in
          guard case .fourier(let period?, let count) = term, let first = harmonics.text(of: count),
            let second = cycle.text(of: period)
          else { return nil }
          return "fourier:\(first)/\(second)"
        }))
  }

  private static var harmonics: OptionSyntax<Int> { .whole(in: 1...1000) }
  private static var cycle: OptionSyntax<Double> { .number(above: 1, atMost: 1_000_000) }

  /// The first period of a ramp, or the first and the last.
  fileprivate static var ramp: OptionSyntax {
    OptionSyntax(
      ["FROM", "FROM/THROUGH"], examples: ["2022-01", "2022-01/2023-06"],
      read: { text in
        PeriodSpan(text).map { .ramp(from: $0.first, through: $0.count > 1 ? $0.last : nil) }
      },
      write: { term in
        guard case .ramp(let from, let through) = term else { return nil }
        return "\(from)" + (through.map { "/\($0)" } ?? "")
      })
  }
}

extension OptionSyntax<RegressionEstimator> {
  /// The name of an estimator with its tuning constant or probability.
  fileprivate static var estimator: OptionSyntax {
    .oneOf(
      .word("ols", .leastSquares), .word("huber", .huber()),
      .prefixed(
        "huber:", .number(above: 0), shownAs: "huber:K (K > 0)", wrap: { .huber(k: $0) },
        unwrap: { estimator in if case .huber(let k) = estimator { k } else { nil } }),
      .word("tukey", .tukey()),
      .prefixed(
        "tukey:", .number(above: 0), shownAs: "tukey:C (C > 0)", wrap: { .tukey(c: $0) },
        unwrap: { estimator in if case .tukey(let c) = estimator { c } else { nil } }),
      .word("quantile", .quantile()),
      .prefixed(
        "quantile:", .number(above: 0, below: 1), shownAs: "quantile:TAU (0 < TAU < 1)",
        wrap: { .quantile($0) },
        unwrap: { estimator in if case .quantile(let tau) = estimator { tau } else { nil } }))
  }
}

extension OptionSyntax<RegressionErrors> {
  /// Independent errors, or AR(1) with the estimator of ρ.
  fileprivate static var errors: OptionSyntax {
    .oneOf(
      .word("iid", .independent), .word("ar1", .autoregressive()),
      .prefixed(
        "ar1:", .choice(), wrap: { .autoregressive($0) },
        unwrap: { errors in if case .autoregressive(let estimator) = errors { estimator } else { nil } }))
  }
}

extension OptionSyntax<CoefficientCovariance> {
  /// The name of a covariance estimator.
  fileprivate static var covariance: OptionSyntax {
    .oneOf(
      .word("classic", .classic),
      OptionSyntax<HeteroskedasticKind>.choice().map(
        { .heteroskedastic($0) },
        { covariance in if case .heteroskedastic(let kind) = covariance { kind } else { nil } }),
      .word("hac", .neweyWest()),
      .prefixed(
        "hac:", .count(atLeast: 0), shownAs: "hac:LAG", wrap: { .neweyWest(lag: $0) },
        unwrap: { covariance in if case .neweyWest(let lag) = covariance { lag } else { nil } }))
  }
}
