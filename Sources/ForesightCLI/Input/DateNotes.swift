internal import Forecasting

/// What is said of dates that were taken for a coarser calendar, or for one most of whose periods have no row.
func dateNote(_ reading: DateReading) -> String? {
  guard reading.isInferred || reading.isSparse else { return nil }
  var text = "Dates are taken for \(reading.frequency.rawValue)s"
  if reading.isSparse {
    text += ": \(reading.periods - reading.rows) of \(reading.periods) have no row"
  }
  if let stray = reading.stray { text += "; \(stray.text)" }
  if reading.isInferred {
    text += "; --frequency "
    text += reading.frequency == .day ? "hour takes them for hours" : "day takes them for days"
  } else if reading.isOneAMonth {
    text += "; --frequency month takes one date a month"
  }
  return text
}

/// What is said of the dates of many series: how many were taken for what, and the first most of whose periods have no row.
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
  var notes: [String] = []
  if isInferred {
    let parts = Frequency.allCases.compactMap { frequency in
      counts[frequency].map { (name: "\(frequency.rawValue)s", count: $0) }
    }
    let names = parts.map { parts.count == 1 ? $0.name : "\($0.name) in \($0.count) series" }
    notes.append(
      "Dates are taken for \(names.joined(separator: ", ")); --frequency "
        + (counts.keys.allSatisfy { $0 == .day } ? "hour takes them for hours" : "day takes them for days"))
  }
  if let sparse, let note = dateNote(sparse.reading) {
    let rest = sparseCount > 1 ? " (and \(sparseCount - 1) more series like it)" : ""
    notes.append("series \(sparse.key): \(note)\(rest)")
  }
  return notes
}

extension DateReading.Stray {
  /// `line 21 (2011-09-02) is no first of a month as the others are`.
  fileprivate var text: String {
    let place = line.map { "line \($0) (\(date))" } ?? "\(date)"
    let kind =
      switch rule {
      case .firstOfMonth: "no first of a month"
      case .lastOfMonth: "no last of a month"
      case .weekday(let day): "no \(weekdays[day])"
      case .dayOfMonth(let day): "not day \(day) of its month"
      }
    return "\(place) is \(kind) as \(isAlone ? "the others" : "most") are"
  }
}

private let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
