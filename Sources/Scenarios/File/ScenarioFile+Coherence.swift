internal import Forecasting
internal import Yams

extension ScenarioFile {
  /// What adds up on every path.
  static func coherence(_ entry: NodeReader.Entry, _ reader: NodeReader) -> Coherence? {
    guard
      let fields = reader.fields(
        entry.value, of: "coherence", keys: ["tree", "reconcile", "tolerance", "note"],
        later: ["per_path", "external_totals"])
    else { return nil }
    guard let tree = fields["tree"] else {
      reader.missing("tree", of: "coherence", entry.keyNode)
      return nil
    }
    let sums = (reader.entries(tree.value, of: "coherence.tree") ?? []).compactMap { sum($0, reader) }
    var tolerance = 1e-9
    if let entry = fields["tolerance"], let value = reader.number(entry.value, "coherence.tolerance") {
      tolerance = value
      if value < 0 { reader.fail("coherence.tolerance is \(value): a tolerance is not below 0", entry.value) }
    }
    let method = fields["reconcile"].flatMap {
      reader.choice($0.value, "coherence.reconcile", Reconciliation.Method.self)
    }
    return Coherence(
      sums: sums, method: method, tolerance: tolerance,
      methodPlace: reader.place(fields["reconcile"]?.value ?? entry.keyNode),
      place: reader.place(entry.keyNode))
  }

  private static func sum(_ entry: NodeReader.Entry, _ reader: NodeReader) -> Coherence.Sum? {
    let subject = "coherence.tree.\(entry.key)"
    guard let nodes = reader.list(entry.value, subject) else { return nil }
    guard !nodes.isEmpty else {
      reader.fail("\(subject) has no parts", entry.value)
      return nil
    }
    var parts: [String] = []
    for node in nodes {
      guard let part = reader.text(node, "a part of \(subject)") else { return nil }
      guard !parts.contains(part) else {
        reader.fail("\(subject) names \(part) twice", node)
        return nil
      }
      parts.append(part)
    }
    return Coherence.Sum(
      total: entry.key, parts: parts, partPlaces: nodes.map { reader.place($0) },
      place: reader.place(entry.keyNode))
  }
}
