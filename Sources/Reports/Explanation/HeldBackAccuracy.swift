internal import ForecastModels
internal import Forecasting
internal import ForesightNumerics

/// The errors of one model on held-back data.
private struct HeldBackErrors {
  let name: String
  let origins: [Period]
  let absolute: Double
  let percent: Double?
  let mase: Double?
  let coverage: Double?

  /// `nil` if the model gave no forecast.
  init?(_ model: any Forecaster, _ design: RollingOrigin, _ series: TimeSeries, _ regressors: Regressors?) {
    guard let test = try? design.backtest([model], on: series, regressors: regressors),
      let table = try? test.scores(.mae, .mase, .coverage(0.8)), let error = table[model.name, .mae]
    else { return nil }
    name = model.name
    origins = test.origins
    absolute = error
    mase = table[model.name, .mase]
    coverage = table[model.name, .coverage(0.8)]
    let sum = test.outcomes.reduce(0) { $0 + abs($1.actual) }
    percent = sum > 0 ? 100 * test.outcomes.reduce(0) { $0 + abs($1.error) } / sum : nil
  }

  /// `5.1 % of the values, MASE 0.81`.
  var relative: String {
    let parts = [
      percent.map { "\(NumberText.fixed($0, 1)) % of the values" },
      mase.map { "MASE \(NumberText.fixed($0, 2))" },
    ]
    let text = parts.compactMap(\.self).joined(separator: ", ")
    return text.isEmpty ? "" : " (\(text))"
  }
}

/// How well the model did on held-back data, beside the seasonal naive method.
func accuracyStatements(
  _ forecaster: any Forecaster, _ series: TimeSeries, _ horizon: Int, _ regressors: Regressors?,
  _ view: SeriesView
) -> [ExplanationStatement] {
  let length = series.periodCount
  let steps = max(1, min(horizon, view.cycle > 1 ? view.cycle : 12, length / 4))
  let step = max(1, steps / 2)
  let origins = min(4, max(1, (length / 2 - steps) / step + 1))
  let initial = length - steps - (origins - 1) * step
  guard initial > 2,
    case let design = RollingOrigin(initial: initial, horizon: steps, step: step),
    let own = HeldBackErrors(forecaster, design, series, regressors)
  else {
    return [
      ExplanationStatement(
        topic: .accuracy, subject: forecaster.name, value: nil, percent: nil,
        text: "Accuracy: the series is too short to forecast values that are known.")
    ]
  }
  let first = own.origins.first.map { ", the first after \($0)," } ?? ""
  var text =
    "Accuracy: \(counted(own.origins.count, "forecast")) of \(counted(steps, view.period)) each\(first) made without "
    + "the values that they are compared with, were off by \(view.amount(own.absolute)) on average\(own.relative)."
  if let inside = own.coverage {
    text += " The 80 % intervals held \(NumberText.fixed(100 * inside, 0)) % of the values."
  }
  var statements = [
    ExplanationStatement(
      topic: .accuracy, subject: own.name, value: own.absolute, percent: own.percent, text: text)
  ]
  // The seasonal naive method does not support observations of several periods.
  let seasonal = view.cycle > 1 ? HeldBackErrors(SeasonalNaive(), design, series, nil) : nil
  guard let other = seasonal ?? HeldBackErrors(Naive(), design, series, nil), other.name != own.name else {
    return statements
  }
  let gain = other.absolute > 0 ? 100 * (1 - own.absolute / other.absolute) : 0
  let verdict =
    abs(gain) < 1
    ? "about the same"
    : "the model's errors are \(NumberText.fixed(abs(gain), 0)) % \(gain > 0 ? "smaller" : "larger")"
  let value = seasonal != nil ? "the value of one cycle before" : "the last value"
  statements.append(
    ExplanationStatement(
      topic: .accuracy, subject: other.name, value: other.absolute, percent: other.percent,
      text:
        "Beside it, \(other.name) (\(value)) was off by \(view.amount(other.absolute))\(other.relative): \(verdict)."
    ))
  return statements
}
