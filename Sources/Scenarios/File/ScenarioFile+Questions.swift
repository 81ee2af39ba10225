internal import Yams

extension ScenarioFile {
  static func derivedQuantity(_ entry: NodeReader.Entry, _ reader: NodeReader) -> Derived? {
    let subject = "derived.\(entry.key)"
    if entry.value.scalar != nil {
      return reader.expression(entry.value, subject).map {
        Derived(name: entry.key, expression: $0, unit: nil, place: reader.place(entry.keyNode))
      }
    }
    guard entry.value.mapping != nil else {
      reader.fail("\(subject) is {expr: …, unit: …}, not \(reader.kind(entry.value))", entry.value)
      return nil
    }
    guard let fields = reader.fields(entry.value, of: subject, keys: ["expr", "unit", "note"]) else {
      return nil
    }
    for key in ["expr", "unit"] where fields[key] == nil { reader.missing(key, of: subject, entry.keyNode) }
    guard let expression = fields["expr"].flatMap({ reader.expression($0.value, "\(subject).expr") }),
      let unit = fields["unit"].flatMap({ reader.unit($0.value, "\(subject).unit") })
    else { return nil }
    return Derived(name: entry.key, expression: expression, unit: unit, place: reader.place(entry.keyNode))
  }

  private static let askedElsewhere: [String: String] = {
    func method(_ name: String) -> String {
      "scenario sensitivity FILE --question NAME --method \(name) asks it"
    }
    return [
      "shapley": method("shapley"), "value_of": method("evppi"),
      "difference": "scenario compare FILE FILE asks it",
    ]
  }()

  static func question(_ entry: NodeReader.Entry, _ reader: NodeReader) -> ReadQuestion? {
    let subject = "questions.\(entry.key)"
    guard
      let fields = reader.fields(
        entry.value, of: subject,
        keys: [
          "of", "probability", "mean", "quantiles", "exceed", "given", "do", "sobol", "groups", "ci", "note",
          "break_even", "never", "tornado", "prim", "min_density",
        ],
        elsewhere: askedElsewhere)
    else { return nil }
    if let asked = fields["break_even"] {
      return breakEven(entry, fields, asked, reader).map { .breakEven($0) }
    }
    var mean = false
    var short: NodeReader.Entry?
    if let entry = fields["mean"] {
      switch entry.value.scalar?.string {
      case "true": mean = true
      case "false": mean = false
      case .some where fields["of"] == nil && fields["probability"] == nil && fields["prim"] == nil:
        (mean, short) = (true, entry)
      default: reader.fail("\(subject).mean is true or false, not \(reader.kind(entry.value))", entry.value)
      }
    }
    reader.statement(
      fields["never"], "\(subject).never", is: "report", "a date's shares of never are always given")
    let quantiles = fields["quantiles"].flatMap { reader.numbers($0.value, "\(subject).quantiles") } ?? []
    for quantile in quantiles where quantile <= 0 || quantile >= 1 {
      if let node = fields["quantiles"]?.value {
        reader.fail("\(subject).quantiles: \(quantile) does not lie between 0 and 1", node)
      }
    }
    let exceed = fields["exceed"].flatMap { reader.numbers($0.value, "\(subject).exceed") } ?? []
    let given = fields["given"].map { reader.expression($0.value, "\(subject).given") }
    let interventions = fields["do"].map { self.interventions($0.value, subject, reader) } ?? []
    let tornado = fields["tornado"].flatMap { self.tornado($0.value, subject, reader) }
    let density = self.density(fields, subject, reader)
    if let asked = fields["prim"] ?? fields["probability"] {
      // The key as it was meant, where it is misspelt.
      let own = fields["prim"] == nil ? "probability" : "prim"
      let what = own == "prim" ? "boxes of a condition" : "a probability"
      for key in ["of", "mean", "quantiles", "exceed", "sobol", "never", "probability"] where key != own {
        if let wrong = fields[key] {
          reader.fail("\(subject) asks \(what) and takes no \"\(key)\"", wrong.keyNode)
        }
      }
      guard let condition = reader.expression(asked.value, "\(subject).\(own)") else { return nil }
      return .quantity(
        Question(
          name: entry.key, subject: condition, probability: true, mean: false, quantiles: [], exceed: [],
          given: given ?? nil, interventions: interventions, tornado: tornado, boxDensity: density,
          place: reader.place(entry.keyNode)))
    }
    guard let of = fields["of"] ?? short else {
      // What cannot be asked here has been reported.
      if !fields.keys.allSatisfy({ ["note", "ci", "groups"].contains($0) }) || unsaid(entry) {
        reader.missing("of", of: subject, entry.keyNode)
      }
      return nil
    }
    guard let expression = reader.expression(of.value, "\(subject).\(of.key)") else { return nil }
    let sensitivity = self.sensitivity(fields, subject, reader)
    let asksMean = mean || fields["mean"].map { $0.value.scalar?.string != "false" } ?? false
    if !asksMean, quantiles.isEmpty, exceed.isEmpty, fields["sobol"] == nil, fields["tornado"] == nil {
      reader.fail(
        "\(subject) asks nothing: give mean, quantiles, exceed, sobol, tornado, probability, prim or break_even",
        entry.keyNode)
    }
    if sensitivity != nil, fields["given"] != nil, let wrong = fields["given"] {
      reader.fail(
        "\(subject): sobol under a condition belongs to a later version of the engine", wrong.keyNode)
    }
    return .quantity(
      Question(
        name: entry.key, subject: expression, probability: false, mean: mean, quantiles: quantiles,
        exceed: exceed, given: given ?? nil, interventions: interventions, sensitivity: sensitivity,
        tornado: tornado, neverPlace: fields["never"].map { reader.place($0.keyNode) },
        place: reader.place(entry.keyNode)))
  }

  /// The two shares of an input's law at which a tornado holds it.
  private static func tornado(_ node: Node, _ subject: String, _ reader: NodeReader) -> [Double]? {
    guard let levels = reader.numbers(node, "\(subject).tornado", count: 2) else { return nil }
    guard levels[0] > 0, levels[0] < levels[1], levels[1] < 1 else {
      reader.fail("\(subject).tornado is two rising shares between 0 and 1, such as [0.1, 0.9]", node)
      return nil
    }
    return levels
  }

  /// The density of the boxes that a question asks for; 0.8 where it does not say.
  private static func density(
    _ fields: [String: NodeReader.Entry], _ subject: String, _ reader: NodeReader
  ) -> Double? {
    guard let entry = fields["min_density"] else { return fields["prim"].map { _ in 0.8 } }
    guard fields["prim"] != nil else {
      reader.fail("\(subject).min_density belongs to prim", entry.keyNode)
      return nil
    }
    guard let density = reader.number(entry.value, "\(subject).min_density") else { return nil }
    guard density > 0, density <= 1 else {
      reader.fail("\(subject).min_density is \(density): a density lies above 0 and not above 1", entry.value)
      return nil
    }
    return density
  }

  /// Whether a question has no key that is answered elsewhere.
  private static func unsaid(_ entry: NodeReader.Entry) -> Bool {
    !(entry.value.mapping?.keys.contains { askedElsewhere[$0.scalar?.string ?? ""] != nil } ?? false)
  }

  private static func sensitivity(
    _ fields: [String: NodeReader.Entry], _ subject: String, _ reader: NodeReader
  ) -> SensitivityRequest? {
    guard let sobol = fields["sobol"] else {
      for key in ["groups", "ci"] {
        if let wrong = fields[key] { reader.fail("\(subject).\(key) belongs to sobol", wrong.keyNode) }
      }
      return nil
    }
    let kinds = ["first", "total"]
    for node in reader.list(sobol.value, "\(subject).sobol") ?? [] {
      if let text = reader.text(node, "an entry of \(subject).sobol"), !kinds.contains(text) {
        reader.fail(
          "\(subject).sobol lists first and total, not \"\(text)\"" + suggestion(for: text, among: kinds),
          node)
      }
    }
    var request = SensitivityRequest(groups: [], level: 0.95)
    if let entry = fields["ci"], let level = reader.number(entry.value, "\(subject).ci") {
      if level > 0, level < 1 {
        request.level = level
      } else {
        reader.fail("\(subject).ci is \(level): a level lies between 0 and 1", entry.value)
      }
    }
    for group in fields["groups"].flatMap({ reader.entries($0.value, of: "\(subject).groups") }) ?? [] {
      let members = reader.list(group.value, "\(subject).groups.\(group.key)") ?? []
      request.groups.append(
        SensitivityGroup(
          name: group.key,
          members: members.compactMap { reader.text($0, "a member of \(subject).groups.\(group.key)") },
          place: reader.place(group.keyNode)))
    }
    return request
  }

  private static func interventions(
    _ node: Node, _ subject: String, _ reader: NodeReader
  ) -> [Intervention] {
    guard let entries = reader.entries(node, of: "\(subject).do") else { return [] }
    return entries.compactMap { entry in
      let value: Double?
      if entry.value.scalar?.string == "never" {
        value = .infinity
      } else {
        value = reader.number(entry.value, "\(subject).do.\(entry.key)")
      }
      return value.map { Intervention(name: entry.key, value: $0, place: reader.place(entry.keyNode)) }
    }
  }
}
