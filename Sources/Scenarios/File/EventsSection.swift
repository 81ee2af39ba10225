/// The section `events`: what has a date, and what changes an input or series.
enum EventsSection {
  private static let at = Field(required: "at", .expression, "the date")
  private static let opens = Field(optional: "opens", .name, "the asset that it opens, for readers")
  private static let after = Field(required: "after", .expression, "the date from which the hazard counts")
  private static let hazard = Field(required: "hazard", .rate(), "the hazard")
  private static let dimension = Field(
    optional: "dim", Shape.dimension, "the Sobol' dimension of the waiting time")
  private static let asset = Field(required: "of", .name, "the asset")
  private static let lasts = Field(required: "lasts", .years(), "how long it lasts")
  private static let multiply = Field(required: "multiply", Laws.numeric, "what the flow is multiplied by")
  private static let hits = Field(
    optional: "hits", .only("midpoint", "midpoint", because: "years are cut whose mid-point it covers"),
    "states that it cuts the years whose mid-point it covers")

  /// An event comes once.
  static let times = Field(
    optional: "times", .only("1", 1, because: "an event that comes more than once is not supported yet"),
    "states that it comes once")
  /// The dimensions of a waiting time and of what follows.
  static let dimensions = Field(
    optional: "dims", Shape.dimension.list(2), "the Sobol' dimensions of the waiting time and of the change")

  /// The section.
  static let shape = Shape<Event>.tagged(
    "kind", "what it does", common: [Provenance.says] + Provenance.keys,
    [
      Variant("start", Layout(fields: [at, opens], later: ["delay", "expands"])) {
        event($0, .start(at: $0[at], opens: $0[opens]))
      },
      Variant("hazard", Layout(fields: [after, hazard, dimension], later: ["times"])) {
        event($0, .hazard(after: $0[after], rate: $0[hazard], dimension: $0[dimension]))
      },
      Variant(
        "interruption",
        Layout(
          fields: [asset, after, hazard, lasts, multiply, times, hits, dimensions],
          later: ["when", "recovery", "on"])
      ) {
        event(
          $0,
          .interruption(
            Interruption(
              asset: $0[asset], after: $0[after], rate: $0[hazard], lasts: $0[lasts], multiply: $0[multiply],
              dimensions: $0[dimensions])))
      },
      Variant("shock", ShockKeys.layout) { part in
        ShockKeys.shock(part).flatMap { event(part, .shock($0)) }
      },
    ]
  ).section()

  private static func event(_ part: Part, _ kind: Event.Kind) -> Event {
    Event(name: part.name, kind: kind, sources: part[Provenance.sources], place: part.spot.keyPlace)
  }
}
