extension JSONValue {
  /// A value as its `Codable` conformance describes it: keys in snake case, `nil` and what is not finite as null.
  ///
  /// A value that refuses to be encoded is null.
  package init(encoding value: some Encodable) {
    let node = JSONNode()
    do {
      try JSONCoder(node: node, codingPath: []).encode(value)
    } catch {
      node.value = .leaf(.null)
    }
    self = node.json
  }

  /// A key in snake case: `fileHash` becomes `file_hash`.
  fileprivate static func snakeCase(_ key: String) -> String {
    var text = ""
    let letters = Array(key)
    for (place, letter) in letters.enumerated() {
      let isStart =
        letter.isUppercase && place > 0
        && (!letters[place - 1].isUppercase || (place + 1 < letters.count && letters[place + 1].isLowercase))
      if isStart, letters[place - 1] != "_" { text += "_" }
      text += letter.lowercased()
    }
    return text
  }
}

/// A place of the document that is being encoded.
private final class JSONNode {
  enum Value {
    case leaf(JSONValue)
    case list([JSONNode])
    case object([String: JSONNode])
  }

  var value = Value.leaf(.object([:]))

  var json: JSONValue {
    switch value {
    case .leaf(let value): value
    case .list(let nodes): .list(nodes.map(\.json))
    case .object(let members): .object(members.mapValues(\.json))
    }
  }

  func member(_ key: String) -> JSONNode {
    let node = JSONNode()
    if case .object(var members) = value {
      members[key] = node
      value = .object(members)
    } else {
      value = .object([key: node])
    }
    return node
  }

  func element() -> JSONNode {
    let node = JSONNode()
    if case .list(let nodes) = value { value = .list(nodes + [node]) } else { value = .list([node]) }
    return node
  }

  var count: Int { if case .list(let nodes) = value { nodes.count } else { 0 } }
}

/// Writes a value into a place of the document.
private struct JSONCoder: Encoder, SingleValueEncodingContainer {
  let node: JSONNode
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object = node.value {} else { node.value = .object([:]) }
    return KeyedEncodingContainer(JSONMembers(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .list = node.value {} else { node.value = .list([]) }
    return JSONElements(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { node.value = .leaf(.null) }

  func encode(_ value: some Encodable) throws {
    switch value {
    case let value as any JSONConvertible: node.value = .leaf(value.jsonValue)
    case let value as any BinaryInteger: node.value = .leaf(.integer(Int64(clamping: value)))
    case let value as [String: any Encodable]:
      // The keys of a dictionary are data, not names of properties.
      node.value = .object([:])
      for (key, member) in value {
        try JSONCoder(node: node.member(key), codingPath: codingPath).encode(member)
      }
    default: try value.encode(to: self)
    }
  }
}

private struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: JSONNode
  let codingPath: [any CodingKey]

  private func coder(_ key: some CodingKey) -> JSONCoder {
    JSONCoder(node: node.member(JSONValue.snakeCase(key.stringValue)), codingPath: codingPath + [key])
  }

  func encodeNil(forKey key: Key) { coder(key).encodeNil() }
  func encode(_ value: some Encodable, forKey key: Key) throws { try coder(key).encode(value) }

  // What a synthesised conformance leaves out is null: a reader finds every key.
  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try write(value, key) }
  func encodeIfPresent(_ value: String?, forKey key: Key) throws { try write(value, key) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try write(value, key) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try write(value, key) }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try write(value, key) }
  func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws { try write(value, key) }

  private func write(_ value: (some Encodable)?, _ key: Key) throws {
    if let value { try coder(key).encode(value) } else { coder(key).encodeNil() }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { coder(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    coder(key).unkeyedContainer()
  }
  func superEncoder() -> any Encoder { JSONCoder(node: node.member("super"), codingPath: codingPath) }
  func superEncoder(forKey key: Key) -> any Encoder { coder(key) }
}

private struct JSONElements: UnkeyedEncodingContainer {
  let node: JSONNode
  let codingPath: [any CodingKey]
  var count: Int { node.count }

  private func coder() -> JSONCoder { JSONCoder(node: node.element(), codingPath: codingPath) }

  func encodeNil() { coder().encodeNil() }
  func encode(_ value: some Encodable) throws { try coder().encode(value) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    coder().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { coder().unkeyedContainer() }
  func superEncoder() -> any Encoder { coder() }
}
