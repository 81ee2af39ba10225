internal import Yams

extension ScenarioFile {
  static let shockKeys =
    ["of", "mode", "when", "add", "multiply", "floor", "dim"] + datedKeys + ["at", "hazard"]

  /// Keys that mean something only of a shock that has a date.
  private static let datedKeys = ["after", "times", "lasts", "recovery", "recovery_years", "dims"]

  static func shock(
    _ fields: [String: NodeReader.Entry], _ subject: String, _ entry: NodeReader.Entry, _ reader: NodeReader
  ) -> Event.Kind? {
    for key in ["of", "mode"] where fields[key] == nil { reader.missing(key, of: subject, entry.keyNode) }
    guard let modeEntry = fields["mode"], let mode = reader.text(modeEntry.value, "\(subject).mode") else {
      return nil
    }
    guard mode == "additive" || mode == "multiplicative" else {
      reader.fail(
        "\(subject).mode is additive or multiplicative, not \"\(mode)\""
          + suggestion(for: mode, among: ["additive", "multiplicative"]), modeEntry.value)
      return nil
    }
    let key = mode == "additive" ? "add" : "multiply"
    let other = mode == "additive" ? "multiply" : "add"
    if let wrong = fields[other] {
      reader.fail("\(subject) is \(mode) and takes \"\(key)\", not \"\(other)\"", wrong.keyNode)
    }
    guard let change = fields[key] else {
      reader.missing(key, of: subject, entry.keyNode)
      return nil
    }
    var when: SourcedExpression?
    if let entry = fields["when"] {
      guard let read = reader.expression(entry.value, "\(subject).when") else { return nil }
      when = read
    }
    let timing = timing(fields, subject, entry, reader)
    guard let target = fields["of"].flatMap({ reader.text($0.value, "\(subject).of") }),
      let law = reader.law(change.value, "\(subject).\(key)")
    else { return nil }
    if law == .never {
      reader.fail("\(subject).\(key): a change is a number, not never", change.value)
      return nil
    }
    let pinned = dimensions(fields, subject, reader)?[1]
    return .shock(
      Shock(
        target: target, multiplies: mode == "multiplicative", when: when, timing: timing, law: law,
        floor: fields["floor"].flatMap { reader.number($0.value, "\(subject).floor") },
        dimension: pinned
          ?? fields["dim"].flatMap { ScenarioFile.dimension($0.value, reader, "\(subject).dim") }))
  }

  /// The date of a shock and how its effect goes; `nil` of one that acts in every year.
  private static func timing(
    _ fields: [String: NodeReader.Entry], _ subject: String, _ entry: NodeReader.Entry, _ reader: NodeReader
  ) -> ShockTiming? {
    let date: ShockTiming.Date
    switch (fields["at"], fields["hazard"]) {
    case (nil, nil):
      for key in datedKeys {
        guard let wrong = fields[key] else { continue }
        reader.fail(
          "\(subject).\(key) belongs to a shock with a date; give it \"hazard\" or \"at\"", wrong.keyNode)
      }
      return nil
    case (.some, .some(let wrong)):
      reader.fail("\(subject) takes \"at\" or \"hazard\", not both", wrong.keyNode)
      return nil
    case (.some(let at), nil):
      for key in ["after", "dims"] {
        guard let wrong = fields[key] else { continue }
        reader.fail("\(subject).\(key) belongs to a hazard, and the date is given by \"at\"", wrong.keyNode)
      }
      guard let expression = reader.expression(at.value, "\(subject).at") else { return nil }
      date = .at(expression)
    case (nil, .some(let hazard)):
      if let wrong = fields["dim"] {
        reader.fail(
          "\(subject) has two draws and takes \"dims\": [hazard, change], not \"dim\"", wrong.keyNode)
      }
      let after = fields["after"].map { reader.expression($0.value, "\(subject).after") }
      guard let rate = rate(hazard.value, "\(subject).hazard", reader) else { return nil }
      date = .hazard(
        after: after ?? nil, rate: rate, dimension: dimensions(fields, subject, reader)?[0])
    }
    checkTimes(fields, subject, reader)
    guard let recovery = recovery(fields, subject, entry, reader) else { return nil }
    let lasts = fields["lasts"].flatMap { years($0.value, "\(subject).lasts", reader) }
    if recovery == .step, fields["lasts"] == nil { reader.missing("lasts", of: subject, entry.keyNode) }
    if recovery == .permanent, let wrong = fields["lasts"] {
      reader.fail("\(subject) does not recover (none) and takes no \"lasts\"", wrong.keyNode)
    }
    return ShockTiming(date: date, lasts: lasts ?? 0, recovery: recovery)
  }

  private static func recovery(
    _ fields: [String: NodeReader.Entry], _ subject: String, _ entry: NodeReader.Entry, _ reader: NodeReader
  ) -> Recovery? {
    let shape = fields["recovery"].map { reader.text($0.value, "\(subject).recovery") } ?? "step"
    guard let shape else { return nil }
    let shapes = ["none", "step", "linear", "exponential"]
    guard shapes.contains(shape) else {
      if let wrong = fields["recovery"] {
        reader.fail(
          "\(subject).recovery is one of \(shapes.joined(separator: ", ")), not \"\(shape)\""
            + suggestion(for: shape, among: shapes), wrong.value)
      }
      return nil
    }
    guard shape == "linear" || shape == "exponential" else {
      if let wrong = fields["recovery_years"] {
        reader.fail(
          "\(subject).recovery_years belongs to a linear or exponential recovery, and this one is \(shape)",
          wrong.keyNode)
      }
      return shape == "none" ? .permanent : .step
    }
    guard let entryOfYears = fields["recovery_years"] else {
      reader.missing("recovery_years", of: subject, entry.keyNode)
      return nil
    }
    guard let years = reader.number(entryOfYears.value, "\(subject).recovery_years") else { return nil }
    guard years > 0 else {
      reader.fail("\(subject).recovery_years is \(years): a recovery takes time", entryOfYears.value)
      return nil
    }
    return shape == "linear" ? .linear(years: years) : .exponential(halfLife: years)
  }
}
