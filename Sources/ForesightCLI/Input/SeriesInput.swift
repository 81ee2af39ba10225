internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Ledger

/// The options that choose a series, bundled or in a file.
struct SeriesInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A bundled series, as listed by \"foresight datasets\".", valueName: "name"),
    completion: .list(Datasets.catalogue.map(\.name)))
  var dataset: String?

  @Option(
    help: ArgumentHelp(
      "A table with a column of dates and one of values, in any common layout; - for standard input.",
      valueName: "file"), completion: .file())
  var input: String?

  @Option(help: ArgumentHelp("The series to use if the file has several.", valueName: "id"))
  var series: String?

  @Option(
    help: ArgumentHelp(
      "How a value aggregates its periods: sum, mean or last; to-date for totals since January. (default: sum)",
      valueName: "rule"), transform: named)
  var rule: RuleChoice?

  @Option(
    help: ArgumentHelp(
      "The length of a base period: year, half, quarter, month, week, day, hour, minute, second, business-day, index, or "
        + "several such as 15-minute or 14-day. (default: implied by the periods)", valueName: "frequency"),
    transform: named)
  var frequency: Frequency?

  @OptionGroup var dates: DateInput
  @OptionGroup var columns: TableInput

  @Option(help: ArgumentHelp("The first period to use.", valueName: "period"))
  var from: String?

  @Option(
    name: [.customLong("to"), .customLong("until")],
    help: ArgumentHelp("The last period to use.", valueName: "period"))
  var to: String?

  @OptionGroup var cycles: SeasonInput

  @Option(
    help: ArgumentHelp(
      "Periods without a row are missing or zero, or refuse them. (default: missing)", valueName: "policy"),
    transform: named)
  var gaps: GapChoice?

  func validate() throws {
    guard dataset == nil || input == nil else { throw SeriesInput.missing }
    if input == "" { throw ValidationError("--input must name a file") }
    if dataset != nil {
      for (name, given) in [
        ("--rule", rule != nil), ("--frequency", frequency != nil), ("--series", series != nil),
        ("--gaps", gaps != nil), ("--date-order", dates.dateOrder != nil), ("--zone", dates.zone != nil),
      ] + columns.given.map({ ($0, true) }) where given {
        throw ValidationError("\(name) and --dataset cannot be used together; a bundled series has its own")
      }
    }
  }

  private static let missing = ValidationError("name a series with either --dataset NAME or --input FILE")

  /// Whether a series is named.
  var isGiven: Bool { dataset != nil || input != nil }

  /// The options about a series that are given.
  var given: [String] {
    [
      ("--series", series != nil), ("--rule", rule != nil), ("--frequency", frequency != nil),
      ("--from", from != nil), ("--to", to != nil), ("--season", cycles.season != nil),
      ("--gaps", gaps != nil),
    ].filter(\.1).map(\.0) + dates.given + columns.given
  }

  /// Checks that a series is named.
  ///
  /// - Throws: `ValidationError`.
  func require() throws {
    guard isGiven else { throw SeriesInput.missing }
  }

  /// The series.
  ///
  /// - Parameter other: a series whose frequency and rule it has unless options say otherwise.
  /// - Throws: `ForecastError` naming file and line.
  func load(like other: TimeSeries? = nil) throws(ForecastError) -> LoadedSeries {
    var loaded = dataset != nil ? try bundled() : try read(like: other)
    let start = try period(from, option: "from", loaded.series.frequency)
    let end = try period(to, option: "to", loaded.series.frequency)
    if let start, let end, start > end {
      throw .invalidOption(name: "--from", value: "\(start)", reason: "is after --to \(end)")
    }
    if start != nil || end != nil {
      guard let part = loaded.series.slice(from: start, through: end) else {
        let isEarly = end.map { $0 < loaded.series.start } ?? false
        throw .invalidOption(
          name: isEarly ? "--to" : "--from", value: (isEarly ? to : from) ?? "",
          reason: "leaves no observation; the series covers \(loaded.series.span)")
      }
      loaded.series = part
    }
    loaded.series = try cycles.applied(to: loaded.series)
    return loaded
  }

  private func bundled() throws(ForecastError) -> LoadedSeries {
    let entry = try Datasets.entry(named: dataset ?? "")
    // The entry handles a start before its default; a later start is a slice.
    let whole = try entry.series()
    var series = whole
    if let from, let first = Period(from, frequency: whole.frequency), first < whole.start {
      series = try entry.series(from: first)
    }
    // Totals since January say nothing of a month by themselves.
    guard entry.isToDate else { return LoadedSeries(series: series) }
    return LoadedSeries(
      series: try series.flowsOfYearToDate(),
      note: "Values are year-to-date totals; each period's flow is their difference within the year")
  }

  private func read(like other: TimeSeries?) throws(ForecastError) -> LoadedSeries {
    let path = input ?? ""
    let whole = try Table(path: path, options: columns.options)
    // A wide table is read as many series if one of them is asked for.
    let tidy = try whole.tidy(columns.options, isPanel: series != nil)
    var table = tidy.table
    var name = path == "-" ? "standard input" : TimeSeries.stem(of: path)
    if let column = table.column("unique_id") {
      if series == nil, let row = table.rows.first(where: { CSVTable.trimmed($0.fields[column]).isEmpty }) {
        throw .data(DataFault(.badKey, file: table.file, line: row.line))
      }
      name = try chosen(among: table.rows.map { $0.fields[column] }, file: table.file, fallback: name)
      table = table.rows(whose: column, is: name)
    } else if let series {
      throw .invalidOption(
        name: "--series", value: series, reason: "needs a file of several series; this one has one")
    }
    var periods: PeriodColumn?
    var series = try TimeSeries(
      table: table, name: name, rule: rule?.rule ?? other?.rule ?? .sum,
      frequency: frequency ?? other?.frequency,
      gaps: gaps?.policy ?? .missing, seasonalPeriod: nil, periodColumn: "period", valueColumn: "value",
      options: dates.options, aggregate: columns.aggregate, periods: &periods)
    let isCumulative = rule == nil && series.looksYearToDate
    let notes = [
      tidy.note, periods.flatMap { dateNote($0) }, isCumulative ? SeriesInput.toDateNote : nil,
    ].compactMap(\.self)
    if rule == .toDate { series = try series.flowsOfYearToDate() }
    return LoadedSeries(
      series: series,
      origin: LoadedSeries.Origin(file: table.file ?? path, table: table, periods: periods?.spans ?? []),
      note: notes.isEmpty ? nil : notes.joined(separator: "\n"),
      isWarning: tidy.hasOmissions || isCumulative || periods.map { isDateWarning($0) } ?? false,
      priceColumn: rule == nil ? (columns.value.map { [$0] } ?? whole.header).first(where: isPriceLike) : nil)
  }

  private static let toDateNote =
    "Values rise within every year and fall with each new one, as year-to-date totals do; use --rule to-date "
    + "to forecast the flow of each period"

  /// The id in `--series`, or the only one.
  private func chosen(
    among ids: [String], file: String?, fallback: String
  ) throws(ForecastError) -> String {
    var distinct: [String] = []
    for id in ids where distinct.last != id && !distinct.contains(id) { distinct.append(id) }
    if let series {
      guard distinct.contains(series) else {
        throw .unknownName(
          kind: "series in \(file ?? "the input")", name: series,
          nearest: nearestName(to: series, among: distinct))
      }
      return series
    }
    guard distinct.count <= 1 else {
      throw .invalidOption(
        name: "--input", value: file ?? "",
        reason: "has \(distinct.count) series; choose one, such as --series \(distinct[0])")
    }
    return distinct.first ?? fallback
  }

  private func period(
    _ text: String?, option: String, _ frequency: Frequency
  ) throws(ForecastError) -> Period? {
    guard let text else { return nil }
    guard let period = Period(text, frequency: frequency) else {
      throw .invalidOption(
        name: "--\(option)", value: text, reason: "is not a \(frequency.rawValue)")
    }
    return period
  }
}

/// What `--rule` says of the values of a file.
enum RuleChoice: String, CaseIterable {
  case sum
  case mean
  case last
  case toDate = "to-date"

  /// The rule of the library; values to date are those of the last of their periods.
  var rule: SpanRule {
    switch self {
    case .sum: .sum
    case .mean: .mean
    case .last, .toDate: .last
    }
  }
}

/// Whether a column or a unit is named as prices, indices and rates are, whose sum means nothing.
func isPriceLike(_ name: String) -> Bool {
  let words = name.lowercased().split { !$0.isLetter && $0 != "%" }
  let known: Set<Substring> = [
    "price", "prices", "index", "cpi", "ppi", "rate", "rates", "yield", "percent", "%", "temperature", "temp",
    "kurs", "preis", "prix", "precio", "цена", "индекс",
  ]
  return words.contains { known.contains($0) }
}

/// A series and the file that it was read from.
struct LoadedSeries {
  /// The file of a series.
  struct Origin {
    let file: String
    let table: CSVTable
    /// The span of each row.
    let periods: [PeriodSpan?]
  }

  var series: TimeSeries
  var origin: Origin?
  /// A note on how the dates of the file were read.
  var note: String?
  /// The file of external variables, if one was given.
  var regressorFile: String?

  /// Whether the note is about a likely mistake.
  var isWarning = false
  /// The name of a column that seems to hold prices or rates, if no rule was given.
  var priceColumn: String?

  /// Warns on standard error that the dates may have been misread.
  func warn() {
    guard isWarning, let note else { return }
    for line in note.split(separator: "\n") { StandardError.write("foresight: \(line)\n") }
  }

  /// The file that was read; `nil` for standard input.
  ///
  /// - Throws: `ForecastError.data` if the file no longer exists.
  func source() throws(ForecastError) -> SourceFile? {
    guard let origin, origin.file != "standard input" else { return nil }
    return SourceFile(path: origin.file, bytes: try fileBytes(origin.file))
  }

  /// An error of the library about the series, with file and line if it is about an observation.
  func failure(_ error: ForecastError) -> Failure {
    if case .missingRegressor = error, let regressorFile {
      return Failure(error, place: "\(regressorFile): ")
    }
    guard let origin else { return Failure(error) }
    let span: PeriodSpan? =
      switch error {
      case .notPositive(_, _, let span, _), .missingValue(_, _, let span), .spanNotSupported(_, _, let span),
        .outsideDomain(_, _, let span, _, _, _):
        span
      default: nil
      }
    guard let span else { return Failure(error, place: "\(origin.file): ") }
    let row = zip(origin.table.rows, origin.periods).first { $0.1 == span }
    return Failure(error, place: row.map { "\(origin.file):\($0.0.line): " } ?? "\(origin.file): ")
  }

  /// What options ask of this series; errors of the library get the place of the file.
  func asking<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch let error as ForecastError {
      throw failure(error)
    }
  }

  /// The answer of a call about this series; errors get their place in the file.
  func placing<Answer>(_ body: () throws(ForecastError) -> Answer) throws(Failure) -> Answer {
    do {
      return try body()
    } catch {
      throw failure(error)
    }
  }
}
