internal import Forecasting

/// The section `coherence`: what adds up on every path.
enum CoherenceSection {
  private typealias Method = Reconciliation.Method

  private static let parts = Shape.reference.list(in: 1...Int.max).called("a list of parts").then {
    parts, spot -> Coherence.Sum? in
    var seen: Set<String> = []
    for part in parts where !seen.insert(part.name).inserted {
      spot.reader.fail("\(spot.noun) names \(part.name) twice", at: part.place)
      return nil
    }
    return Coherence.Sum(
      total: spot.name, parts: parts.map(\.name), partPlaces: parts.map(\.place), place: spot.keyPlace,
      subject: spot.path)
  }
  private static let tree = Field(
    required: "tree", parts.named().called("a mapping of totals to lists of parts"),
    "each total with its parts; a part may be a total itself")
  private static let reconcile = Field(
    optional: "reconcile", .choice(Method.self), "how fitted totals and their fitted parts are reconciled")
  private static let tolerance = Field(
    "tolerance", default: 1e-9, "1e-9", .number(.atLeast(0)),
    "the greatest gap of a total that is not fitted, as a share of the total or of 1, whichever is greater")
  private static let perPath = Field(
    optional: "per_path", .only("true", true, because: "sums hold on every path, within tolerance"),
    "states that sums hold on every path")

  /// What `external_totals` says.
  private struct External: Sendable {
    let method: Method
    let place: FilePlace
    let totals: [Coherence.ExternalTotal]
  }

  private static let method = Field(
    required: "reconcile", .choice(Method.self), "how they are reconciled with the parts")
  private static let series = Field(
    "series", default: [], "", Shape.reference.named(), "the series that is fitted for each total")
  private static let external = Field(
    optional: "external_totals",
    .object(Layout(fields: [method, series])) { part in
      External(
        method: part[method], place: part.place(method) ?? part.spot.place,
        totals: part[series].map {
          Coherence.ExternalTotal(
            total: $0.name, series: $0.value.name, totalPlace: $0.place, seriesPlace: $0.value.place)
        })
    },
    "totals that have a forecast of their own beside those of their parts")

  /// The section.
  static let shape = Shape<Coherence>.object(
    Layout(
      fields: [tree, reconcile, tolerance, perPath, external, Provenance.note],
      rules: [.apart("external_totals", from: ["reconcile"])])
  ) { part in
    let standing = part[external]
    return Coherence(
      sums: part[tree].map(\.value),
      externalTotals: standing?.totals ?? [], method: standing?.method ?? part[reconcile],
      tolerance: part[tolerance],
      methodPlace: standing?.place ?? part.place(reconcile) ?? part.spot.keyPlace,
      isStanding: standing != nil, place: part.spot.keyPlace)
  }
}
