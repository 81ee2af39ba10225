internal import Forecasting

/// The dates of sources, by id.
struct SourceDates {
  enum Answer: Equatable {
    case dated(CivilDate)
    case undated
    case unknown
  }

  private var texts: [String: String]

  init(_ texts: [String: String]) { self.texts = texts }

  /// The dates, replaced by the dates of another table for the ids that it has.
  func overridden(by others: [String: String]) -> SourceDates {
    SourceDates(texts.merging(others) { $1 })
  }

  subscript(_ id: String) -> Answer {
    guard let text = texts[id] else { return .unknown }
    // A date that cannot be read does not count: the source is reported as undated.
    return CivilDate(lastDayOf: text).map { .dated($0) } ?? .undated
  }

  /// The sources that an observation rests on: `a`, `a-b`, or `derived:a-b-c`.
  static func ids(_ text: String) -> [String] {
    let body = text.hasPrefix("derived:") ? text.dropFirst("derived:".count) : Substring(text)
    return body.split(separator: "-").map(String.init)
  }

  /// The latest date of the sources of an observation; undated when one of them is.
  func latest(_ text: String) -> Answer {
    var latest: CivilDate?
    var open = false
    for id in self[text] == .unknown ? SourceDates.ids(text) : [text] {
      switch self[id] {
      case .dated(let date): latest = max(latest ?? date, date)
      case .undated, .unknown: open = true
      }
    }
    // One late source is enough to drop an observation, whatever the others.
    if let latest, !open { return .dated(latest) }
    return latest.map { .dated($0) } ?? .undated
  }
}
