/// The keys of an event with `kind: shock`: a change of an input or series.
enum ShockKeys {
  private enum Mode: String, CaseIterable {
    case additive, multiplicative
  }

  private enum Shape: String, CaseIterable {
    case none, step, linear, exponential
  }

  private static let target = Field(required: "of", .name, "the input or series")
  private static let mode = Field(required: "mode", .choice(Mode.self), "whether it adds or multiplies")
  private static let add = Field(optional: "add", Laws.numeric, "what is added, with `mode: additive`")
  private static let multiply = Field(
    optional: "multiply", Laws.numeric, "what is multiplied by, with `mode: multiplicative`")
  private static let when = Field(optional: "when", .expression, "the condition; always without it")
  private static let floor = Field(optional: "floor", .number, "the least value after the change")
  private static let dimension = Field(
    optional: "dim", .dimension, "the Sobol' dimension of the change, where it has no hazard")
  private static let at = Field(optional: "at", .expression, "its date; without a date it acts in every year")
  private static let hazard = Field(optional: "hazard", .rate(), "the hazard of its date")
  private static let after = Field(
    optional: "after", .expression,
    "the date from which the hazard counts; the start of the horizon without it")
  private static let lasts = Field(
    optional: "lasts", .years(), "how long the whole effect lasts; required with `recovery: step`")
  private static let recovery = Field(
    "recovery", default: .step, "step", .choice(Shape.self), "how the effect ends")
  private static let recoveryYears = Field(
    optional: "recovery_years", .number(.above(0)),
    "the years of a linear recovery, or the half-life of an exponential one")

  private static let dated = ["at", "hazard"]

  static let layout = Layout(
    fields: [
      target, mode, add, multiply, when, floor, dimension, at, hazard, after, EventsSection.times, lasts,
      recovery, recoveryYears, EventsSection.dimensions,
    ],
    rules: [
      .oneOf([["add"], ["multiply"]]), .apart("at", from: ["hazard"]), .needs("after", ["hazard"]),
      .needs("dims", ["hazard"]), .apart("hazard", from: ["dim"], hint: "use dims: [hazard, change]"),
      .needs("times", dated),
      .needs("lasts", dated), .needs("recovery", dated), .needs("recovery_years", dated),
    ])

  static func shock(_ part: Part) -> Shock? {
    let multiplies = part[mode] == .multiplicative
    let (own, other) = multiplies ? (multiply, add) : (add, multiply)
    guard let law = part[own] else {
      part.fail(at: other, " is \(part[mode].rawValue): use \"\(own.key)\", not \"\(other.key)\"")
      return nil
    }
    var timing: ShockTiming?
    if part.has(at) || part.has(hazard) {
      guard let own = self.timing(part) else { return nil }
      timing = own
    }
    return Shock(
      target: part[target], multiplies: multiplies, when: part[when], timing: timing, law: law,
      floor: part[floor], dimension: part[EventsSection.dimensions]?[1] ?? part[dimension])
  }

  /// The date of a shock, and how its effect ends.
  private static func timing(_ part: Part) -> ShockTiming? {
    guard let recovery = self.recovery(part) else { return nil }
    if recovery == .step, !part.has(lasts) {
      part.spot.reader.fail("\(part.spot.noun) needs \"lasts\", \(lasts.words)", at: part.spot.keyPlace)
      return nil
    }
    if recovery == .permanent, part.has(lasts) {
      part.fail(at: lasts, ": \"lasts\" cannot be used together with recovery: none")
      return nil
    }
    let date: ShockTiming.Date? =
      part[at].map { .at($0) }
      ?? part[hazard].map {
        .hazard(after: part[after], rate: $0, dimension: part[EventsSection.dimensions]?[0])
      }
    return date.map { ShockTiming(date: $0, lasts: part[lasts] ?? 0, recovery: recovery) }
  }

  private static func recovery(_ part: Part) -> Recovery? {
    let shape = part[recovery]
    guard shape == .linear || shape == .exponential else {
      if part.has(recoveryYears) {
        part.fail(
          at: recoveryYears,
          ": \"recovery_years\" can only be used with recovery: linear or exponential, not \(shape.rawValue)")
        return nil
      }
      return shape == .none ? .permanent : .step
    }
    guard let years = part[recoveryYears] else {
      part.spot.reader.fail(
        "\(part.spot.noun) needs \"recovery_years\", \(recoveryYears.words)", at: part.spot.keyPlace)
      return nil
    }
    return shape == .linear ? .linear(years: years) : .exponential(halfLife: years)
  }
}
