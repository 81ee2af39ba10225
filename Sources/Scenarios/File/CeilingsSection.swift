/// The section `ceilings`: what several assets share.
enum CeilingsSection {
  private static let limit = Field(required: "limit", .expression, "the most that flows in all")
  private static let order = Field(
    required: "order",
    Shape.reference.list(in: 1...Int.max).called("a list of assets, the first served first"),
    "the assets that share it, the first served first")

  /// The section.
  static let shape = Shape<SharedCeiling>.object(Layout(fields: [limit, order] + Provenance.keys)) { part in
    SharedCeiling(
      name: part.name, limit: part[limit], order: part[order].map(\.name), places: part[order].map(\.place),
      sources: part[Provenance.sources], place: part.spot.keyPlace)
  }.section()
}
