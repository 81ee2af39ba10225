internal import Forecasting
internal import Yams

extension Shape where Value == String {
  /// Text; numbers and dates are read as they are written.
  static var text: Shape {
    Shape(
      "text", many: "texts", schema: { ["type": ["string", "integer"]] },
      read: { spot in
        guard let scalar = spot.node.scalar, !scalar.string.isEmpty else {
          spot.fail()
          return nil
        }
        return scalar.string
      })
  }

  /// The name of something.
  static var name: Shape { text.called("a name", many: "names") }
}

/// A name and where the file writes it.
struct PlacedName: Sendable, Hashable {
  let name: String
  let place: FilePlace
}

extension Shape where Value == PlacedName {
  /// The name of a part of the file.
  static var reference: Shape {
    Shape<String>.name.then { name, spot in PlacedName(name: name, place: spot.place) }
  }
}

/// The numbers that a value may have.
struct Bounds: Sendable {
  private var low: Double?
  private var high: Double?
  private var lowIsOut = false
  private var highIsOut = false

  static let any = Bounds()
  static func above(_ low: Double) -> Bounds { Bounds(low: low, lowIsOut: true) }
  static func atLeast(_ low: Double) -> Bounds { Bounds(low: low) }
  static func within(_ range: ClosedRange<Double>) -> Bounds {
    Bounds(low: range.lowerBound, high: range.upperBound)
  }
  /// Neither end belongs to it.
  static func between(_ low: Double, _ high: Double) -> Bounds {
    Bounds(low: low, high: high, lowIsOut: true, highIsOut: true)
  }
  /// The lower end does not belong to it, the upper one does.
  static func above(_ low: Double, upTo high: Double) -> Bounds {
    Bounds(low: low, high: high, lowIsOut: true)
  }

  func contains(_ value: Double) -> Bool {
    if let low, value < low || (lowIsOut && value == low) { return false }
    if let high, value > high || (highIsOut && value == high) { return false }
    return true
  }

  /// ` from 0 to 1`, after "number".
  var words: String {
    let low = low.map { NumberText.plain($0) }
    let high = high.map { NumberText.plain($0) }
    switch (low, high) {
    case (nil, nil): return ""
    case (let low?, nil): return lowIsOut ? " above \(low)" : " of at least \(low)"
    case (nil, let high?): return highIsOut ? " below \(high)" : " of at most \(high)"
    case (let low?, let high?):
      if !lowIsOut, !highIsOut { return " from \(low) to \(high)" }
      return (lowIsOut ? " above \(low)" : " of at least \(low)")
        + (highIsOut ? " and below \(high)" : " and at most \(high)")
    }
  }

  /// The members that say so in JSON Schema.
  var schema: SchemaValue {
    var schema: SchemaValue = ["type": "number"]
    if let low { schema[lowIsOut ? "exclusiveMinimum" : "minimum"] = .number(low) }
    if let high { schema[highIsOut ? "exclusiveMaximum" : "maximum"] = .number(high) }
    return schema
  }
}

extension Shape where Value == Double {
  /// A finite number.
  static var number: Shape { number(.any) }

  /// A finite number within bounds.
  static func number(_ bounds: Bounds) -> Shape {
    Shape(
      "a number\(bounds.words)", many: "numbers\(bounds.words)", schema: { bounds.schema },
      read: { spot in
        guard let scalar = spot.node.scalar, scalar.style == .plain || scalar.style == .any,
          let value = Double(decimal: scalar.string), bounds.contains(value)
        else {
          spot.fail()
          return nil
        }
        return value
      })
  }

  /// A number a year.
  static func rate(upTo high: Double = .infinity) -> Shape {
    let bound = high.isFinite ? " and at most \(NumberText.plain(high))/yr" : ""
    return Shape(
      "a rate above 0\(bound), such as 0.06/yr", many: "rates",
      schema: { ["type": "string", "pattern": "/ *(yr|year)"] },
      read: { spot in
        let parts = spot.node.scalar?.string.split(separator: "/", maxSplits: 1) ?? []
        guard parts.count == 2, ["yr", "year"].contains(parts[1].split(separator: " ").joined()),
          let rate = Double(decimal: parts[0].split(separator: " ").joined()), rate > 0, rate <= high
        else {
          spot.fail()
          return nil
        }
        return rate
      })
  }

  /// A length of time in years.
  static func years(upTo high: Double = .infinity) -> Shape {
    let bound = high.isFinite ? " and at most \(NumberText.plain(high)) yr" : ""
    return Shape(
      "a length of time above 0\(bound), such as \(high < 2 ? "0.1" : "2") yr", many: "lengths of time",
      schema: { ["type": "string", "pattern": "yr|year"] },
      read: { spot in
        let text = spot.text
        let digits = text.prefix { "0123456789.".contains($0) }
        let unit = text.dropFirst(digits.count).split(separator: " ").joined()
        guard ["yr", "year", "years"].contains(unit), let value = Double(decimal: digits), value > 0,
          value <= high
        else {
          spot.fail()
          return nil
        }
        return value
      })
  }
}

extension Shape where Value == Int {
  /// A whole number in a range.
  static func whole(in range: ClosedRange<Int>) -> Shape {
    let bounds =
      range.upperBound == .max
      ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    return Shape(
      "a whole number \(bounds)", many: "whole numbers \(bounds)",
      schema: {
        var schema: SchemaValue = ["type": "integer", "minimum": .number(Double(range.lowerBound))]
        if range.upperBound < .max { schema["maximum"] = .number(Double(range.upperBound)) }
        return schema
      },
      read: { spot in
        guard let scalar = spot.node.scalar, let value = Int(scalar.string), range.contains(value) else {
          spot.fail()
          return nil
        }
        return value
      })
  }
}

extension Shape where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the words of an enumeration.
  static func choice(_ type: Value.Type = Value.self) -> Shape {
    let all = Value.allCases.map(\.rawValue)
    return Shape(
      "one of \(listed(all, "or"))", many: "words",
      schema: { ["enum": .list(all.map { .text($0) })] },
      read: { spot in
        let text = spot.text
        guard let value = Value(rawValue: text) else {
          spot.reader.fail(
            "\(spot.noun) must be \(spot.words), not \(spot.reader.kind(spot.node))"
              + suggestion(for: text, among: all), spot.node)
          return nil
        }
        return value
      })
  }
}

extension Shape where Value == Bool {
  /// A value that may be stated and cannot be another; the value read is whether it was stated.
  static func only(_ text: String, _ json: SchemaValue, because reason: String) -> Shape {
    Shape(
      text, many: text, schema: { ["const": json] },
      read: { spot in
        if spot.node.scalar?.string == text { return true }
        spot.fail(reason)
        return nil
      })
  }
}

extension Shape where Value == Unit {
  /// A unit, or one of the file's own names of units.
  static var unit: Shape {
    Shape(
      "a unit such as bcm/yr", many: "units", schema: { ["type": ["string", "integer"]] },
      read: { spot in
        guard let text = spot.node.scalar?.string, !text.isEmpty else {
          spot.fail()
          return nil
        }
        let names = spot.reader.unitNames
        if let unit = names[text] ?? Unit(text) { return unit }
        let unknown = text.split(whereSeparator: { " /*".contains($0) }).first { Unit(String($0)) == nil }
        let near = unknown.map { suggestion(for: String($0), among: Unit.names + names.keys.sorted()) } ?? ""
        spot.reader.fail("\(spot.noun): unknown unit \"\(text)\"" + near, spot.node)
        return nil
      })
  }
}

extension Shape where Value == SourcedExpression {
  /// An expression over the names of the file.
  static var expression: Shape {
    Shape(
      "an expression", many: "expressions", schema: { ["type": ["string", "number", "boolean"]] },
      read: { spot in
        guard let scalar = spot.node.scalar, !scalar.string.isEmpty else {
          spot.fail()
          return nil
        }
        let start = spot.place
        let quoted = scalar.style == .doubleQuoted || scalar.style == .singleQuoted
        let first = FilePlace(file: start.file, line: start.line, column: start.column + (quoted ? 1 : 0))
        do throws(ExpressionFault) {
          return SourcedExpression(
            text: scalar.string, place: first, expression: try ExpressionParser.parse(scalar.string))
        } catch {
          spot.reader.fail(
            "\(spot.noun): \(error.what)",
            at: FilePlace(file: first.file, line: first.line, column: first.column + error.offset))
          return nil
        }
      })
  }

  /// An expression that is written with no negative number.
  static var amount: Shape {
    expression.then { value, spot in
      guard case .negative(.number) = value.expression else { return value }
      spot.note("must not be negative; it is \(value.text)")
      return nil
    }
  }
}

extension Shape where Value == CivilDate {
  /// A day; one without a day or month is the last of its month or year.
  static var date: Shape {
    Shape(
      "a date such as 2026-01-31, 2026-01 or 2026", many: "dates",
      schema: { ["type": ["string", "integer"], "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"] },
      read: { spot in
        guard let date = CivilDate(lastDayOf: spot.text) else {
          spot.fail()
          return nil
        }
        return date
      })
  }
}

extension Shape where Value == [PlacedName] {
  /// One name, or a list of them.
  static func names(_ one: String, many: String) -> Shape {
    let name = Shape<PlacedName>.reference.called(one, many: many)
    return Shape(
      "\(one), or a list of \(many)", many: many,
      schema: { ["oneOf": [name.schema(), name.list().schema()]] },
      read: { spot in
        if spot.node.sequence != nil { return name.list().read(spot) }
        var own = spot
        own.words = ""
        return name.read(own).map { [$0] }
      })
  }

  /// The ids of sources, noted as citations of what has the key.
  static var sources: Shape<[String]> {
    names("the id of a source", many: "ids of sources").then { ids, spot in
      for id in ids {
        spot.reader.cite(Citation(source: id.name, subject: spot.parent, place: id.place))
      }
      return ids.map(\.name)
    }
  }
}

/// Words joined by commas and, before the last, `and` or `or`.
func listed(_ words: [String], _ last: String) -> String {
  guard words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " \(last) \(words[words.count - 1])"
}

extension CivilDate {
  /// The day `2026-01-31`, or the last day of the month `2026-01` or of the year `2026`.
  init?(lastDayOf text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.utf8.allSatisfy { (48...57).contains($0) } ? Int($0) : nil }
    guard numbers.count == parts.count, (1...3).contains(parts.count), parts[0].count == 4,
      parts.dropFirst().allSatisfy({ $0.count == 2 })
    else { return nil }
    let month = numbers.count > 1 ? numbers[1] : 12
    guard (1...12).contains(month) else { return nil }
    let last = CivilDate.daysInMonth(year: numbers[0], month: month)
    self.init(year: numbers[0], month: month, day: numbers.count > 2 ? numbers[2] : last)
  }
}
