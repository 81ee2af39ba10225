/// The periods of one series of a table, read from their texts.
///
/// Rows may be in any order. A table of several series decides in common with `PeriodStyle` and reads each series with `SeriesCalendar`.
package struct PeriodColumn {
  /// The span of each row, in the order of the rows; `nil` for a text that is not a period of the frequency.
  package let spans: [PeriodSpan?]
  /// The frequency that all rows have, if it is named or inferred.
  package let frequency: Frequency?
  /// How dates were read; `nil` if the periods are not dates or a frequency is named.
  package let dates: DateReading?
  /// What was taken of texts that could mean something else.
  package let remarks: [PeriodRemark]

  /// Reads a column.
  ///
  /// Cost: O(rows), and a sort of dates.
  ///
  /// - Parameters:
  ///   - texts: The texts without spaces around them.
  ///   - lines: The line of each row.
  ///   - frequency: The frequency, if it is named.
  ///   - options: How dates are read where their text does not tell.
  ///   - isAligned: Whether the periods of a named frequency with a step begin with the first row, instead of with its phase.
  /// - Throws: `ForecastError.data` with a line but without a file for dates that can be read in two ways, `.invalidOption` for an unknown zone.
  package init(
    _ texts: [String], lines: [Int], frequency: Frequency?, options: DateOptions = DateOptions(),
    isAligned: Bool = true
  ) throws(ForecastError) {
    let written = texts.map { WrittenSpan($0) }
    let style: PeriodStyle
    do {
      style = try PeriodStyle([written], options, frequency: frequency)
    } catch .data(let fault) {
      guard case .ambiguousPeriod(let text, _, _) = fault.kind else { throw .data(fault) }
      let row = zip(lines, written).first { $0.1?.undecidedText == text }
      throw .data(DataFault(fault.kind, line: row?.0))
    }
    var remarks = style.remarks
    let read = style.read(written, frequency: frequency, remarks: &remarks)
    let calendar = SeriesCalendar(read, lines: lines, frequency: frequency, isAligned: isAligned)
    spans = read.map { $0.flatMap { calendar.span(of: $0) } }
    self.frequency = calendar.frequency
    dates = calendar.dates
    self.remarks = remarks
  }
}

/// The calendar of one series: its frequency, named or inferred from its dates.
struct SeriesCalendar {
  let frequency: Frequency?
  let dates: DateReading?
  /// The day of its period that each date is.
  let placement: DatePlacement

  /// Finds the calendar of periods that a style has read, in any order.
  ///
  /// - Parameters:
  ///   - like: The frequency of most of the other series, for a series with too few dates to tell.
  ///   - isAligned: Whether the periods of a named frequency begin with the first row.
  init(
    _ read: [WrittenSpan?], lines: [Int], frequency named: Frequency?, like: Frequency? = nil,
    isAligned: Bool = true
  ) {
    var stamps: [(second: Int, line: Int)] = []
    var (areDates, hasTime) = (!read.isEmpty, false)
    for (place, span) in read.enumerated() {
      guard let written = span?.single, let second = written.second else {
        areDates = false
        break
      }
      if case .time = written { hasTime = true }
      stamps.append((second, place < lines.count ? lines[place] : 0))
    }
    stamps.sort { $0.second < $1.second }
    var distinct: [(second: Int, line: Int)] = []
    for stamp in stamps where distinct.last?.second != stamp.second { distinct.append(stamp) }
    if let named {
      frequency = isAligned ? SeriesCalendar.aligned(named, read) : named
      dates = nil
    } else if areDates {
      dates = DateReading(
        seconds: distinct.map(\.second), hasTime: hasTime, lines: distinct.map(\.line), like: like)
      frequency = dates?.frequency
    } else {
      frequency = WrittenSpan.integerFrequency(read)
      dates = nil
    }
    let isCoarse =
      frequency.map { ![.day, .businessDay].contains($0.unit) && $0.unit.seconds == nil } ?? false
    placement =
      isCoarse && areDates
      ? DateSurvey(distinct.map { floorDivide($0.second, 86_400) }).placement(frequency ?? .day) : .first
  }

  /// A named frequency whose periods begin with the first row.
  private static func aligned(_ frequency: Frequency, _ read: [WrittenSpan?]) -> Frequency {
    guard frequency.step > 1, let unit = Frequency(every: 1, frequency.unit) else { return frequency }
    let bases = read.compactMap { span -> Int? in
      guard let first = span?.first else { return nil }
      if let second = first.second { return Period.containing(second: second, unit)?.ordinal }
      return first.period(unit)?.ordinal
    }
    return bases.min().map { frequency.aligned(to: $0) } ?? frequency
  }

  /// The span of a row; `nil` if it is not of the frequency.
  func span(of written: WrittenSpan) -> PeriodSpan? {
    // Times count as their days here, if all rows have the same time of day or the frequency is named.
    if let frequency, case .time(let second, _)? = written.single {
      return Period.containing(second: second, frequency).map { PeriodSpan($0) }
    }
    return written.span(frequency)
  }
}
