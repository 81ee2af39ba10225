/// The section `derived`: quantities that are computed from others.
enum DerivedSection {
  private static let expression = Field(required: "expr", .expression, "the expression")
  private static let unit = Field(required: "unit", .unit, "its unit")

  private static let short = Shape.expression.then { expression, spot -> Derived? in
    Derived(name: spot.name, expression: expression, unit: nil, place: spot.keyPlace)
  }
  private static let long = Shape<Derived>.object(Layout(fields: [expression, unit, Provenance.note])) {
    Derived(name: $0.name, expression: $0[expression], unit: $0[unit], place: $0.spot.keyPlace)
  }

  /// The section.
  static let shape = short.or(long).section()
}

/// The key `units`: the file's own names of units.
enum UnitNames {
  /// The section; the names are known to what is read after it.
  static let shape = Shape<[String: Unit]>(
    "a mapping of names to units", many: "mappings of names to units",
    schema: { Shape.unit.named(.new).schema() },
    read: { spot in
      guard let entries = spot.reader.entries(spot) else { return nil }
      var names: [String: Unit] = [:]
      for entry in entries {
        guard ScenarioFile.isName(entry.key) else {
          spot.reader.fail(Naming.new.problem(entry.key, in: spot.path) ?? "", entry.keyNode)
          continue
        }
        // A name whose unit is unknown is known all the same, so that one slip is one message.
        let unit = Shape.unit.read(spot.value(of: entry, as: entry.key)) ?? .one
        if let other = Unit(entry.key), other != unit {
          spot.reader.fail(
            "units.\(entry.key) cannot stand for \(unit): \(entry.key) is a unit already", entry.value)
        }
        names[entry.key] = unit
      }
      spot.reader.unitNames = names
      return names
    })
}
