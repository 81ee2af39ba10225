internal import Forecasting
internal import Yams

extension ScenarioFile {
  /// What adds up on every path.
  static func coherence(_ entry: NodeReader.Entry, _ reader: NodeReader) -> Coherence? {
    guard
      let fields = reader.fields(
        entry.value, of: "coherence",
        keys: ["tree", "reconcile", "tolerance", "per_path", "external_totals", "note"])
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
    if let node = fields["per_path"]?.value, node.scalar?.string != "true" {
      reader.fail(
        "coherence.per_path is true, not \(reader.kind(node)): sums hold on every path, within tolerance",
        node)
    }
    let external = externalTotals(fields["external_totals"], reader)
    if let own = fields["reconcile"], external.method != nil {
      reader.fail(
        "coherence.reconcile: external_totals says by what method already; give it once", own.keyNode)
    }
    let method = external.method ?? fields["reconcile"]?.value
    return Coherence(
      sums: sums, externalTotals: external.totals,
      method: method.flatMap {
        reader.choice(
          $0, external.method == nil ? "coherence.reconcile" : "coherence.external_totals.reconcile",
          Reconciliation.Method.self)
      },
      tolerance: tolerance, methodPlace: reader.place(method ?? entry.keyNode),
      isStanding: external.method != nil, place: reader.place(entry.keyNode))
  }

  /// The method for totals with a forecast of their own, and the series that are fitted for totals which are none themselves.
  private static func externalTotals(
    _ entry: NodeReader.Entry?, _ reader: NodeReader
  ) -> (method: Node?, totals: [Coherence.ExternalTotal]) {
    let subject = "coherence.external_totals"
    guard let entry, let fields = reader.fields(entry.value, of: subject, keys: ["reconcile", "series"])
    else { return (nil, []) }
    if fields["reconcile"] == nil { reader.missing("reconcile", of: subject, entry.keyNode) }
    let named = fields["series"].flatMap { reader.entries($0.value, of: "\(subject).series") } ?? []
    let totals = named.compactMap { entry in
      reader.text(entry.value, "\(subject).series.\(entry.key)").map { series in
        Coherence.ExternalTotal(
          total: entry.key, series: series, totalPlace: reader.place(entry.keyNode),
          seriesPlace: reader.place(entry.value))
      }
    }
    return (fields["reconcile"]?.value, totals)
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
      place: reader.place(entry.keyNode), subject: subject)
  }
}
