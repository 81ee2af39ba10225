/// A key of a mapping: what it is called, what its value may be, and what it means.
protocol AnyField: Sendable {
  var key: String { get }
  var isRequired: Bool { get }
  var isSection: Bool { get }
  /// What the key means, in one line.
  var says: String { get }
  /// What its value must be.
  var words: String { get }
  var schema: SchemaValue { get }
  func tables(_ path: String) -> [KeyTable]
  func value(_ spot: Spot) -> (any Sendable)?
}

/// A key of a mapping whose value is of one type.
struct Field<Value: Sendable>: AnyField {
  let key: String
  let says: String
  let words: String
  let isRequired: Bool
  let isSection: Bool
  /// The value where the key is left out.
  let absent: Value?
  private let reading: @Sendable (Spot) -> Value?
  private let itsSchema: @Sendable () -> SchemaValue
  private let itsTables: @Sendable (String) -> [KeyTable]

  private init<Read: Sendable>(
    _ key: String, _ shape: Shape<Read>, _ says: String, isRequired: Bool, absent: Value?,
    _ value: @escaping @Sendable (Read) -> Value
  ) {
    self.key = key
    self.says = says
    words = shape.words
    self.isRequired = isRequired
    isSection = shape.isSection
    self.absent = absent
    reading = { shape.read($0).map(value) }
    itsSchema = shape.schema
    itsTables = shape.tables
  }

  /// A key that must be there.
  init(required key: String, _ shape: Shape<Value>, _ says: String) {
    self.init(key, shape, says, isRequired: true, absent: nil) { $0 }
  }

  /// A key that may be left out.
  init<Wrapped>(optional key: String, _ shape: Shape<Wrapped>, _ says: String) where Value == Wrapped? {
    self.init(key, shape, says, isRequired: false, absent: .some(nil)) { $0 }
  }

  /// A key that has a value where it is left out; `text` is that value in the guide.
  init(_ key: String, default value: Value, _ text: String, _ shape: Shape<Value>, _ says: String) {
    self.init(
      key, shape, says + (text.isEmpty ? "" : "; the default is `\(text)`"), isRequired: false, absent: value
    ) { $0 }
  }

  var schema: SchemaValue {
    var schema = itsSchema()
    if case .object = schema { schema["description"] = .text(says.replacing("`", with: "")) }
    return schema
  }

  func tables(_ path: String) -> [KeyTable] { itsTables(path.isEmpty ? key : "\(path).\(key)") }
  func value(_ spot: Spot) -> (any Sendable)? { reading(spot) }
}
