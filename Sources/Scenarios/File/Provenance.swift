/// The keys that say where numbers come from.
enum Provenance {
  static let basis = Field(
    optional: "basis", .choice(Basis.self), "where its numbers come from: published, computed or assumed")
  static let sources = Field("src", default: [], "", Shape.sources, "the ids of its sources")
  static let note = Field(optional: "note", .text, "a remark for readers")
  static let says = Field(optional: "says", .text, "what it says in words")

  /// Where numbers come from, and a remark.
  static let keys: [any AnyField] = [basis, sources, note]
}
