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

/// What is wrong with data, where: a file and line when it was read from one.
public struct DataFault: Error, Sendable, Equatable, Codable {
  /// The kinds of fault.
  public enum Kind: Sendable, Equatable, Codable {
    /// The file cannot be opened or is not UTF-8 text.
    case unreadable(String)
    /// The header lacks a column; those that it has.
    case missingColumn(String, found: [String])
    /// The header has a column twice, so that it cannot be told which is meant.
    case repeatedColumn(String)
    /// A row has the wrong number of fields.
    case fieldCount(expected: Int, found: Int)
    /// The fields of the header look separated by other marks than commas.
    case separator(String)
    /// A quoted field does not end.
    case unterminatedQuote
    /// The text is no period.
    case badPeriod(String)
    /// The text is no finite number.
    case badNumber(String)
    /// The text in a column of a period's row is no finite number.
    case badCell(String, column: String, period: Period)
    /// The period has another frequency than the rows before it.
    case mixedFrequencies(Frequency, Frequency)
    /// The row has another unit than the rows before it.
    case mixedUnits(String, String)
    /// The row's key is empty or not UTF-8 text.
    case badKey
    /// The period was given before.
    case duplicate(PeriodSpan)
    /// The span covers periods that an earlier span covers.
    case overlap(PeriodSpan, PeriodSpan)
    /// The row is earlier than the row before it.
    case disorder(PeriodSpan, after: PeriodSpan)
    /// Periods without a row, where gaps are refused.
    case gap(PeriodSpan)
    /// There is no observation at all.
    case empty
  }

  /// What is wrong.
  public let kind: Kind
  /// The series it is wrong with, where one is known.
  public let series: String?
  /// The file it was read from.
  public let file: String?
  /// The line in the file, counted from 1.
  public let line: Int?

  /// A fault with what is known of its place.
  public init(_ kind: Kind, series: String? = nil, file: String? = nil, line: Int? = nil) {
    self.kind = kind
    self.series = series
    self.file = file
    self.line = line
  }
}

extension DataFault: CustomStringConvertible {
  /// One line: `file:line: what is wrong (series NAME)`.
  public var description: String {
    let place: String
    switch (file, line) {
    case (.some(let file), .some(let line)): place = "\(file):\(line): "
    case (.some(let file), nil): place = "\(file): "
    default: place = ""
    }
    let subject = series.map { $0.isEmpty ? "" : " (series \($0))" } ?? ""
    return place + what + subject
  }

  private var what: String {
    switch kind {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .missingColumn(let column, let found):
      "the header has no column \"\(column)\"" + DataFault.columns(found)
    case .repeatedColumn(let column): "the header has the column \"\(column)\" twice"
    case .fieldCount(let expected, let found): "\(found) fields where the header has \(expected)"
    case .separator(let name): "the fields look separated by \(name), not by commas"
    case .unterminatedQuote: "a quoted field does not end"
    case .badPeriod(let text):
      "\"\(text)\" is no period such as 2020-01-31, 2020-01, 2020-Q1, 2020-W05, 2020 or an integer"
    case .badNumber(let text): "\"\(text)\" is no finite number"
    case .badCell(let text, let column, let period):
      "\"\(text)\" is no finite number (column \"\(column)\", \(period))"
    case .mixedFrequencies(let found, let expected):
      "a period by \(found.rawValue) among periods by \(expected.rawValue)"
    case .mixedUnits(let found, let expected): "unit \"\(found)\" among values in \"\(expected)\""
    case .badKey: "the row has no readable key"
    case .duplicate(let span): "\(span) is given twice"
    case .overlap(let span, let earlier): "\(span) overlaps \(earlier)"
    case .disorder(let span, let earlier): "\(span) comes after \(earlier)"
    case .gap(let span): "no observation for \(span)"
    case .empty: "there is no observation"
    }
  }

  /// What looks to separate the fields of a header that has no comma, `nil` where nothing does.
  static func separator(_ header: [String]) -> String? {
    guard header.count == 1 else { return nil }
    return header[0].contains(";") ? "semicolons" : header[0].contains("\t") ? "tabs" : nil
  }

  /// What a header has in place of a column, at most ten names.
  private static func columns(_ found: [String]) -> String {
    guard !found.isEmpty, found != [""] else { return "" }
    if let name = separator(found) { return "; its fields look separated by \(name), not by commas" }
    let rest = found.count > 10 ? " and \(found.count - 10) more" : ""
    return "; it has " + found.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ") + rest
  }
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
