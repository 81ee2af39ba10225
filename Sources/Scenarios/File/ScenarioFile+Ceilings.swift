internal import Yams

extension ScenarioFile {
  static func sharedCeiling(_ entry: NodeReader.Entry, _ reader: NodeReader) -> SharedCeiling? {
    let subject = "ceilings.\(entry.key)"
    guard
      let fields = reader.fields(
        entry.value, of: subject, keys: ["limit", "order", "basis", "src", "note"])
    else { return nil }
    let sources = reader.sources(fields["src"]?.value, subject)
    _ = basis(fields["basis"], reader, subject)
    for key in ["limit", "order"] where fields[key] == nil {
      reader.missing(key, of: subject, entry.keyNode)
    }
    guard let limit = fields["limit"].flatMap({ reader.expression($0.value, "\(subject).limit") }),
      let list = fields["order"], let items = reader.list(list.value, "\(subject).order")
    else { return nil }
    let order = items.compactMap { reader.text($0, "an entry of \(subject).order") }
    guard order.count == items.count else { return nil }
    guard !order.isEmpty else {
      reader.fail("\(subject).order names the assets that share it, the first to be served first", list.value)
      return nil
    }
    return SharedCeiling(
      name: entry.key, limit: limit, order: order, places: items.map { reader.place($0) }, sources: sources,
      place: reader.place(entry.keyNode))
  }
}
