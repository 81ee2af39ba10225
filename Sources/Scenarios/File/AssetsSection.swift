/// The section `assets`: what carries a flow.
enum AssetsSection {
  private static let size = Field(required: "value", .amount, "the most that flows in a year")
  private static let unit = Field(required: "unit", .unit, "the unit of the capacity and of the flow")

  /// A capacity with its unit; a bare one has the unit that the file calls `flow`.
  private static let rated = Shape<Rated>.object(Layout(fields: [size, unit] + Provenance.keys)) {
    Rated(capacity: $0[size], unit: $0[unit])
  }
  private static let bare = Shape.amount.then { capacity, spot -> Rated? in
    if let unit = spot.reader.unitNames["flow"] { return Rated(capacity: capacity, unit: unit) }
    spot.fail("a capacity without a unit has the unit of units: {flow: …}")
    return nil
  }

  private struct Rated: Sendable {
    let capacity: SourcedExpression
    let unit: Unit
  }

  private static let capacity = Field(
    required: "capacity", bare.or(rated),
    "the capacity; without a unit, in the unit that `units` calls `flow`")
  private static let start = Field(required: "start", .expression, "the date of first flow")
  private static let ramp = Field(optional: "ramp", RampSection.shape, "how it fills; at once without it")
  private static let expansions = Field(
    "expansions", default: [], "", expansion.list(), "later capacities, in the unit of the first")
  private static let utilisation = Field(
    optional: "utilisation", .expression, "the share of the capacity that is used")
  private static let nominations = Field(
    optional: "nominations", nomination, "how nominations respond to a price")
  private static let availability = Field(
    optional: "availability", .expression, "the share of the time that planned maintenance leaves")
  private static let outages = Field(optional: "outages", outage, "outages that come at random")
  private static let ceiling = Field(optional: "ceiling", .expression, "the most that can flow in a year")

  /// The section.
  static let shape = Shape<Asset>.object(
    Layout(
      fields: [
        capacity, start, ramp, expansions, utilisation, nominations, availability, outages, ceiling,
      ] + Provenance.keys, later: ["losses"])
  ) { part in
    Asset(
      name: part.name, capacity: part[capacity].capacity, unit: part[capacity].unit, start: part[start],
      expansions: part[expansions], ramp: part[ramp], utilisation: part[utilisation],
      nominations: part[nominations], availability: part[availability], outages: part[outages],
      ceiling: part[ceiling], sources: part[Provenance.sources], place: part.spot.keyPlace)
  }.section()

  // MARK: Expansions

  private static let date = Field(required: "at", .expression, "the date from which it holds")
  private static let later = Field(required: "capacity", .amount, "the capacity from then on")
  private static let expansion = Shape<Expansion>.object(Layout(fields: [date, later] + Provenance.keys)) {
    Expansion(at: $0[date], capacity: $0[later], place: $0.spot.place)
  }

  // MARK: Nominations

  private static let price = Field(required: "price", .expression, "the price")
  private static let reference = Field(
    required: "reference", .number(.above(0)), "the price at which all is nominated")
  private static let elasticity = Field(
    required: "elasticity", .expression, "the elasticity: nominations are (price/reference)^elasticity")
  private static let clamp = Field(
    optional: "clamp", Shape.number.list(2).called("[low, high] with low ≤ high") { $0[0] <= $0[1] },
    "the bounds of nominations")
  private static let nomination = Shape<Nominations>.object(
    Layout(fields: [price, reference, elasticity, clamp], renamed: ["own_price": "price"])
  ) {
    Nominations(
      price: $0[price], reference: $0[reference], elasticity: $0[elasticity], clamp: $0[clamp],
      place: $0.spot.place)
  }

  // MARK: Outages

  private static let rate = Field(required: "rate", .rate(upTo: 100), "how many begin in a year on average")
  private static let lasts = Field(
    required: "lasts", .years(upTo: 1), "how long each lasts; use an interruption for a longer one")
  private static let multiply = Field(
    "multiply", default: 0, "0", .number(.within(0...1)), "what the flow is multiplied by meanwhile")
  private static let outage = Shape<Outages>.object(
    Layout(fields: [rate, lasts, multiply] + Provenance.keys)
  ) {
    Outages(rate: $0[rate], lasts: $0[lasts], multiply: $0[multiply], place: $0.spot.place)
  }
}
