internal import ForesightNumerics
internal import Yams

extension ScenarioFile {
  static func input(_ entry: NodeReader.Entry, _ reader: NodeReader) -> Input? {
    let subject = "inputs.\(entry.key)"
    let laws = Law.names
    guard
      let fields = reader.fields(
        entry.value, of: subject,
        keys: ["unit", "basis", "src", "dim", "note", "by_branch", "knots", "one_draw"] + laws,
        later: ["process", "estimate"], elsewhere: ["const": "write constant"])
    else { return nil }
    reader.statement(
      fields["one_draw"], "\(subject).one_draw", is: "true", "an input has one draw a path, for all its knots"
    )
    let sources = reader.sources(fields["src"]?.value, subject)
    let basis = basis(fields["basis"], reader, subject)
    if fields["basis"] == nil {
      reader.warn(
        "\(subject) does not say its basis (sourced, derived or judgement)", at: reader.place(entry.keyNode))
    } else if basis == .sourced, sources.isEmpty {
      reader.fail("\(subject) is sourced and names no source", entry.keyNode)
    }
    let unit = fields["unit"].flatMap { reader.unit($0.value, "\(subject).unit") }
    if fields["unit"] == nil { reader.missing("unit", of: subject, entry.keyNode) }
    let dimension = fields["dim"].flatMap { ScenarioFile.dimension($0.value, reader, "\(subject).dim") }
    let forms = (laws + ["by_branch", "knots"]).filter { fields[$0] != nil }
    guard forms.count == 1, let form = forms.first, let node = fields[form]?.value else {
      reader.fail(
        forms.isEmpty
          ? "\(subject) has no law: give one of \(laws.joined(separator: ", ")), by_branch or knots"
          : "\(subject) has \(forms.count) laws (\(forms.joined(separator: ", "))); it takes one",
        entry.keyNode)
      return nil
    }
    var input = Input(
      name: entry.key, unit: unit ?? .one, basis: basis, sources: sources, dimension: dimension,
      standard: nil,
      byBranch: [:], place: reader.place(entry.keyNode))
    switch form {
    case "by_branch":
      guard let entries = reader.entries(node, of: "\(subject).by_branch") else { return nil }
      for branch in entries {
        guard let profile = profile(branch.value, "\(subject).by_branch.\(branch.key)", reader) else {
          continue
        }
        if branch.key == "default" {
          input.standard = profile
        } else {
          input.byBranch[branch.key] = profile
          input.branchPlaces[branch.key] = reader.place(branch.keyNode)
        }
      }
    case "knots": input.standard = knots(node, subject, reader)
    default: input.standard = reader.law(named: form, node, subject).map { InputProfile.law($0) }
    }
    return unit == nil ? nil : input
  }

  static func dimension(_ node: Node, _ reader: NodeReader, _ subject: String) -> Int? {
    guard let value = reader.whole(node, subject, in: 0...(SobolSequence.dimensions - 1)) else { return nil }
    if value == 0 {
      reader.fail("\(subject): dimension 0 picks the branch; pin another", node)
      return nil
    }
    return value
  }

  private static func profile(_ node: Node, _ subject: String, _ reader: NodeReader) -> InputProfile? {
    if let mapping = node.mapping, mapping.count == 1, let first = mapping.first,
      first.key.scalar?.string == "knots"
    {
      return knots(first.value, subject, reader)
    }
    return reader.law(node, subject).map { InputProfile.law($0) }
  }

  private static func knots(_ node: Node, _ subject: String, _ reader: NodeReader) -> InputProfile? {
    guard let entries = reader.entries(node, of: "\(subject).knots") else { return nil }
    guard !entries.isEmpty else {
      reader.fail("\(subject).knots has no year", node)
      return nil
    }
    var laws: [KnotLaw] = []
    for entry in entries {
      guard let year = reader.whole(entry.keyNode, "a knot of \(subject)", in: 1900...2500),
        let law = reader.law(entry.value, "\(subject).knots.\(year)")
      else { continue }
      if law == .never {
        reader.fail("\(subject).knots.\(year): never is a date and no value of a year", entry.value)
      }
      laws.append(KnotLaw(year: year, law: law))
    }
    return laws.count == entries.count ? .knots(laws.sorted { $0.year < $1.year }) : nil
  }
}
