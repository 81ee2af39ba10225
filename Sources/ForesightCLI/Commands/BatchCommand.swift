internal import ArgumentParser
internal import Forecasting
internal import Reports

/// `foresight batch`: forecasts of many series.
struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Forecast every series of a table.",
    usage: """
      foresight batch --input <file> [--output <file>] [--model <name>]
              --horizon <n> [...]
      """,
    discussion: """
      The input has the columns unique_id,ds,y (others are ignored), a series a column, or a series a row with periods \
      across; the output has unique_id,ds,mean,lo-80,hi-80,lo-95,hi-95. Rows are in the order of the input, and the same for any number of \
      threads. A series that fails has no rows; --failures lists such series with their errors. An output file is named \
      FILE.partial until it is complete, and no other run may write it meanwhile; --resume continues it if input, model, \
      options and version are those of FILE.partial.manifest.

      EXAMPLES
        foresight batch --input sales.csv --output forecasts.csv \\
          --model seasonal-naive --season 12 --horizon 18 --failures failed.csv
        gunzip -c sales.csv.gz | foresight batch --input - --model drift \\
          --horizon 6 --levels 80,95 > forecasts.csv
      """)

  /// The forms of the forecasts of a batch.
  enum Format: String, CaseIterable {
    case csv
    /// One object per line, one line per series.
    case json
  }

  @Option(help: ArgumentHelp("A tidy CSV file; - is standard input.", valueName: "file")) var input: String
  @Option(help: ArgumentHelp("The file of forecasts; - is standard output. (default: -)", valueName: "file"))
  var output: String?
  @OptionGroup var model: ModelChoice
  @Option(help: ArgumentHelp("Base periods to forecast.", valueName: "n")) var horizon: Int
  @Option(
    help: ArgumentHelp("Levels of the intervals in percent. (default: 80,95)", valueName: "percent,…"))
  var levels: String?
  @OptionGroup var cycles: SeasonInput
  @Option(
    help: ArgumentHelp(
      "The length of a base period. (default: implied by the periods)", valueName: "frequency"),
    transform: named)
  var frequency: Frequency?
  @OptionGroup var dates: DateInput
  @OptionGroup var table: TableInput
  @Option(help: ArgumentHelp("The last period of every series. (default: its own)", valueName: "period"))
  var until: String?
  @Option(
    help: ArgumentHelp(
      "Periods without a row are missing or zero, or refuse them. (default: missing)", valueName: "policy"),
    transform: named)
  var gaps: GapChoice?
  @Option(
    help: ArgumentHelp(
      "How a value aggregates its periods: sum, mean or last. (default: sum)", valueName: "rule"),
    transform: named)
  var rule: SpanRule?
  @Option(
    help: ArgumentHelp("The names of the columns. (default: unique_id,ds,y)", valueName: "id,period,value"))
  var columns: String?
  @OptionGroup var reach: Reach
  @Option(help: ArgumentHelp("The number of threads. (default: one per processor)", valueName: "t"))
  var threads: Int?
  @Option(
    help: ArgumentHelp("Write the series that failed to a CSV file, unique_id,reason.", valueName: "file"))
  var failures: String?
  @Flag(help: "Continue FILE.partial if an interrupted run left it.") var resume = false
  @Option(help: "csv, or json with one object per line. (default: csv)", transform: named) var format:
    Format = .csv

  func validate() throws {
    guard (1...longestHorizon).contains(horizon) else {
      throw ValidationError("--horizon must be from 1 to \(longestHorizon), not \(horizon)")
    }
    if let threads, !mostThreads.contains(threads) {
      throw ValidationError("--threads must be from 1 to \(mostThreads.upperBound), not \(threads)")
    }
    if resume, output == nil || output == "-" {
      throw ValidationError("--resume needs --output FILE")
    }
    if columns != nil, let option = table.given.first(where: { ["--date", "--value", "--id"].contains($0) }) {
      throw ValidationError("--columns and \(option) cannot be used together")
    }
    if resume, format == .json { throw ValidationError("--resume needs --format csv") }
    try checkFiles()
    _ = try percentLevels()
    _ = try panelColumns()
  }

  func run() async throws {
    let forecaster = try model.forecaster()
    let levels = try percentLevels()
    let columns = try panelColumns()
    let path = output.flatMap { $0 == "-" ? nil : $0 }
    if resume, let path, fileExists(path), !fileExists(OutputFile.partialPath(path)) {
      StandardError.write("foresight: \(path) is already complete\n")
      return
    }
    var panel = try Panel(
      csv: input, columns: columns, frequency: frequency, rule: rule ?? .sum,
      dates: dates.options, table: table.options,
      policy: RowPolicy(aggregate: table.aggregate, gaps: gaps?.policy ?? .missing, until: until))
    if let seasons = try cycles.seasons() { panel = try panel.with(seasons: seasons) }
    let form = try TidyForecasts(levels: levels.map { $0 / 100 }, columns: columns)
    var begun = BatchResumption()
    let isBegun = resume && path.map { fileExists(OutputFile.partialPath($0)) } ?? false
    let file = try path.map { path throws(Failure) in try OutputFile(path, resuming: isBegun) }
    var manifest: BatchManifest?
    if let path, let file, file.isResumable, format == .csv {
      var own = try BatchManifest(output: path, input: input, options: manifestOptions)
      if isBegun {
        let isVouched = try own.takesUp(path)
        begun = try BatchResumption(
          OutputFile.partialPath(path), panel: panel, model: forecaster, horizon: horizon,
          reach: reach.value, form: form, vouched: isVouched && input != "-" ? own.vouched : 0)
      }
      try file.keep(begun.bytes.count)
      try own.begin(keeping: begun.bytes)
      file.remove(whenComplete: own.path)
      manifest = own
    }
    let failureFile = try failures.map { path throws(Failure) in try OutputFile(path) }
    var results = BufferedOutput(file, manifest)
    var tally = try BatchTally(failureFile)
    try tally.add(faults: panel.faults)
    tally.succeeded = begun.succeeded
    for failure in begun.failures { try tally.add(failure.error, key: failure.key) }
    var lacksHeader = format == .csv && begun.bytes.count == 0

    var progress = Progress(of: panel.count, "series")
    defer { progress.clear() }
    try await panel.forEachForecast(
      forecaster, horizon: horizon, reach: reach.value, workers: threads, from: begun.next
    ) { answer in
      switch answer.result {
      case .success(let forecast):
        tally.succeeded += 1
        if lacksHeader { try results.write(form.header + "\n") }
        lacksHeader = false
        if let shortfall = answer.shortfall { tally.add(shortfall: shortfall, key: answer.key) }
        switch format {
        case .csv:
          try results.write(
            form.rows(forecast, key: answer.key, form: panel.periodForm(answer.index)))
        case .json:
          let notes = [answer.shortfall.map(shortfallNote)].compactMap(\.self)
          try results.write(forecast.report(levels: form.levels, notes: notes).jsonLine)
        }
      case .failure(let error): try tally.add(error, key: answer.key)
      }
      progress.show(answer.index + 1)
    }
    try results.flush()
    try tally.finish()
    try file?.finish()
    progress.clear()
    if let note = panel.tableNote { StandardError.write("foresight: \(note)\n") }
    if tally.succeeded > 0 {
      for note in dateNotes(panel) { StandardError.write("foresight: \(note)\n") }
    }
    if let note = tally.shortfallNote { StandardError.write("foresight: \(note)\n") }
    if let summary = tally.summary(of: panel.count) {
      guard tally.succeeded > 0 else { throw Failure(.run, summary) }
      StandardError.write("foresight: \(summary)\n")
    }
  }

  /// What the forecasts depend on besides the input.
  private var manifestOptions: [String] {
    [
      "model \(model.text)", "horizon \(horizon)", "levels \(levels ?? "80,95")",
      "season \(cycles.season ?? "-")", "frequency \(frequency?.rawValue ?? "-")",
      "rule \(rule?.rawValue ?? "-")", "columns \(columns ?? "-")", "reach \(reach.value)",
      "until \(until ?? "-")", "gaps \(gaps?.rawValue ?? "-")",
      "aggregate \(table.aggregate?.rawValue ?? "-")", "dates \(dates.options)", "table \(table.options)",
    ]
  }

  /// Checks, before anything is written, that no file would overwrite another.
  private func checkFiles() throws(ValidationError) {
    if failures == "-" { throw ValidationError("--failures must name a file of its own") }
    let written = [("--output", output == "-" ? nil : output), ("--failures", failures)].flatMap {
      option, path in
      path.map { path in
        [path, OutputFile.partialPath(path), BatchManifest.path(path)].map { (option, $0) }
      } ?? []
    }
    for (place, (option, path)) in written.enumerated() {
      if input != "-", isSameFile(input, path) {
        throw ValidationError("\(option) \(path) is the input file and would overwrite it")
      }
      for (other, earlier) in written[..<place] where other != option && isSameFile(earlier, path) {
        throw ValidationError("--failures must name a file of its own; \(path) is used by \(other)")
      }
    }
  }

  private func percentLevels() throws(ValidationError) -> [Double] {
    var result: Set<Double> = []
    for part in (levels ?? "80,95").split(separator: ",", omittingEmptySubsequences: false) {
      guard let level = Double(part), level >= 1, level < 100 else {
        throw ValidationError("--levels must be percentages from 1 to below 100, not \"\(part)\"")
      }
      result.insert(level)
    }
    return result.sorted()
  }

  private func panelColumns() throws(ValidationError) -> PanelColumns {
    guard let columns else { return PanelColumns() }
    let names = columns.split(separator: ",").map(String.init)
    guard names.count == 3, Set(names).count == 3 else {
      throw ValidationError("--columns must be three names such as unique_id,ds,y, not \"\(columns)\"")
    }
    return PanelColumns(key: names[0], period: names[1], value: names[2])
  }
}

/// The threads that a batch may use.
private let mostThreads = 1...4096

/// The counts of a batch, and the file that lists the series that failed.
private struct BatchTally {
  var succeeded = 0
  private var failed = 0
  private var strayRows = 0
  private var shortfalls = 0
  private var firstShortfall: (key: String, text: String)?
  private var first: String?
  private let file: OutputFile?

  init(_ file: OutputFile?) throws(Failure) {
    self.file = file
    try file?.write("unique_id,reason\n")
  }

  /// Lists a series that failed.
  mutating func add(_ error: ForecastError, key: String) throws(Failure) {
    failed += 1
    first = first ?? error.description
    try file?.write("\(CSVTable.quoted(key)),\(CSVTable.quoted(error.description))\n")
  }

  /// Counts a forecast whose optimizer did not converge.
  mutating func add(shortfall: String, key: String) {
    shortfalls += 1
    firstShortfall = firstShortfall ?? (key, shortfall)
  }

  /// The note on those forecasts, in one line.
  var shortfallNote: String? {
    guard let (key, text) = firstShortfall else { return nil }
    let which = "series \"\(key)\", \(text)"
    return shortfalls == 1
      ? "the optimizer did not converge for 1 series: \(which)"
      : "the optimizer did not converge for \(shortfalls) series; the first: \(which)"
  }

  /// Lists the bad rows that belong to no series.
  mutating func add(faults: [DataFault]) throws(Failure) {
    for fault in faults where fault.series == nil {
      strayRows += 1
      first = first ?? fault.description
      try file?.write(",\(CSVTable.quoted(fault.description))\n")
    }
  }

  /// Completes the file.
  func finish() throws(Failure) { try file?.finish() }

  /// What went wrong, in one line.
  func summary(of count: Int) -> String? {
    guard let first else { return nil }
    var parts: [String] = []
    if failed > 0 { parts.append("\(failed) of \(count) series failed") }
    if strayRows > 0 {
      parts.append(
        strayRows == 1 ? "1 bad row belongs to no series" : "\(strayRows) bad rows belong to no series")
    }
    let rest = file.map { "\($0.path) lists all" } ?? "use --failures FILE to list all"
    return parts.joined(separator: ", ")
      + (failed + strayRows == 1 ? ": \(first)" : "; the first: \(first); \(rest)")
  }
}

/// Text for a file or for standard output, written in large pieces.
private struct BufferedOutput {
  private let file: OutputFile?
  private var manifest: BatchManifest?
  private var buffer = ""

  init(_ file: OutputFile?, _ manifest: BatchManifest?) {
    self.file = file
    self.manifest = manifest
  }

  mutating func write(_ text: String) throws(Failure) {
    buffer += text
    if buffer.utf8.count >= 1 << 16 { try flush() }
  }

  mutating func flush() throws(Failure) {
    if let file { try file.write(buffer) } else { try StandardOutput.write(buffer) }
    try manifest?.add(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
