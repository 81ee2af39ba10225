internal import Forecasting

extension ModelEntry {
  /// The regressions, by name.
  static let regression: [ModelEntry] = [
    ModelEntry(
      "linear-regression", summary: "trend, season, calendar and events by linear regression",
      options: [
        ModelOption(
          "trend", values: "none|DEGREE", standard: "1", summary: "a polynomial in time"),
        ModelOption(
          "knots", values: "PERIOD+PERIOD…", standard: "none",
          summary: "where a straight trend changes its slope"),
        ModelOption(
          "season", values: "none|dummies|dummies:CYCLE|fourier:K|fourier:K/CYCLE", standard: "none",
          summary: "the seasonal pattern"),
        ModelOption("calendar", values: "none|days", standard: "none", summary: "the days in the period"),
        ModelOption("step", values: "PERIOD+PERIOD…", standard: "none", summary: "lasting changes of level"),
        ModelOption("pulse", values: "PERIOD+PERIOD…", standard: "none", summary: "passing effects"),
        ModelOption(
          "ramp", values: "FROM|FROM/THROUGH", standard: "none", summary: "a gradual change of level"),
        ModelOption(
          "intercept", values: "true|false", standard: "true", summary: "whether there is a constant"),
        ModelOption(
          "estimator", values: "ols|huber|tukey|quantile:TAU", standard: "ols",
          summary: "least squares, robust or quantile regression"),
        ModelOption(
          "errors", values: "iid|ar1|ar1:cochrane-orcutt|ar1:prais-winsten", standard: "iid",
          summary: "independent errors, or AR(1)"),
        ModelOption(
          "covariance", values: "classic|hc0|hc1|hc2|hc3|hac|hac:LAG", standard: "classic",
          summary: "the standard errors"),
        ModelOption(
          "discount", values: "a factor above 0, at most 1", standard: "1",
          summary: "the weight of a period against the next"),
        ModelOption("log", values: "true|false", standard: "false", summary: "whether log y is regressed"),
      ]
    ) { options throws(ForecastError) in try regressionModel(options) }
  ]
}

private func regressionModel(_ options: ModelOptions) throws(ForecastError) -> LinearRegression {
  var terms: [RegressionTerm] = []
  if try options.flag("intercept") ?? true { terms.append(.intercept) }
  let knots = try periods(options, "knots")
  if !knots.isEmpty {
    guard options.text("trend") == nil || options.text("trend") == "1" else {
      throw .invalidOption(name: "knots", value: options.text("knots") ?? "", reason: "need trend=1")
    }
    terms.append(.piecewiseTrend(knots: knots))
  } else if options.text("trend") != "none" {
    terms.append(.trend(degree: try options.whole("trend", atLeast: 1) ?? 1))
  }
  if let season = try seasonTerm(options.text("season") ?? "none") { terms.append(season) }
  switch options.text("calendar") ?? "none" {
  case "none": break
  case "days": terms.append(.daysInPeriod)
  case let text: throw .invalidOption(name: "calendar", value: text, reason: "is neither none nor days")
  }
  terms += try periods(options, "step").map { .step($0) }
  terms += try periods(options, "pulse").map { .pulse($0) }
  if let text = options.text("ramp") {
    guard let span = PeriodSpan(text) else {
      throw .invalidOption(name: "ramp", value: text, reason: "is no period or FROM/THROUGH")
    }
    terms.append(.ramp(from: span.first, through: span.count > 1 ? span.last : nil))
  }
  var weights = RegressionWeights.equal
  if let factor = try options.number("discount"), factor != 1 {
    guard factor > 0, factor < 1 else {
      throw .invalidOption(name: "discount", value: "\(factor)", reason: "is no factor above 0, at most 1")
    }
    weights = .discounted(by: factor)
  }
  let model = LinearRegression(
    terms, estimator: try estimator(options.text("estimator") ?? "ols"),
    errors: try errors(options.text("errors") ?? "iid"),
    covariance: try covariance(options.text("covariance") ?? "classic"), weights: weights,
    logResponse: try options.flag("log") ?? false)
  try model.validate()
  return model
}

private func periods(_ options: ModelOptions, _ name: String) throws(ForecastError) -> [Period] {
  guard let text = options.text(name), text != "none" else { return [] }
  var periods: [Period] = []
  for part in text.split(separator: "+", omittingEmptySubsequences: false) {
    guard let period = Period(part) else {
      throw .invalidOption(name: name, value: String(part), reason: "is no period")
    }
    periods.append(period)
  }
  return periods
}

private func seasonTerm(_ text: String) throws(ForecastError) -> RegressionTerm? {
  let (kind, argument) = split(text, at: ":")
  switch (kind, argument) {
  case ("none", nil): return nil
  case ("dummies", nil): return .seasonalDummies()
  case ("dummies", .some(let cycle)):
    if let cycle = Int(cycle), cycle > 1 { return .seasonalDummies(period: cycle) }
  case ("fourier", .some(let argument)):
    let (harmonics, cycle) = split(argument, at: "/")
    if let harmonics = Int(harmonics), harmonics > 0 {
      guard let cycle else { return .fourier(harmonics: harmonics) }
      if let cycle = Double(cycle), cycle > 1, cycle.isFinite {
        return .fourier(period: cycle, harmonics: harmonics)
      }
    }
  default: break
  }
  throw .invalidOption(
    name: "season", value: text, reason: "is none of none, dummies, dummies:CYCLE, fourier:K, fourier:K/CYCLE"
  )
}

private func estimator(_ text: String) throws(ForecastError) -> RegressionEstimator {
  let (kind, argument) = split(text, at: ":")
  switch (kind, argument) {
  case ("ols", nil): return .leastSquares
  case ("huber", nil): return .huber()
  case ("tukey", nil): return .tukey()
  case ("quantile", nil): return .quantile()
  case ("quantile", .some(let tau)):
    if let tau = Double(tau), tau > 0, tau < 1 { return .quantile(tau) }
  default: break
  }
  throw .invalidOption(
    name: "estimator", value: text, reason: "is none of ols, huber, tukey, quantile:TAU with 0 < TAU < 1")
}

private func errors(_ text: String) throws(ForecastError) -> RegressionErrors {
  let (kind, argument) = split(text, at: ":")
  switch (kind, argument) {
  case ("iid", nil): return .independent
  case ("ar1", nil): return .autoregressive()
  case ("ar1", .some(let method)):
    if let method = AutoregressiveEstimator(rawValue: method) { return .autoregressive(method) }
  default: break
  }
  throw .invalidOption(
    name: "errors", value: text,
    reason: "is none of iid, ar1, ar1:ml, ar1:cochrane-orcutt, ar1:prais-winsten")
}

private func covariance(_ text: String) throws(ForecastError) -> CoefficientCovariance {
  let (kind, argument) = split(text, at: ":")
  switch (kind, argument) {
  case ("classic", nil): return .classic
  case ("hac", nil): return .neweyWest()
  case ("hac", .some(let lag)):
    if let lag = Int(lag), lag >= 0 { return .neweyWest(lag: lag) }
  case (_, nil):
    if let kind = HeteroskedasticKind(rawValue: kind) { return .heteroskedastic(kind) }
  default: break
  }
  throw .invalidOption(
    name: "covariance", value: text, reason: "is none of classic, hc0, hc1, hc2, hc3, hac, hac:LAG")
}

/// The text before and after the first mark; no mark, no second part.
private func split(_ text: String, at mark: Character) -> (String, String?) {
  guard let place = text.firstIndex(of: mark) else { return (text, nil) }
  return (String(text[..<place]), String(text[text.index(after: place)...]))
}
