internal import Forecasting

/// The note on periods that could mean something else, were read as coarser periods, or of which most have no row.
func dateNote(_ column: PeriodColumn) -> String? {
  sentence(column.remarks.map(\.text) + [column.dates.flatMap { dateNote($0) }].compactMap(\.self))
}

/// Whether the note on periods is about what could be a mistake.
func isDateWarning(_ column: PeriodColumn) -> Bool {
  column.dates?.isSparse == true || column.remarks.contains(where: \.isGuess)
}

/// Clauses as one line that begins with a capital.
private func sentence(_ clauses: [String]) -> String? {
  let text = clauses.joined(separator: "; ")
  return text.isEmpty ? nil : text.prefix(1).uppercased() + text.dropFirst()
}

/// The note on dates that were read as coarser periods, or as periods of which most have no row.
private func dateNote(_ reading: DateReading) -> String? {
  guard reading.isInferred || reading.isSparse else { return nil }
  var text = "dates were read as \(reading.frequency.plural)"
  if reading.isSparse {
    text += ": \(reading.periods - reading.rows) of \(reading.periods) have no row"
  }
  if let stray = reading.stray { text += "; \(stray.text)" }
  if reading.isInferred {
    if let way = otherReading(reading.frequency) { text += "; use --frequency \(way)" }
  } else if reading.isOneAMonth {
    text += "; use --frequency month for one date per month"
  }
  return text
}

/// The option that keeps dates as their form suggests; `nil` for times that can be nothing else.
private func otherReading(_ frequency: Frequency) -> String? {
  switch frequency.unit {
  case .hour, .minute, .second: nil
  case .day where frequency.step == 1: "hour to read them as hours"
  default: "day to read them as days"
  }
}

/// The notes on the dates of many series: how many were read as what, and the first of which most periods have no row.
func dateNotes(_ panel: Panel) -> [String] {
  var counts: [Frequency: Int] = [:]
  var isInferred = false
  var sparse: (key: String, reading: DateReading)?
  var sparseCount = 0
  for index in 0..<panel.count {
    guard let reading = panel.dateReading(index) else { continue }
    counts[reading.frequency, default: 0] += 1
    isInferred = isInferred || reading.isInferred
    guard reading.isSparse else { continue }
    sparse = sparse ?? (panel.keys[index], reading)
    sparseCount += 1
  }
  var notes = sentence(panel.remarks.map(\.text)).map { [$0] } ?? []
  if isInferred {
    let parts = counts.sorted { $0.key.position < $1.key.position }.map {
      (name: $0.key.plural, count: $0.value)
    }
    let names = parts.map { parts.count == 1 ? $0.name : "\($0.name) in \($0.count) series" }
    let ways = Set(counts.keys.map { otherReading($0) })
    let way = ways.count == 1 ? ways.first ?? nil : otherReading(.month)
    notes.append(
      "Dates were read as \(names.joined(separator: ", "))" + (way.map { "; use --frequency \($0)" } ?? ""))
  }
  if let sparse, let note = sentence([dateNote(sparse.reading)].compactMap(\.self)) {
    let rest = sparseCount > 1 ? " (and \(sparseCount - 1) more such series)" : ""
    notes.append("series \(sparse.key): \(note)\(rest)")
  }
  return notes
}

extension DateReading.Stray {
  /// `line 21 (2011-09-02) is not the first of a month, unlike the others`.
  fileprivate var text: String {
    let place = line.map { "line \($0) (\(date))" } ?? "\(date)"
    let kind =
      switch rule {
      case .firstOfMonth: "not the first of a month"
      case .lastOfMonth: "not the last of a month"
      case .weekday(let day): "not a \(weekdays[day])"
      case .dayOfMonth(let day): "not day \(day) of its month"
      }
    return "\(place) is \(kind), unlike \(isAlone ? "the others" : "most")"
  }
}

private let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
