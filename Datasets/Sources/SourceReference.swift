public import Forecasting

/// What a row says of its source: an id, or figures of several sources that it was computed from.
///
/// Grammar: `a` is a published figure of source a; `derived:a-b-c` is figure a minus figures b and c (differences of
/// year-to-date figures); `identity(a)` is the third of total, exports and imports where a gives the other two. They nest.
public struct SourceReference: Sendable, Hashable, CustomStringConvertible {
  /// The reference as it is written.
  public let description: String
  /// The ids in it, each once, in order.
  public let ids: [String]

  /// A reference written as text; `nil` when it does not follow the grammar.
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

  /// The sources that are referred to.
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
