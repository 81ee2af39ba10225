internal import ArgumentParser
internal import Datasets
internal import Forecasting
internal import Ledger

/// The options that choose a series: a bundled one, or one in a file.
struct SeriesInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A bundled series, as listed by \"foresight datasets\".", valueName: "name"))
  var dataset: String?

  @Option(
    help: ArgumentHelp(
      "A CSV file with columns period,value[,unit,source_id] or unique_id,ds,y; - is standard input.",
      valueName: "file"))
  var input: String?

  @Option(help: ArgumentHelp("The series of a file that holds several.", valueName: "id"))
  var series: String?

  @Option(
    help: ArgumentHelp(
      "What a figure says of its periods: sum, mean or last. (default: sum)", valueName: "rule"),
    transform: named)
  var rule: SpanRule?

  @Option(
    help: ArgumentHelp(
      "The length of a base period: year, half, quarter, month, week, day, hour, business-day or index. (default: "
        + "by the periods' form and spacing)", valueName: "frequency"), transform: named)
  var frequency: Frequency?

  @Option(help: ArgumentHelp("The first period used.", valueName: "period"))
  var from: String?

  @Option(help: ArgumentHelp("The last period used.", valueName: "period"))
  var to: String?

  @Option(help: ArgumentHelp("Base periods in a seasonal cycle. (default: by the frequency)", valueName: "m"))
  var season: Int?

  @Option(
    help: ArgumentHelp("Periods without a row: missing or refuse. (default: missing)", valueName: "policy"),
    transform: named)
  var gaps: Gaps?

  /// What becomes of periods without a row.
  enum Gaps: String, CaseIterable {
    case missing
    case refuse
  }

  func validate() throws {
    guard dataset == nil || input == nil else { throw SeriesInput.missing }
    if input == "" { throw ValidationError("--input names no file") }
    if let season, !TimeSeries.seasonalPeriods.contains(season) {
      throw ValidationError("--season \(season): must be a whole number from 1 to 1000000")
    }
    if dataset != nil {
      for (name, given) in [
        ("--rule", rule != nil), ("--frequency", frequency != nil), ("--series", series != nil),
        ("--gaps", gaps != nil),
      ] where given {
        throw ValidationError("\(name) belongs to --input; a bundled series has its own")
      }
    }
  }

  private static let missing = ValidationError("give a series by either --dataset NAME or --input FILE")

  /// Whether a series was asked for.
  var isGiven: Bool { dataset != nil || input != nil }

  /// The options that say something of a series, as far as they are given.
  var given: [String] {
    [
      ("--series", series != nil), ("--rule", rule != nil), ("--frequency", frequency != nil),
      ("--from", from != nil), ("--to", to != nil), ("--season", season != nil), ("--gaps", gaps != nil),
    ].filter(\.1).map(\.0)
  }

  /// Refuses a call without a series.
  ///
  /// - Throws: `ValidationError`.
  func require() throws {
    guard isGiven else { throw SeriesInput.missing }
  }

  /// The series asked for.
  ///
  /// - Throws: `ForecastError` naming file and line.
  func load() throws(ForecastError) -> LoadedSeries {
    var loaded = dataset != nil ? try bundled() : try read()
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
    if let season { loaded.series.seasonalPeriod = season }
    return loaded
  }

  private func bundled() throws(ForecastError) -> LoadedSeries {
    let entry = try Datasets.entry(named: dataset ?? "")
    // An earlier start than the usual one is the entry's business, a later one is a slice.
    let whole = try entry.series()
    guard let from, let first = Period(from, frequency: whole.frequency), first < whole.start else {
      return LoadedSeries(series: whole)
    }
    return LoadedSeries(series: try entry.series(from: first))
  }

  private func read() throws(ForecastError) -> LoadedSeries {
    let path = input ?? ""
    var table =
      path == "-"
      ? try CSVTable(text: StandardInput.text(), file: "standard input") : try CSVTable(path: path)
    var name = path == "-" ? "standard input" : fileStem(path)
    let isTidy = table.column("ds") != nil && table.column("period") == nil
    if isTidy, let column = table.column("unique_id") {
      if series == nil, let row = table.rows.first(where: { CSVTable.trimmed($0.fields[column]).isEmpty }) {
        throw .data(DataFault(.badKey, file: table.file, line: row.line))
      }
      name = try chosen(among: table.rows.map { $0.fields[column] }, file: table.file, fallback: name)
      table = table.rows(whose: column, is: name)
    } else if let series {
      throw .invalidOption(
        name: "--series", value: series, reason: "belongs to a file with columns unique_id,ds,y")
    }
    var reading: DateReading?
    let series = try TimeSeries(
      table: table, name: name, rule: rule ?? .sum, frequency: frequency,
      gaps: gaps == .refuse ? .refuse : .missing, seasonalPeriod: season,
      periodColumn: isTidy ? "ds" : "period", valueColumn: isTidy ? "y" : "value", dates: &reading)
    return LoadedSeries(
      series: series,
      origin: LoadedSeries.Origin(
        file: table.file ?? path, table: table, periodColumn: isTidy ? "ds" : "period"),
      note: reading.flatMap { dateNote($0) }, isWarning: reading?.isSparse == true)
  }

  /// The id of `--series`, or the only one there is.
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
        reason: "holds \(distinct.count) series; choose one by --series, such as --series \(distinct[0])")
    }
    return distinct.first ?? fallback
  }

  private func period(
    _ text: String?, option: String, _ frequency: Frequency
  ) throws(ForecastError) -> Period? {
    guard let text else { return nil }
    guard let period = Period(text, frequency: frequency) else {
      throw .invalidOption(
        name: "--\(option)", value: text, reason: "is no period of a series by \(frequency.rawValue)")
    }
    return period
  }

  private func fileStem(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".csv") ? String(file.dropLast(4)) : file
  }
}

/// A series with the lines of the file it was read from.
struct LoadedSeries {
  /// Where a series was read.
  struct Origin {
    let file: String
    let table: CSVTable
    let periodColumn: String
  }

  var series: TimeSeries
  var origin: Origin?
  /// What the dates of the file were taken for, where that is not their form.
  var note: String?
  /// The file of external variables, where one was given.
  var regressorFile: String?

  /// Whether the note is one of a likely mistake.
  var isWarning = false

  /// Says on standard error, beside an answer that is no text, that dates were likely mistaken.
  func warn(beside isText: Bool) {
    if isWarning, !isText, let note { StandardError.write("foresight: \(note)\n") }
  }

  /// The note as the last line of a text, empty without one.
  var noteLine: String { note.map { "\($0)\n" } ?? "" }

  /// The file that was read, where it is one that can be read again.
  ///
  /// - Throws: `ForecastError.data` for a file that has gone since.
  func source() throws(ForecastError) -> SourceFile? {
    guard let origin, origin.file != "standard input" else { return nil }
    return SourceFile(path: origin.file, bytes: try fileBytes(origin.file))
  }

  /// What the library says of the series, with file and line where the fault is one of its observations.
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
    let column = origin.table.column(origin.periodColumn)
    let row = origin.table.rows.first { row in
      column.flatMap { PeriodSpan(CSVTable.trimmed(row.fields[$0]), frequency: series.frequency) } == span
    }
    return Failure(error, place: row.map { "\(origin.file):\($0.line): " } ?? "\(origin.file): ")
  }

  /// The answer of a call on this series, its faults placed in the file.
  func placing<Answer>(_ body: () throws(ForecastError) -> Answer) throws(Failure) -> Answer {
    do {
      return try body()
    } catch {
      throw failure(error)
    }
  }
}
