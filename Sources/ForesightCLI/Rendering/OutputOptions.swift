internal import ArgumentParser
internal import Reports

/// The option that chooses the form of an answer, and the one place where answers are written.
struct OutputOptions: ParsableArguments {
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: Report.Format = .text

  @Option(
    help: ArgumentHelp(
      "Significant digits of numbers in text and csv, from 1 to 17; json is exact. (default: 5 and 6)",
      valueName: "n"))
  var digits: Int?

  func validate() throws {
    if let digits, !(1...17).contains(digits) {
      throw ValidationError("--digits must be from 1 to 17, not \(digits)")
    }
  }

  /// Writes an answer to standard output.
  ///
  /// - Parameters:
  ///   - report: the answer.
  ///   - loaded: the series that it is about; a note on its dates ends a text, a warning goes to standard error otherwise.
  ///   - chart: a drawing below the text.
  ///   - notes: what CSV cannot carry, which goes to standard error.
  ///   - width: the columns that tables in text keep to where the output is no terminal; `nil` for no limit.
  /// - Throws: `Failure` of kind `.run` when the stream accepts no more.
  func emit(
    _ report: Report, on loaded: LoadedSeries? = nil, chart: String? = nil, notes: [String] = [],
    width: Int? = nil
  ) throws(Failure) {
    let answer = report.written(as: format, width: StandardOutput.width ?? width, digits: digits)
    if format == .text {
      let more = [chart, loaded?.note.map { "\($0)\n" }].compactMap(\.self)
      return try StandardOutput.write(([answer] + more).joined(separator: "\n").shown)
    }
    loaded?.warn()
    try StandardOutput.write(answer)
    if format == .csv { for note in notes { StandardError.write("foresight: \(note)\n") } }
  }
}
