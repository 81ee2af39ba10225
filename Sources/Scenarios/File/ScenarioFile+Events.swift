internal import Yams

extension ScenarioFile {
  static func event(_ entry: NodeReader.Entry, _ reader: NodeReader) -> Event? {
    let subject = "events.\(entry.key)"
    guard let all = reader.entries(entry.value, of: subject) else { return nil }
    guard let kindEntry = all.first(where: { $0.key == "kind" }) else {
      reader.missing("kind", of: subject, entry.keyNode)
      return nil
    }
    let common = ["kind", "basis", "src", "note", "says"]
    let kinds = ["start", "hazard", "interruption", "shock"]
    guard let text = reader.text(kindEntry.value, "\(subject).kind") else { return nil }
    let keys: [String]
    let later: [String]
    switch text {
    case "start": (keys, later) = (["at", "opens"], ["delay", "expands"])
    case "hazard": (keys, later) = (["after", "hazard", "dim"], ["times"])
    case "interruption":
      keys = ["of", "after", "hazard", "times", "lasts", "hits", "multiply", "dims"]
      later = ["when", "recovery", "on"]
    case "shock":
      (keys, later) = (shockKeys, [])
    default:
      reader.fail(
        "\(subject).kind is one of \(kinds.joined(separator: ", ")), not \"\(text)\""
          + suggestion(for: text, among: kinds), kindEntry.value)
      return nil
    }
    guard let fields = reader.fields(entry.value, of: subject, keys: common + keys, later: later) else {
      return nil
    }
    let sources = reader.sources(fields["src"]?.value, subject)
    _ = basis(fields["basis"], reader, subject)
    let kind: Event.Kind?
    switch text {
    case "start": kind = start(fields, subject, entry, reader)
    case "hazard": kind = hazard(fields, subject, entry, reader)
    case "interruption": kind = interruption(fields, subject, entry, reader)
    default: kind = shock(fields, subject, entry, reader)
    }
    return kind.map { Event(name: entry.key, kind: $0, sources: sources, place: reader.place(entry.keyNode)) }
  }

  private static func start(
    _ fields: [String: NodeReader.Entry], _ subject: String, _ entry: NodeReader.Entry, _ reader: NodeReader
  ) -> Event.Kind? {
    guard let at = fields["at"] else {
      reader.missing("at", of: subject, entry.keyNode)
      return nil
    }
    let opens = fields["opens"].flatMap { reader.text($0.value, "\(subject).opens") }
    return reader.expression(at.value, "\(subject).at").map { .start(at: $0, opens: opens) }
  }

  private static func hazard(
    _ fields: [String: NodeReader.Entry], _ subject: String, _ entry: NodeReader.Entry, _ reader: NodeReader
  ) -> Event.Kind? {
    for key in ["after", "hazard"] where fields[key] == nil {
      reader.missing(key, of: subject, entry.keyNode)
    }
    guard let after = fields["after"].flatMap({ reader.expression($0.value, "\(subject).after") }),
      let rate = fields["hazard"].flatMap({ self.rate($0.value, "\(subject).hazard", reader) })
    else { return nil }
    let dimension = fields["dim"].flatMap { ScenarioFile.dimension($0.value, reader, "\(subject).dim") }
    return .hazard(after: after, rate: rate, dimension: dimension)
  }

  private static func interruption(
    _ fields: [String: NodeReader.Entry], _ subject: String, _ entry: NodeReader.Entry, _ reader: NodeReader
  ) -> Event.Kind? {
    for key in ["of", "after", "hazard", "lasts", "multiply"] where fields[key] == nil {
      reader.missing(key, of: subject, entry.keyNode)
    }
    checkTimes(fields, subject, reader)
    if let hits = fields["hits"], let text = reader.text(hits.value, "\(subject).hits"), text != "midpoint" {
      reader.fail("\(subject).hits is midpoint, not \"\(text)\"", hits.value)
    }
    let dimensions = dimensions(fields, subject, reader)
    guard let asset = fields["of"].flatMap({ reader.text($0.value, "\(subject).of") }),
      let after = fields["after"].flatMap({ reader.expression($0.value, "\(subject).after") }),
      let rate = fields["hazard"].flatMap({ self.rate($0.value, "\(subject).hazard", reader) }),
      let lasts = fields["lasts"].flatMap({ years($0.value, "\(subject).lasts", reader) }),
      let multiply = fields["multiply"].flatMap({ reader.law($0.value, "\(subject).multiply") })
    else { return nil }
    return .interruption(
      Interruption(
        asset: asset, after: after, rate: rate, lasts: lasts, multiply: multiply, dimensions: dimensions))
  }

  /// An event comes once.
  static func checkTimes(_ fields: [String: NodeReader.Entry], _ subject: String, _ reader: NodeReader) {
    guard let times = fields["times"],
      let count = reader.whole(times.value, "\(subject).times", in: 1...1000),
      count != 1
    else { return }
    reader.fail("\(subject).times: more than once belongs to a later version of the engine", times.value)
  }

  /// The dimensions of a waiting time and of what follows.
  static func dimensions(
    _ fields: [String: NodeReader.Entry], _ subject: String, _ reader: NodeReader
  ) -> [Int]? {
    guard let entry = fields["dims"], let nodes = reader.list(entry.value, "\(subject).dims", count: 2) else {
      return nil
    }
    let read = nodes.compactMap { dimension($0, reader, "\(subject).dims") }
    return read.count == 2 ? read : nil
  }

  /// A hazard such as `0.06/yr`.
  static func rate(_ node: Node, _ subject: String, _ reader: NodeReader) -> Double? {
    guard let text = reader.text(node, subject) else { return nil }
    let parts = text.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, ["yr", "year"].contains(parts[1].split(separator: " ").joined()),
      let rate = NodeReader.number(parts[0].split(separator: " ").joined())
    else {
      reader.fail("\(subject) is a rate a year such as 0.06/yr, not \"\(text)\"", node)
      return nil
    }
    guard rate > 0 else {
      reader.fail("\(subject) is \(rate)/yr: a hazard is above 0", node)
      return nil
    }
    return rate
  }

  /// A length of time such as `2 yr`.
  static func years(_ node: Node, _ subject: String, _ reader: NodeReader) -> Double? {
    guard let text = reader.text(node, subject) else { return nil }
    let digits = text.prefix { "0123456789.".contains($0) }
    let unit = text.dropFirst(digits.count).split(separator: " ").joined()
    guard ["yr", "year", "years"].contains(unit), let value = NodeReader.number(digits), value > 0 else {
      reader.fail("\(subject) is a positive length of time such as 2 yr, not \"\(text)\"", node)
      return nil
    }
    return value
  }
}
