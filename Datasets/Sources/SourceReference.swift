public import Forecasting

/// The source of a row: an id, or the ids of several sources from which its value was computed.
///
/// The notation: `a` is a value published by source a. `derived:a-b-c` is value a minus values b and c (differences of
/// year-to-date figures). `identity(a)` is the third of total, exports and imports if a gives the other two. They nest.
public struct SourceReference: Sendable, Hashable, CustomStringConvertible {
  /// The reference as written.
  public let description: String
  /// The ids in the reference, each once, in order.
  public let ids: [String]

  /// Parses a reference; `nil` if the text does not follow the notation.
  public init?(_ text: String) {
    var found: [String] = []
    for part in text.split(separator: "-", omittingEmptySubsequences: false) {
      var term = part
      while term.hasPrefix("derived:") { term = term.dropFirst("derived:".count) }
      if term.hasPrefix("identity("), term.hasSuffix(")") {
        term = term.dropFirst("identity(".count).dropLast()
      }
      let isName = term.allSatisfy { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
      guard !term.isEmpty, isName else { return nil }
      if !found.contains(String(term)) { found.append(String(term)) }
    }
    description = text
    ids = found
  }

  /// Returns the sources to which the reference refers.
  ///
  /// - Throws: `ForecastError.unknownName` for an id that is not among the sources.
  public func resolved(in sources: [Source]) throws(ForecastError) -> [Source] {
    var result: [Source] = []
    for id in ids {
      guard let source = sources.first(where: { $0.id == id }) else {
        throw .unknownName(kind: "source", name: id, nearest: nearestName(to: id, among: sources.map(\.id)))
      }
      result.append(source)
    }
    return result
  }
}
