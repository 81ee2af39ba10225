public import ForesightNumerics

/// The reason that data could not be read, fitted or forecast.
///
/// Each case carries the values and the period involved.
public enum ForecastError: Error, Sendable, Equatable, Codable {
  /// The model needs more observations than the series has.
  case tooFewObservations(model: String, series: String, needed: Int, found: Int)
  /// The model needs more base periods than the series covers.
  case tooFewPeriods(model: String, series: String, needed: Int, found: Int)
  /// The model needs a value in every season, and the positions `places` of the cycle, counted from 1 at `first`, have none.
  case unseenSeason(model: String, series: String, cycle: Int, first: Period, places: [Int])
  /// The model works with logarithms or counts, and a value is not positive.
  case notPositive(model: String, series: String, span: PeriodSpan, value: Double)
  /// The model needs values within two bounds, and a value lies outside them.
  case outsideDomain(
    model: String, series: String, span: PeriodSpan, value: Double, lower: Double, upper: Double)
  /// The model does not support missing values, and the series has one.
  case missingValue(model: String, series: String, span: PeriodSpan)
  /// The model does not support observations that cover several periods, and the series has one.
  case spanNotSupported(model: String, series: String, span: PeriodSpan)
  /// The model needs a series that varies, and the series is constant.
  case constantSeries(model: String, series: String)
  /// The data do not form a time series, or a file cannot be read as one.
  case data(DataFault)
  /// An option of a model, metric or command has a value that is not allowed.
  case invalidOption(name: String, value: String, reason: String)
  /// A regressor has no value for a period that is fitted or forecast.
  case missingRegressor(name: String, series: String, period: Period)
  /// None of the members of a combination could be fitted.
  case noMember(model: String, series: String, reasons: [String])
  /// The periods asked about are not covered by the series and its forecast.
  case outsideForecast(series: String, asked: PeriodSpan, reason: String)
  /// The forecast for a span is not a finite number.
  case notFinite(model: String, series: String, span: PeriodSpan)
  /// The forecast mean lies too far outside the range of the data to be credible.
  case explodes(model: String, series: String, span: PeriodSpan, value: Double)
  /// The model lacks a capability that was asked for; the models that have it, where they are known.
  case unsupported(model: String, capability: String, models: [String] = [])
  /// No model, dataset, metric or option has this name.
  case unknownName(kind: String, name: String, nearest: String?)
  /// A numerical routine failed on the problem that the model posed.
  case numerics(model: String, series: String, NumericsError)
}

extension ForecastError: CustomStringConvertible {
  /// One line that names the model, series and period involved.
  public var description: String {
    switch self {
    case .tooFewObservations(let model, let series, let needed, let found):
      "\(model) needs at least \(counted(needed, "observation")); series \(named(series)) has \(found)"
    case .tooFewPeriods(let model, let series, let needed, let found):
      "\(model) needs at least \(counted(needed, "period")); series \(named(series)) covers \(found)"
    case .unseenSeason(let model, let series, let cycle, let first, let places):
      "\(model) needs a value at every position of the seasonal cycle; series \(named(series)) has no value at "
        + "\(listed(places)) of the \(cycle)-period cycle that starts at \(first)"
    case .notPositive(let model, let series, let span, let value):
      "\(model) needs positive values; series \(named(series)) has \(value) at \(span)"
    case .outsideDomain(let model, let series, let span, let value, let lower, let upper):
      "\(model) needs values \(range(lower, upper)); series \(named(series)) has \(value) at \(span)"
    case .missingValue(let model, let series, let span):
      "\(model) does not support missing values; series \(named(series)) has no value at \(span)"
    case .spanNotSupported(let model, let series, let span):
      "\(model) needs one period per observation; series \(named(series)) has an observation that covers \(span)"
    case .constantSeries(let model, let series):
      "\(model) needs a series that varies; series \(named(series)) is constant"
    case .data(let fault): fault.description
    case .invalidOption(let name, let value, let reason): "\(name) \(value): \(reason)"
    case .missingRegressor(let name, let series, let period):
      "regressor \(name) has no value for \(period), which series \(named(series)) needs"
    case .noMember(let model, let series, let reasons):
      "no member of \(model) could be fitted to series \(named(series)): \(reasons.joined(separator: "; "))"
    case .outsideForecast(let series, let asked, let reason):
      "\(asked) of series \(named(series)): \(reason)"
    case .notFinite(let model, let series, let span):
      "the \(model) forecast of series \(named(series)) for \(span) is not a finite number"
    case .explodes(let model, let series, let span, let value):
      "the \(model) forecast of series \(named(series)) explodes: \(value) for \(span) is far outside the range of the data"
    case .unsupported(let model, let capability, let models):
      "\(model) does not support \(capability)"
        + (models.isEmpty ? "" : "; these models do: \(models.joined(separator: ", "))")
    case .unknownName(let kind, let name, let nearest):
      "unknown \(kind) \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
    case .numerics(let model, let series, let error): "\(model) on series \(named(series)): \(error)"
    }
  }

  private func range(_ lower: Double, _ upper: Double) -> String {
    switch (lower.isFinite, upper.isFinite) {
    case (true, false): "of at least \(lower)"
    case (false, true): "of at most \(upper)"
    default: "between \(lower) and \(upper)"
    }
  }

  /// `position 6`, `positions 6 and 7`; if there are many, the first five.
  private func listed(_ places: [Int]) -> String {
    guard let last = places.last, places.count > 1 else {
      return "position " + places.map { "\($0)" }.joined()
    }
    guard places.count <= 6 else {
      return
        "positions \(places.prefix(5).map { "\($0)" }.joined(separator: ", ")) and \(places.count - 5) more"
    }
    return "positions \(places.dropLast().map { "\($0)" }.joined(separator: ", ")) and \(last)"
  }

  private func named(_ series: String) -> String { series.isEmpty ? "(unnamed)" : "\"\(series)\"" }
}
