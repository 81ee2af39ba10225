internal import Forecasting
internal import Yams

extension ScenarioFile {
  static let keys = [
    "schema", "id", "title", "as_of", "horizon", "run", "branches", "inputs", "correlations", "events",
    "assets", "ceilings", "series", "derived", "coherence", "questions", "sources", "overrides",
    "units",
  ]
  static let elsewhere = [
    "score": "what came stands in a table, for scenario score FILE --outcomes TABLE",
    "sensitivity": "scenario sensitivity FILE --question NAME --method METHOD asks it",
  ]

  /// The scenario of a document, with named overrides, values set and a branch made certain, in this order.
  ///
  /// - Throws: `ScenarioError` with every problem found in reading.
  static func read(
    _ document: ScenarioDocument, file: String, named names: [String] = [],
    overrides: [ScenarioOverride] = [], branch: String? = nil
  ) throws(ScenarioError) -> ScenarioFile {
    var root = document.root
    var lines = document.lines
    let named = try NamedOverrides(root, file: file, lines: document.lines)
    for override in try named.overrides(names) { root = try override.applied(to: root, lines: &lines) }
    for override in overrides { root = try override.applied(to: root, lines: &lines) }
    if let branch {
      for override in try ScenarioOverride.branch(branch, in: root, file: file) {
        root = try override.applied(to: root, lines: &lines)
      }
    }
    let reader = NodeReader(file: file, lines: lines)
    guard let fields = reader.fields(root, of: "the scenario", keys: keys, elsewhere: elsewhere) else {
      throw ScenarioError(reader.problems)
    }
    let schema = fields["schema"].flatMap { reader.text($0.value, "schema") }
    if fields["schema"] == nil {
      reader.missing("schema", of: "the scenario", root)
    } else if let schema, schema != "scenario/1", let node = fields["schema"]?.value {
      reader.fail("schema \"\(schema)\" is not scenario/1, the one this engine reads", node)
    }
    let id = fields["id"].flatMap { reader.text($0.value, "id") }
    if fields["id"] == nil { reader.missing("id", of: "the scenario", root) }
    if fields["horizon"] == nil { reader.missing("horizon", of: "the scenario", root) }
    if fields["as_of"] == nil {
      reader.warn(
        "there is no as_of: nothing dates what may be cited", at: FilePlace(file: file, line: 1, column: 1))
    }
    reader.unitNames = fields["units"].map { unitNames($0.value, reader) } ?? [:]
    let asked = section(fields["questions"], reader) { question($0, reader) }
    let pairs = fields["correlations"].map { correlations($0.value, reader) } ?? ([], [])
    let file = ScenarioFile(
      name: file, id: id ?? "", title: fields["title"].flatMap { reader.text($0.value, "title") },
      asOf: fields["as_of"].flatMap { reader.date($0.value, "as_of") },
      horizon: fields["horizon"].flatMap { horizon($0.value, reader) }
        ?? ScenarioHorizon(from: 0, to: 0, value: .calendarMean),
      run: settings(fields["run"]?.value, reader),
      branches: fields["branches"].map { branches($0.value, reader) } ?? [],
      inputs: section(fields["inputs"], reader) { input($0, reader) },
      correlations: pairs.0, seriesCorrelations: pairs.1,
      events: section(fields["events"], reader) { event($0, reader) },
      assets: section(fields["assets"], reader) { asset($0, reader) },
      ceilings: section(fields["ceilings"], reader) { sharedCeiling($0, reader) },
      series: section(fields["series"], reader) { fittedSeries($0, reader) },
      derived: section(fields["derived"], reader) { derivedQuantity($0, reader) },
      coherence: fields["coherence"].flatMap { coherence($0, reader) },
      units: reader.unitNames,
      questions: asked.compactMap { if case .quantity(let own) = $0 { own } else { nil } },
      breakEvens: breakEvens(asked),
      sourcesFile: fields["sources"].flatMap { reader.text($0.value, "sources") },
      citations: reader.citations, warnings: reader.warnings + named.warnings(applied: names))
    if !reader.problems.isEmpty { throw ScenarioError(reader.problems) }
    return file
  }

  /// The file's own names of units; one that a unit has already says that unit.
  private static func unitNames(_ node: Node, _ reader: NodeReader) -> [String: Unit] {
    var names: [String: Unit] = [:]
    for entry in reader.entries(node, of: "units") ?? [] {
      guard isName(entry.key) else {
        reader.fail("\"\(entry.key)\" is no name of a unit", entry.keyNode)
        continue
      }
      guard let unit = reader.unit(entry.value, "units.\(entry.key)") else {
        // The name is known all the same, so that one slip is one message.
        names[entry.key] = .one
        continue
      }
      if let other = Unit(entry.key), other != unit {
        reader.fail("units.\(entry.key) is \(unit), and \(entry.key) is a unit already", entry.value)
      }
      names[entry.key] = unit
    }
    return names
  }

  private static func section<Part>(
    _ entry: NodeReader.Entry?, _ reader: NodeReader, _ read: (NodeReader.Entry) -> Part?
  ) -> [Part] {
    guard let entry, let entries = reader.entries(entry.value, of: entry.key) else { return [] }
    return entries.compactMap { part in
      guard isName(part.key) else {
        reader.fail(
          "\"\(part.key)\" is no name: a name is letters, digits and _, and begins with a letter",
          part.keyNode)
        return nil
      }
      guard !reserved.contains(part.key) else {
        reader.fail("\"\(part.key)\" is a word of expressions and cannot be a name", part.keyNode)
        return nil
      }
      return read(part)
    }
  }

  private static let reserved: Set<String> = ["branch", "never", "and", "or", "not"]

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }

  private static func horizon(_ node: Node, _ reader: NodeReader) -> ScenarioHorizon? {
    guard let fields = reader.fields(node, of: "horizon", keys: ["from", "to", "step", "value"]) else {
      return nil
    }
    for key in ["from", "to"] where fields[key] == nil { reader.missing(key, of: "horizon", node) }
    let step = fields["step"].flatMap {
      reader.choice($0.value, "horizon.step", ScenarioHorizon.Step.self)
    }
    let value = fields["value"].flatMap {
      reader.choice($0.value, "horizon.value", ScenarioHorizon.YearlyValue.self)
    }
    guard let from = fields["from"].flatMap({ reader.whole($0.value, "horizon.from", in: 1900...2500) }),
      let to = fields["to"].flatMap({ reader.whole($0.value, "horizon.to", in: 1900...2500) })
    else { return nil }
    guard from <= to, to - from < 300 else {
      reader.fail("the horizon runs from \(from) to \(to): it needs from ≤ to and at most 300 years", node)
      return nil
    }
    return ScenarioHorizon(from: from, to: to, value: value ?? .calendarMean, step: step ?? .year)
  }

  private static func settings(_ node: Node?, _ reader: NodeReader) -> RunSettings {
    var settings = RunSettings(method: .sobol, draws: 32_768, replicates: 8, seed: 1)
    guard let node,
      let fields = reader.fields(
        node, of: "run", keys: ["method", "draws", "replicates", "seed", "rng", "stream_key"],
        elsewhere: ["threads": "the answers do not depend on it; say --threads to scenario run"])
    else { return settings }
    reader.statement(
      fields["rng"], "run.rng", is: "philox4x64-10", "it is the one generator of counter-based draws")
    if let entry = fields["stream_key"] {
      let parts = entry.value.sequence?.compactMap { $0.scalar?.string } ?? []
      if parts != ["seed", "replicate", "input-name", "draw"] {
        reader.fail(
          "run.stream_key is [seed, replicate, input-name, draw]: streams have no other keys", entry.value)
      }
    }
    if let entry = fields["method"] {
      settings.method = reader.choice(entry.value, "run.method") ?? settings.method
    }
    if let entry = fields["draws"] {
      settings.draws = reader.whole(entry.value, "run.draws", in: 1...(1 << 30)) ?? settings.draws
    }
    if let entry = fields["replicates"] {
      settings.replicates = reader.whole(entry.value, "run.replicates", in: 1...4096) ?? settings.replicates
    }
    if let entry = fields["seed"] {
      settings.seed = reader.whole(entry.value, "run.seed", in: 0...Int.max).map(UInt64.init) ?? settings.seed
    }
    return settings
  }

  private static func branches(_ node: Node, _ reader: NodeReader) -> [Branch] {
    guard let entries = reader.entries(node, of: "branches") else { return [] }
    var result: [Branch] = []
    var complete = true
    for entry in entries {
      let subject = "branches.\(entry.key)"
      if !isName(entry.key) {
        reader.fail("\"\(entry.key)\" is no name of a branch", entry.keyNode)
        complete = false
        continue
      }
      guard
        let fields = reader.fields(
          entry.value, of: subject, keys: ["weight", "says", "basis", "src"], later: ["when"])
      else {
        complete = false
        continue
      }
      _ = reader.sources(fields["src"]?.value, subject)
      _ = basis(fields["basis"], reader, subject)
      guard let weightNode = fields["weight"]?.value else {
        reader.missing("weight", of: subject, entry.keyNode)
        complete = false
        continue
      }
      guard let weight = reader.number(weightNode, "\(subject).weight") else {
        complete = false
        continue
      }
      if weight < 0 || weight > 1 {
        reader.fail("\(subject).weight is \(weight): a weight lies between 0 and 1", weightNode)
        complete = false
        continue
      }
      result.append(
        Branch(
          name: entry.key, weight: weight,
          says: fields["says"].flatMap { reader.text($0.value, "\(subject).says") },
          place: reader.place(entry.keyNode)))
    }
    let sum = result.reduce(0) { $0 + $1.weight }
    if complete, abs(sum - 1) > 1e-9 {
      reader.fail("the weights of the branches sum to \(rounded(sum)), not 1", node)
    }
    if result.count > 64 { reader.fail("there are \(result.count) branches; at most 64 are read", node) }
    return result
  }

  static func rounded(_ value: Double) -> Double { (value * 1e12).rounded() / 1e12 }

  static func basis(_ entry: NodeReader.Entry?, _ reader: NodeReader, _ subject: String) -> Basis? {
    entry.flatMap { reader.choice($0.value, "\(subject).basis", Basis.self) }
  }
}
