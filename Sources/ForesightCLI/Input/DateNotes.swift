internal import Forecasting

/// The note on dates that were read as coarser periods, or as periods of which most have no row.
func dateNote(_ reading: DateReading) -> String? {
  guard reading.isInferred || reading.isSparse else { return nil }
  var text = "Dates were read as \(reading.frequency.rawValue)s"
  if reading.isSparse {
    text += ": \(reading.periods - reading.rows) of \(reading.periods) have no row"
  }
  if let stray = reading.stray { text += "; \(stray.text)" }
  if reading.isInferred {
    text += "; use --frequency "
    text += reading.frequency == .day ? "hour to read them as hours" : "day to read them as days"
  } else if reading.isOneAMonth {
    text += "; use --frequency month for one date per month"
  }
  return text
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
  var notes: [String] = []
  if isInferred {
    let parts = Frequency.allCases.compactMap { frequency in
      counts[frequency].map { (name: "\(frequency.rawValue)s", count: $0) }
    }
    let names = parts.map { parts.count == 1 ? $0.name : "\($0.name) in \($0.count) series" }
    notes.append(
      "Dates were read as \(names.joined(separator: ", ")); use --frequency "
        + (counts.keys.allSatisfy { $0 == .day } ? "hour to read them as hours" : "day to read them as days"))
  }
  if let sparse, let note = dateNote(sparse.reading) {
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
