import Foundation
import Reports
import TestSupport
import Testing

@Suite struct JSONValueTests {
  private func read(_ text: String) throws -> JSON {
    try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
  }

  /// Texts with every character that JSON escapes, and more.
  private static let texts = [
    "", "plain", "quote \" slash / backslash \\", "line\nfeed\rtab\t\u{8}\u{C}\u{0}\u{1F}\u{7F}",
    "漢字 é 👩‍👩‍👧 \u{2028}",
  ]

  @Test(arguments: texts) func textReadsBack(_ text: String) throws {
    let value = JSONValue([text: text, "list": [text, text]])
    for written in [value.document, value.line] {
      let read = try read(written)
      #expect(read[text]?.text == text && read["list"]?.list == [.text(text), .text(text)])
    }
    #expect(value.line.split(separator: "\n").count == 1)
  }

  @Test func numbersReadBackExactly() throws {
    var generator = SystemRandomNumberGenerator()
    let numbers =
      [0, -0.0, 1, -1.5, 1e16, 1e300, .leastNonzeroMagnitude, .pi, .greatestFiniteMagnitude]
      + (0..<500).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite)
    let read = try read(JSONValue.list(numbers.map(JSONValue.number)).document)
    #expect(read.list.map(\.number) == numbers)
    let seed = UInt64.max
    #expect(JSONValue(["seed": seed]).line == "{\"seed\":18446744073709551615}\n")
  }

  @Test func whatDoesNotExistIsNull() throws {
    let none: Double? = nil
    let value = JSONValue(["none": none, "nan": Double.nan, "infinite": [1.0, Double.infinity]])
    #expect(value.line == "{\"infinite\":[1,null],\"nan\":null,\"none\":null}\n")
  }

  private struct Answer: Codable, Sendable {
    struct Part: Codable {
      var lowerBound: Double
      var note: String?
    }
    enum Kind: String, Codable { case notWithin = "not-within" }
    var fileHash = "ab"
    var quasiPValue: Double? = nil
    var infinite = Double.infinity
    var count = 3
    var kind = Kind.notWithin
    var range = 1.0...2.0
    var parts = [Part(lowerBound: 1, note: nil)]
    var byName: [String: Double?] = ["firstGas": nil, "price": 2]
    var flag: Bool? = true
  }

  /// The keys are those of `JSONEncoder` in snake case; what it leaves out or refuses is null.
  @Test func codableAnswersKeepTheirKeys() throws {
    let found = try read(JSONValue(encoding: Answer()).document)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    var finite = Answer()
    finite.infinite = 0
    finite.quasiPValue = 0
    let expected = try JSONDecoder().decode(JSON.self, from: encoder.encode(finite))
    for key in [
      "file_hash", "count", "kind", "range", "flag", "quasi_p_value", "infinite", "parts", "by_name",
    ] {
      #expect(expected[key] != nil && found[key] != nil, "\(key)")
    }
    for key in ["file_hash", "count", "kind", "range", "flag"] { #expect(found[key] == expected[key]) }
    #expect(found["quasi_p_value"] == .null && found["infinite"] == .null)
    #expect(found["parts"]?.list.first?["note"] == .null)
    #expect(found["by_name"]?["firstGas"] == .null && found["by_name"]?["price"] == .number(2))
  }
}
