/// The section `questions`.
enum QuestionsSection {
  /// A question of either kind.
  enum Asked: Sendable {
    case quantity(Question)
    case breakEven(BreakEvenQuestion)
  }

  /// Whether a mean is asked for, or the quantity whose mean is.
  private enum Mean: Sendable {
    case flag(Bool)
    case of(SourcedExpression)
  }

  private enum Index: String, CaseIterable {
    case first, total
  }

  private static let of = Field(optional: "of", .expression, "the quantity or date that is asked about")
  private static let probability = Field(
    optional: "probability", .expression, "a condition, whose share of paths is asked for")
  private static let mean = Field(
    optional: "mean",
    Shape.expression.called("true, false or an expression").then { expression, _ -> Mean? in
      switch expression.text {
      case "true": .flag(true)
      case "false": .flag(false)
      default: .of(expression)
      }
    }, "beside `of`, whether the mean is asked for; alone, the quantity whose mean is asked for")
  private static let quantiles = Field(
    "quantiles", default: [], "", Shape.number(.between(0, 1)).list(), "the probabilities of quantiles")
  private static let exceed = Field(
    "exceed", default: [], "", Shape.number.list(), "levels whose P(≥ level) is asked for")
  private static let given = Field(
    optional: "given", .expression, "a condition; only the paths on which it holds count")
  private static let interventions = Field(
    "do", default: [], "",
    setting.named().then { parts, _ in
      parts.map { Intervention(name: $0.name, value: $0.value, place: $0.place) }
    }, "dates and values that are set on every path; `never` is a date")
  private static let sobol = Field(
    optional: "sobol", Shape.choice(Index.self).called("first or total", many: "first and total").list(),
    "asks which inputs drive the variance")
  private static let groups = Field(
    "groups", default: [], "", Shape<String>.name.list().named(), "inputs that are varied together, by name")
  private static let level = Field(
    "ci", default: 0.95, "0.95", .number(.between(0, 1)), "the level of the intervals of Sobol' indices")
  private static let tornado = Field(
    optional: "tornado",
    Shape.number(.between(0, 1)).list(2).called("two rising shares between 0 and 1, such as [0.1, 0.9]") {
      $0[0] < $0[1]
    }, "the shares of each input's distribution at which the mean is asked for")
  private static let prim = Field(
    optional: "prim", .expression, "a condition, for which the box of inputs is sought in which it is dense")
  private static let density = Field(
    "min_density", default: 0.8, "0.8", .number(.above(0, upTo: 1)), "the density of that box")
  private static let never = Field(
    optional: "never",
    .only("report", "report", because: "the share of paths on which a date never comes is always reported"),
    "states that the shares of never are reported")
  private static let breakEven = Field(
    optional: "break_even", BreakEvenKeys.shape, "asks for the value at which another question's answer turns"
  )

  private static let setting = Shape<Double>(
    "a number or never", many: "numbers or never",
    schema: { ["anyOf": [["type": "number"], ["const": "never"]]] },
    read: { spot in
      spot.text == "never" ? .infinity : Shape.number.read(spot)
    })

  private static func method(_ name: String) -> String {
    "use scenario sensitivity FILE --question NAME --method \(name)"
  }

  private static let alone = [
    "of", "probability", "mean", "quantiles", "exceed", "given", "do", "sobol", "groups", "ci", "tornado",
    "prim", "min_density", "never",
  ]
  private static let ofQuantities = ["quantiles", "exceed", "sobol", "never"]

  /// The section.
  static let shape = Shape<Asked>.object(
    Layout(
      fields: [
        of, probability, mean, quantiles, exceed, given, interventions, sobol, groups, level, tornado, prim,
        density, never, breakEven, Provenance.note,
      ],
      rules: [
        .apart("break_even", from: alone),
        .apart("prim", from: ["of", "mean", "probability"] + ofQuantities),
        .apart("probability", from: ["of", "mean"] + ofQuantities),
        .oneOf([["of", "mean"], ["probability"], ["prim"], ["break_even"]]),
        .needs("groups", ["sobol"]), .needs("ci", ["sobol"]), .needs("min_density", ["prim"]),
        .apart("sobol", from: ["given"]),
        .needs("of", ["mean", "quantiles", "exceed", "sobol", "tornado"]),
      ],
      elsewhere: [
        "shapley": method("shapley"), "value_of": method("evppi"),
        "difference": "use scenario compare FILE FILE",
      ])
  ) { part in
    if var own = part[breakEven] {
      (own.name, own.place) = (part.name, part.spot.keyPlace)
      return .breakEven(own)
    }
    return question(part).map { .quantity($0) }
  }.section()

  private static func question(_ part: Part) -> Question? {
    var subject = part[of] ?? part[probability] ?? part[prim]
    var asksMean = false
    switch part[mean] {
    case nil, .flag(false): break
    case .flag(true): asksMean = true
    case .of(let expression):
      guard subject == nil else {
        part.fail(mean, "must be true or false beside \"of\", not \"\(expression.text)\"")
        return nil
      }
      (subject, asksMean) = (expression, true)
    }
    guard let subject else {
      part.fail(at: mean, " needs \"of\", an expression")
      return nil
    }
    let isCondition = part.has(probability) || part.has(prim)
    guard
      isCondition || asksMean || part.has(quantiles) || part.has(exceed) || part.has(sobol)
        || part.has(tornado)
    else {
      part.fail(at: of, " asks for nothing: add mean: true, quantiles, exceed, sobol or tornado")
      return nil
    }
    return Question(
      name: part.name, subject: subject, probability: isCondition, mean: asksMean, quantiles: part[quantiles],
      exceed: part[exceed], given: part[given], interventions: part[interventions],
      sensitivity: part[sobol].map { _ in
        SensitivityRequest(
          groups: part[groups].map { SensitivityGroup(name: $0.name, members: $0.value, place: $0.place) },
          level: part[level])
      }, tornado: part[tornado], boxDensity: part.has(prim) ? part[density] : nil,
      neverPlace: part.keyPlace(never), place: part.spot.keyPlace)
  }
}

/// The key `break_even` of a question.
enum BreakEvenKeys {
  private static let varied = Field(required: "vary", Shape.reference, "the input, or the event with a date")
  private static let between = Field(
    required: "between", Shape.number.list(2).called("[low, high] with low < high") { $0[0] < $0[1] },
    "the values that it may have")
  private static let question = Field(
    required: "question", Shape.reference, "the question whose answer must reach the target")
  private static let target = Field(required: "reaches", .number, "the target")
  private static let figure = Field(
    optional: "figure", statistic,
    "the statistic of that question; the default is its probability or mean")

  private static let statistic = Shape<FigureName>(
    "a statistic such as mean, p10, p50_if_ever, exceed_25, probability, never or not_within_horizon",
    many: "statistics", schema: { ["type": "string"] },
    read: { spot in
      let text = spot.text
      if let name = FigureName(text) { return name }
      spot.reader.fail(
        "\(spot.noun) must be \(spot.words), not \(spot.reader.kind(spot.node))"
          + suggestion(for: text, among: FigureName.examples), spot.node)
      return nil
    })

  /// What is asked; its name and place are those of the question that holds it.
  static let shape = Shape<BreakEvenQuestion>.object(
    Layout(fields: [varied, between, question, target, figure, Provenance.note])
  ) { part in
    BreakEvenQuestion(
      name: "", varied: part[varied].name, range: part[between][0]...part[between][1],
      question: part[question].name, figure: part[figure], target: part[target], place: part.spot.keyPlace,
      variedPlace: part[varied].place, questionPlace: part[question].place,
      figurePlace: part.place(figure) ?? part.spot.keyPlace,
      targetPlace: part.place(target) ?? part.spot.keyPlace)
  }
}
