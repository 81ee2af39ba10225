internal import ForesightNumerics

/// The section `inputs`: what is uncertain.
enum InputsSection {
  private static let unit = Field(required: "unit", .unit, "its unit")
  private static let dimension = Field(
    optional: "dim", Shape.dimension, "the Sobol' dimension that it is drawn from, which no other input has")
  private static let oneDraw = Field(
    optional: "one_draw",
    .only("true", true, because: "an input has one draw per path, which serves all of its knots"),
    "states that one draw serves all of its knots")

  private static let laws = Laws.numeric.named(.years, least: 1).then { knots, _ -> InputProfile? in
    let laws = knots.compactMap { knot in Int(knot.name).map { KnotLaw(year: $0, law: knot.value) } }
    return .knots(laws.sorted { $0.year < $1.year })
  }
  private static let knots = Field(
    optional: "knots", laws, "its distribution in certain years, with straight lines between them")
  private static let knotsAlone = Field(required: "knots", laws, "as `knots` of an input")

  /// What an input is in one branch.
  private static let profile = Shape<InputProfile>(
    "a distribution, or a mapping with knots", many: "distributions",
    schema: { ["oneOf": [Laws.shape.schema(), Layout(fields: [knotsAlone]).schema]] },
    tables: { Laws.shape.tables($0) },
    read: { spot in
      if spot.holdsOnly("knots") {
        return Layout(fields: [knotsAlone]).read(spot).map { $0[knotsAlone] }
      }
      var spot = spot
      spot.words = ""
      return Laws.shape.read(spot).map { .law($0) }
    })
  private static let branches = Field(
    optional: "by_branch", profile.named(),
    "its distribution, or `{knots: …}`, by branch; `default` serves the branches that are not named")

  private static let keys: [any AnyField] = {
    let laws: [any AnyField] = Laws.keys
    let own: [any AnyField] = [knots, branches, dimension, oneDraw]
    return [unit] + laws + own + Provenance.keys
  }()

  /// The section.
  static let shape = Shape<Input>.object(
    Layout(
      fields: keys,
      rules: [.oneOf(Laws.keys.map { [$0.key] } + [["knots"], ["by_branch"]])],
      later: ["process", "estimate"], renamed: Laws.renamed)
  ) { part in
    let basis = part[Provenance.basis]
    if basis == nil {
      part.spot.reader.warn(
        "\(part.spot.noun) does not state its basis (sourced, derived or judgement)", at: part.spot.keyPlace)
    } else if basis == .sourced, part[Provenance.sources].isEmpty {
      part.fail(at: Provenance.basis, " has basis: sourced and no source; add src: [ID]")
      return nil
    }
    var input = Input(
      name: part.name, unit: part[unit], basis: basis, sources: part[Provenance.sources],
      dimension: part[dimension], standard: part[knots] ?? Laws.law(part).map { .law($0) }, byBranch: [:],
      place: part.spot.keyPlace)
    for branch in part[branches] ?? [] {
      if branch.name == "default" {
        input.standard = branch.value
      } else {
        input.byBranch[branch.name] = branch.value
        input.branchPlaces[branch.name] = branch.place
      }
    }
    return input
  }.section()
}

extension Shape where Value == Int {
  /// A Sobol' dimension that an input or event can be pinned to.
  static var dimension: Shape {
    let last = SobolSequence.dimensions - 1
    return whole(in: 1...last).called("a whole number from 1 to \(last) (dimension 0 picks the branch)")
  }
}
