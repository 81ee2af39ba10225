public import ForesightNumerics

/// Why data could not be read, fitted or forecast; every case carries the numbers and the period at fault.
public enum ForecastError: Error, Sendable, Equatable, Codable {
  /// The model needs more observations than the series has.
  case tooFewObservations(model: String, series: String, needed: Int, found: Int)
  /// The model needs more base periods than the series covers.
  case tooFewPeriods(model: String, series: String, needed: Int, found: Int)
  /// The model needs a value in every season and places of the cycle, counted from 1 at `first`, have none.
  case unseenSeason(model: String, series: String, cycle: Int, first: Period, places: [Int])
  /// The model works on logarithms or counts and met a value that is not positive.
  case notPositive(model: String, series: String, span: PeriodSpan, value: Double)
  /// The model takes values between two bounds and met one that is not.
  case outsideDomain(
    model: String, series: String, span: PeriodSpan, value: Double, lower: Double, upper: Double)
  /// The model cannot take missing values and met one.
  case missingValue(model: String, series: String, span: PeriodSpan)
  /// The model cannot take an observation that covers several periods and met one.
  case spanNotSupported(model: String, series: String, span: PeriodSpan)
  /// The model needs variation and the series has none.
  case constantSeries(model: String, series: String)
  /// The data cannot be a time series, or a file cannot be read as one.
  case data(DataFault)
  /// An option of a model, metric or command has no meaning.
  case invalidOption(name: String, value: String, reason: String)
  /// A regressor has no value for a period that is fitted or forecast.
  case missingRegressor(name: String, series: String, period: Period)
  /// None of the models that a combination is made of could be fitted.
  case noMember(model: String, series: String, reasons: [String])
  /// A question about periods that the series and its forecast do not cover.
  case outsideForecast(series: String, asked: PeriodSpan, reason: String)
  /// The model's answer for a span is not a finite number.
  case notFinite(model: String, series: String, span: PeriodSpan)
  /// The model's mean lies so far outside the data that it is no forecast.
  case explodes(model: String, series: String, span: PeriodSpan, value: Double)
  /// No model, dataset, metric or option has this name.
  case unknownName(kind: String, name: String, nearest: String?)
  /// The numerics refused the problem that the model posed.
  case numerics(model: String, series: String, NumericsError)
}

extension ForecastError: CustomStringConvertible {
  /// One line that names model, series and period.
  public var description: String {
    switch self {
    case .tooFewObservations(let model, let series, let needed, let found):
      "\(model) needs \(counted(needed, "observation")); series \(named(series)) has \(found)"
    case .tooFewPeriods(let model, let series, let needed, let found):
      "\(model) needs \(counted(needed, "base period")); series \(named(series)) covers \(found)"
    case .unseenSeason(let model, let series, let cycle, let first, let places):
      "\(model) needs a value at every place of the cycle; series \(named(series)) has none at \(listed(places)) of the "
        + "cycle of \(cycle) from \(first) on"
    case .notPositive(let model, let series, let span, let value):
      "\(model) needs positive values; series \(named(series)) has \(value) at \(span)"
    case .outsideDomain(let model, let series, let span, let value, let lower, let upper):
      "\(model) needs values \(range(lower, upper)); series \(named(series)) has \(value) at \(span)"
    case .missingValue(let model, let series, let span):
      "\(model) takes no missing values; series \(named(series)) lacks \(span)"
    case .spanNotSupported(let model, let series, let span):
      "\(model) takes one period an observation; series \(named(series)) has the span \(span)"
    case .constantSeries(let model, let series):
      "\(model) needs variation; series \(named(series)) is constant"
    case .data(let fault): fault.description
    case .invalidOption(let name, let value, let reason): "\(name) \(value): \(reason)"
    case .missingRegressor(let name, let series, let period):
      "regressor \(name) has no value for \(period) of series \(named(series))"
    case .noMember(let model, let series, let reasons):
      "no member of \(model) fits series \(named(series)): \(reasons.joined(separator: "; "))"
    case .outsideForecast(let series, let asked, let reason):
      "\(asked) of series \(named(series)): \(reason)"
    case .notFinite(let model, let series, let span):
      "\(model) on series \(named(series)) forecasts no finite value for \(span)"
    case .explodes(let model, let series, let span, let value):
      "\(model) on series \(named(series)) explodes: it forecasts \(value) for \(span), far outside the data"
    case .unknownName(let kind, let name, let nearest):
      "there is no \(kind) \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
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

  /// `place 6`, `places 6 and 7`; of many the first.
  private func listed(_ places: [Int]) -> String {
    guard let last = places.last, places.count > 1 else { return "place " + places.map { "\($0)" }.joined() }
    guard places.count <= 6 else {
      return "places \(places.prefix(5).map { "\($0)" }.joined(separator: ", ")) and \(places.count - 5) more"
    }
    return "places \(places.dropLast().map { "\($0)" }.joined(separator: ", ")) and \(last)"
  }

  private func named(_ series: String) -> String { series.isEmpty ? "(unnamed)" : "\"\(series)\"" }
}
