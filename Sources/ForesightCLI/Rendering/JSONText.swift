#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A figure of a JSON document that may not exist: `null` where it is absent or not finite.
@propertyWrapper
struct Nullable: Encodable {
  private var figure: Double?

  init(wrappedValue: Double?) { figure = wrappedValue }

  var wrappedValue: Double? {
    get { figure }
    set { figure = newValue }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let figure, figure.isFinite { try container.encode(figure) } else { try container.encodeNil() }
  }
}

/// A text of a JSON document that may not exist: `null` where it is absent.
@propertyWrapper
struct NullableText: Encodable {
  private var text: String?

  init(wrappedValue: String?) { text = wrappedValue }

  var wrappedValue: String? {
    get { text }
    set { text = newValue }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let text { try container.encode(text) } else { try container.encodeNil() }
  }
}

/// A document as one line of JSON text, in the form of `jsonText`.
///
/// - Throws: `Failure` of kind `.run` for a number that is not finite.
func jsonLine(_ document: some Encodable) throws(Failure) -> String {
  try jsonText(document, formatting: [.sortedKeys, .withoutEscapingSlashes])
}

/// A document as JSON text: keys sorted and in snake case, numbers in the shortest text that reads back exactly.
///
/// - Throws: `Failure` of kind `.run` for a number that is not finite.
func jsonText(_ document: some Encodable) throws(Failure) -> String {
  try jsonText(document, formatting: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
}

private func jsonText(
  _ document: some Encodable, formatting: JSONEncoder.OutputFormatting
) throws(Failure) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = formatting
  encoder.keyEncodingStrategy = .convertToSnakeCase
  do {
    let data = try encoder.encode(document)
    return String(decoding: data, as: UTF8.self) + "\n"
  } catch {
    throw Failure(.run, "a result is not finite and cannot be written as JSON")
  }
}
