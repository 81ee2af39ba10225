internal import ForecastModels
internal import Forecasting
internal import ForesightNumerics

typealias ExplanationStatement = ForecastExplanation.Statement

/// The effect of each external variable: the change of the mean forecast if it is higher over the whole horizon.
func regressorStatements(
  _ fit: any FittedForecaster, _ base: Forecast, _ regressors: Regressors, _ view: SeriesView
) -> [ExplanationStatement] {
  let mean = base.mean
  return regressors.names.indices.compactMap { place -> ExplanationStatement? in
    let column = regressors.columns[place]
    let isFlag = column.allSatisfy { $0 == 0 || $0 == 1 }
    let center = column.reduce(0, +) / Double(column.count)
    let deviation =
      (column.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(max(1, column.count - 1)))
      .squareRoot()
    let delta = isFlag || deviation == 0 ? 1 : deviation
    var columns = regressors.columns
    let first = max(0, regressors.start.distance(to: base.start))
    guard first < column.count else { return nil }
    for row in first..<column.count { columns[place][row] += delta }
    guard
      let moved = try? Regressors(names: regressors.names, columns: columns, start: regressors.start),
      let other = try? fit.forecast(base.horizon, regressors: moved)
    else { return nil }
    let effect = zip(other.mean, mean).reduce(0) { $0 + $1.0 - $1.1 } / Double(max(1, mean.count))
    let name = regressors.names[place]
    let unit = effect / delta
    let text =
      isFlag
      ? "\(name): where it is 1 instead of 0, the forecast is \(view.change(effect))\(view.shareText(effect)) per \(view.period)."
      : "\(name): one unit more changes the forecast by \(view.change(unit)) per \(view.period); a rise by its standard "
        + "deviation, \(NumberText.significant(deviation, 3)), by \(view.change(effect))\(view.shareText(effect))."
    return ExplanationStatement(
      topic: .regressor, subject: name, value: unit, percent: view.share(unit), text: text)
  }
}

/// Which models are behind the forecast, and why.
func memberStatements(_ fit: any FittedForecaster, _ view: SeriesView) -> [ExplanationStatement] {
  let fit = (fit as? FittedModel)?.model ?? fit
  var members: [(name: String, weight: Double, error: Double?)] = []
  if let auto = fit as? FittedAuto {
    members = auto.members.map { ($0.fit.name, $0.weight, $0.error) }
  } else if let combination = fit as? FittedCombination {
    members = zip(combination.members, combination.weights).map { ($0.name, $1, nil) }
  }
  guard !members.isEmpty else {
    return [
      ExplanationStatement(
        topic: .member, subject: fit.name, value: 1, percent: 100,
        text: "Model: the forecast is that of \(fit.name) alone.")
    ]
  }
  let sorted = members.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
  let best = members.compactMap(\.error).min()
  let listed = sorted.map(\.element).filter { $0.weight >= 0.005 }
  var statements = listed.prefix(6).map { member in
    var text = "Model: \(member.name) weighs \(NumberText.fixed(100 * member.weight, 0)) %"
    if let error = member.error {
      text += ": its forecasts of held-back values were off by \(view.amount(error)) on average"
      if let best, best > 0 {
        text +=
          error == best
          ? ", the least of all" : ", \(NumberText.fixed(100 * (error / best - 1), 0)) % more than the best"
      }
    } else if best == nil {
      text +=
        ": no values were held back, as the series is short or has observations of several periods, so weights are those for any series"
    }
    return ExplanationStatement(
      topic: .member, subject: member.name, value: member.error, percent: 100 * member.weight,
      text: text + ".")
  }
  if listed.count > 6 {
    let rest = listed.dropFirst(6)
    let weight = 100 * rest.reduce(0) { $0 + $1.weight }
    statements.append(
      ExplanationStatement(
        topic: .member, subject: "others", value: nil, percent: weight,
        text: "Models: \(counted(rest.count, "other")) weigh \(NumberText.fixed(weight, 0)) % together."))
  }
  return statements
}

/// The last unusual values, and what they did to the forecast.
func outlierStatements(
  _ forecast: Forecast, _ forecaster: (any Forecaster)?, _ regressors: Regressors?, _ view: SeriesView
) -> [ExplanationStatement] {
  let outliers = view.outliers
  guard let latest = outliers.first else {
    return [
      ExplanationStatement(
        topic: .outlier, subject: "none", value: nil, percent: nil,
        text: "Outliers: no value is farther from trend and season than chance explains.")
    ]
  }
  var statements: [ExplanationStatement] = []
  let own = forecast.mean.reduce(0, +) / Double(max(1, forecast.horizon))
  for outlier in outliers.prefix(2) {
    let rest = outlier.value - outlier.expected
    var text =
      "Outlier: \(outlier.period) was \(view.amount(outlier.value)), \(view.amount(abs(rest))) "
      + "\(rest > 0 ? "above" : "below") what trend and season suggest (\(view.amount(outlier.expected)))."
    var effect: Double?
    if let forecaster, let series = view.series.replacing(outlier.period, with: outlier.expected),
      let fit = try? forecaster.fit(series, regressors: regressors),
      let other = try? fit.forecast(forecast.horizon, regressors: fit.usesRegressors ? regressors : nil)
    {
      let without = other.mean.reduce(0, +) / Double(max(1, forecast.horizon))
      let moved = own - without
      effect = moved
      text +=
        abs(moved) < 0.001 * max(abs(own), view.noise)
        ? " It hardly changes the forecast."
        : " It moves the forecast by \(view.change(moved))\(view.shareText(moved)) per \(view.period)."
    }
    statements.append(
      ExplanationStatement(
        topic: .outlier, subject: outlier.period.description, value: effect ?? rest,
        percent: view.share(effect ?? rest), text: text))
  }
  if outliers.count > 2 {
    statements.append(
      ExplanationStatement(
        topic: .outlier, subject: "earlier", value: Double(outliers.count - 2), percent: nil,
        text: "Outliers: \(outliers.count - 2) more before \(min(latest.period, outliers[1].period))."))
  }
  return statements
}

extension TimeSeries {
  /// The series with another value in a period of its own; `nil` if there is no such observation.
  fileprivate func replacing(_ period: Period, with value: Double) -> TimeSeries? {
    var changed = false
    let observations = observations.map { observation in
      guard observation.span.count == 1, observation.span.first == period else { return observation }
      changed = true
      return Observation(observation.span, value, source: observation.source, note: observation.note)
    }
    guard changed else { return nil }
    return try? TimeSeries(
      name: name, unit: unit, rule: rule, observations: observations, seasonalPeriod: seasonalPeriod,
      provenance: provenance)
  }
}
