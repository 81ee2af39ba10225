internal import Forecasting
internal import Yams

/// The keys of a mapping and the rules that they follow.
struct Layout: Sendable {
  let fields: [any AnyField]
  var rules: [KeyRule] = []
  /// Keys that a later version may read.
  var later: [String] = []
  /// Keys that may be tried, by what is written instead.
  var renamed: [String: String] = [:]
  /// Keys that may be tried, with what to do instead.
  var elsewhere: [String: String] = [:]
  /// What further keys mean, where any are allowed.
  var others: String?
  /// What messages call a key.
  var keyNoun = "key"

  var words: String {
    let required = fields.filter(\.isRequired).map(\.key)
    return required.isEmpty
      ? "a mapping with keys such as \(fields.first?.key ?? "")" : "a mapping with \(listed(required, "and"))"
  }

  private func has(_ key: String) -> Bool { fields.contains { $0.key == key } }

  /// The values of a mapping; `nil` after a problem.
  ///
  /// Where keys are not what they should be, rules about them are not checked, so that one slip is one message.
  func read(_ spot: Spot) -> Part? {
    var spot = spot
    if spot.words.isEmpty { spot.words = words }
    guard let given = spot.reader.entries(spot) else { return nil }
    var part = Part(spot: spot)
    var isClear = true
    for entry in given where has(entry.key) { part.entries[entry.key] = entry }
    for entry in given where !has(entry.key) {
      if others != nil, elsewhere[entry.key] == nil {
        part.others[entry.key] = Shape<String>.text.read(spot.value(of: entry, as: entry.key))
      } else if !refuse(entry, &part) {
        isClear = false
      }
    }
    var isSound = isClear
    for field in fields {
      guard let entry = part.entries[field.key] else {
        guard field.isRequired else { continue }
        isSound = false
        if isClear {
          spot.reader.fail(
            "\(spot.noun) needs \"\(field.key)\", \(field.words)", spot.keyNode ?? spot.node)
        }
        continue
      }
      if let value = field.value(spot.value(of: entry, as: field.key)) {
        part.values[field.key] = value
      } else {
        isSound = false
      }
    }
    return isClear && holds(part) && isSound ? part : nil
  }

  /// Notes an unknown key, and reads it as what was meant; whether that is known.
  private func refuse(_ entry: NodeReader.Entry, _ part: inout Part) -> Bool {
    let noun = part.spot.noun
    let unknown = "\(noun): unknown \(keyNoun) \"\(entry.key)\""
    var meant = renamed[entry.key]
    var isComma = false
    let what: String
    if let meant {
      // A shorter form of the name is a slip; the name of another program is not.
      what =
        unknown
        + (entry.key.count > 5 && meant.hasPrefix(entry.key.prefix(5))
          ? "; did you mean \"\(meant)\"?" : "; use \"\(meant)\"")
    } else if let other = elsewhere[entry.key] {
      what = "\(unknown); \(other)"
    } else if entry.key.contains(" "), entry.value.scalar?.string.isEmpty == true {
      isComma = true
      what = "\(unknown); put text that contains a comma in quotes"
    } else if later.contains(entry.key) {
      what = "\(noun): \"\(entry.key)\" is not supported yet"
    } else {
      let keys = fields.map(\.key)
      meant = nearestName(to: entry.key, among: keys)
      what = unknown + (meant.map { "; did you mean \"\($0)\"?" } ?? "; expected \(listed(keys, "or"))")
    }
    part.spot.reader.fail(what, entry.keyNode)
    if let meant, part.entries[meant] == nil { part.entries[meant] = entry }
    return meant != nil || isComma
  }

  /// Whether the keys go together; the first rule that is broken is noted.
  private func holds(_ part: Part) -> Bool {
    for rule in rules {
      let problems = rule.problems { part.entries[$0] != nil }
      for problem in problems {
        let node = problem.key.flatMap { part.entries[$0]?.keyNode }
        part.spot.reader.fail(
          problem.key == nil ? "\(part.spot.noun) \(problem.what)" : "\(part.spot.noun): \(problem.what)",
          node ?? part.spot.keyNode ?? part.spot.node)
      }
      if !problems.isEmpty { return false }
    }
    return true
  }

  var schema: SchemaValue {
    var properties: [String: SchemaValue] = [:]
    for field in fields { properties[field.key] = field.schema }
    var schema: SchemaValue = ["type": "object", "properties": .object(properties)]
    if others == nil { schema["additionalProperties"] = false }
    let required = fields.filter(\.isRequired).map { SchemaValue.text($0.key) }
    if !required.isEmpty { schema["required"] = .list(required) }
    if !rules.isEmpty { schema["allOf"] = .list(rules.map(\.schema)) }
    return schema
  }

  func tables(_ path: String) -> [KeyTable] {
    let own = KeyTable(
      title: path,
      rows: fields.map {
        KeyTable.Row(key: $0.key, isRequired: $0.isRequired, value: $0.words, says: $0.says)
      },
      notes: rules.map(\.sentence) + (others.map { [$0] } ?? []))
    return [own] + fields.flatMap { $0.tables(path) }
  }
}

/// A mapping that has been read.
struct Part {
  let spot: Spot
  fileprivate(set) var entries: [String: NodeReader.Entry] = [:]
  fileprivate(set) var values: [String: any Sendable] = [:]
  /// The texts of further keys.
  fileprivate(set) var others: [String: String] = [:]

  /// The name that its author gave it.
  var name: String { spot.name }

  /// The value of a key, or its default.
  subscript<Value>(_ field: Field<Value>) -> Value {
    if let value = values[field.key] as? Value, values[field.key] != nil { return value }
    guard let absent = field.absent else { preconditionFailure("a required key has been read") }
    return absent
  }

  /// Whether the key is there.
  func has(_ field: any AnyField) -> Bool { entries[field.key] != nil }

  /// The place of a key's value.
  func place(_ field: any AnyField) -> FilePlace? { entries[field.key].map { spot.reader.place($0.value) } }
  /// The place of a key.
  func keyPlace(_ field: any AnyField) -> FilePlace? {
    entries[field.key].map { spot.reader.place($0.keyNode) }
  }

  /// Notes what is wrong with the value of a key, after the key's own path.
  func fail(_ field: any AnyField, _ what: String) {
    spot.reader.fail("\(spot.path).\(field.key) \(what)", at: place(field) ?? spot.keyPlace)
  }
  /// Notes what is wrong with the mapping, at one of its keys.
  func fail(at field: any AnyField, _ what: String) {
    spot.reader.fail("\(spot.noun)\(what)", at: keyPlace(field) ?? spot.keyPlace)
  }
}

extension Shape {
  /// A mapping with certain keys.
  static func object(_ layout: Layout, _ make: @escaping @Sendable (Part) -> Value?) -> Shape {
    Shape(
      layout.words, many: layout.words.replacing("a mapping", with: "mappings"), schema: { layout.schema },
      tables: { layout.tables($0) }, read: { layout.read($0).flatMap(make) })
  }

  /// A mapping in which one key says which others there are.
  ///
  /// - Parameters:
  ///   - tag: the key.
  ///   - says: what it means.
  ///   - absent: its value where it is left out.
  ///   - common: keys of every variant.
  static func tagged(
    _ tag: String, _ says: String, default absent: String? = nil, common: [any AnyField],
    _ variants: [Variant<Value>]
  ) -> Shape {
    let tags = variants.map(\.tag)
    let choice = Shape<String>.word(tags)
    let key: any AnyField =
      if let absent {
        Field(tag, default: absent, absent, choice, says)
      } else {
        Field(required: tag, choice, says)
      }
    let layouts = variants.map { variant -> Layout in
      var layout = variant.layout
      let own = Set(variant.layout.fields.map(\.key) + layout.later)
      for key in Set(variants.flatMap { $0.layout.fields.map(\.key) }).subtracting(own) {
        let owners = variants.filter { $0.layout.fields.contains { $0.key == key } }.map(\.tag)
        layout.elsewhere[key] =
          "it belongs to \(tag): \(listed(owners, "or")), not to \(tag): \(variant.tag)"
      }
      return layout.adding([key] + common)
    }
    let all = Set(layouts.flatMap { $0.fields.map(\.key) })
    return Shape(
      "a mapping with \(tag): \(listed(tags, "or"))", many: "mappings with \(tag): \(listed(tags, "or"))",
      schema: {
        .object([
          "oneOf": .list(
            zip(variants, layouts).map { variant, layout in
              layout.schema.with(tag, variant.tag, isRequired: variant.tag != absent)
            })
        ])
      },
      tables: { path in
        [
          KeyTable(
            title: path,
            rows: ([key] + common).map {
              KeyTable.Row(key: $0.key, isRequired: $0.isRequired, value: $0.words, says: $0.says)
            })
        ]
          + variants.flatMap { variant in
            var tables = variant.layout.tables(path)
            tables[0].title = "\(path) with \(tag): \(variant.tag)"
            return tables
          }
      },
      read: { spot in
        guard let given = spot.node.mapping else {
          spot.fail()
          return nil
        }
        let entry =
          given.first { $0.key.scalar?.string == tag }
          ?? given.first { pair in
            let text = pair.key.scalar?.string ?? ""
            return !all.contains(text) && nearestName(to: text, among: all) == tag
          }
        var word = absent
        if let entry {
          let own = NodeReader.Entry(key: tag, keyNode: entry.key, value: entry.value)
          word = choice.read(spot.value(of: own, as: tag))
          if word == nil { return nil }
        }
        guard let index = tags.firstIndex(where: { $0 == word }) else {
          spot.reader.fail("\(spot.noun) needs \"\(tag)\", \(choice.words)", spot.keyNode ?? spot.node)
          return nil
        }
        return layouts[index].read(spot).flatMap(variants[index].make)
      })
  }
}

/// One form of a mapping whose keys depend on one of them.
struct Variant<Value: Sendable>: Sendable {
  let tag: String
  let layout: Layout
  let make: @Sendable (Part) -> Value?

  init(_ tag: String, _ layout: Layout, _ make: @escaping @Sendable (Part) -> Value?) {
    self.tag = tag
    self.layout = layout
    self.make = make
  }
}

extension Layout {
  /// The layout with further keys in front.
  fileprivate func adding(_ more: [any AnyField]) -> Layout {
    Layout(
      fields: more + fields, rules: rules, later: later, renamed: renamed, elsewhere: elsewhere,
      others: others, keyNoun: keyNoun)
  }
}

extension Shape where Value == String {
  /// One of some words.
  fileprivate static func word(_ words: [String]) -> Shape {
    Shape(
      "one of \(listed(words, "or"))", many: "words", schema: { ["enum": .list(words.map { .text($0) })] },
      read: { spot in
        let text = spot.text
        if words.contains(text) { return text }
        spot.reader.fail(
          "\(spot.noun) must be \(spot.words), not \(spot.reader.kind(spot.node))"
            + suggestion(for: text, among: words), spot.node)
        return nil
      })
  }
}
