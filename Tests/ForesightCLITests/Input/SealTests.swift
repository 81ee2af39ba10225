import Foundation
import Testing

@testable import ForesightCLI

@Suite("The hash of a saved model")
struct SealTests {
  private static let object = #"{"format":"foresight.drift","name":"a \"sha256\":\"x\"}","version":1}"#

  @Test(
    "a file as it was written is accepted, also with other white space behind it, and so is one without a hash"
  )
  func accepted() {
    let sealed = Seal.sealed(Self.object)
    for text in [sealed, sealed + "\n", sealed + "\r\n \t", Self.object, ""] {
      #expect(Seal.fault(in: Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test("every flipped bit, every missing byte and every added byte is noticed, or leaves no JSON")
  func changes() throws {
    let bytes = Array(Seal.sealed(Self.object).utf8)
    let known = try JSONSerialization.jsonObject(with: Data(Self.object.utf8)) as? NSDictionary
    func isNoticed(_ changed: [UInt8]) -> Bool {
      if Seal.fault(in: changed) != nil { return true }
      guard let read = try? JSONSerialization.jsonObject(with: Data(changed)) as? NSDictionary else {
        return true
      }
      // The key of the hash itself: what it vouched for is as it was.
      return read.allKeys.count == 4
        && known?.allKeys.allSatisfy { read[$0] as? NSObject == known?[$0] as? NSObject } == true
    }
    for bit in 0..<(8 * bytes.count) {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(isNoticed(changed), "bit \(bit)")
    }
    for place in bytes.indices {
      var shorter = bytes
      shorter.remove(at: place)
      #expect(isNoticed(shorter), "without byte \(place)")
      #expect(isNoticed(Array(bytes[..<place])), "cut at \(place)")
    }
  }

  @Test(
    "a saved model that is edited is refused unless its hash is removed; models of earlier versions are read")
  func edited() throws {
    let scratch = try Scratch()
    try scratch.file("y.csv", "period,value\n" + (1...12).map { "\($0),\($0 * $0)\n" }.joined())
    let fit = ["fit", "--model", "drift", "--input", "y.csv", "--save", "fit.json"]
    #expect(try Tool.run(fit, in: scratch).status == 0)
    let path = scratch.folder.appending(path: "fit.json")
    let saved = try String(contentsOf: path, encoding: .utf8)
    let call = ["forecast", "--fitted", "fit.json", "--horizon", "2", "--format", "csv"]
    let before = try Tool.run(call, in: scratch)
    #expect(before.status == 0)
    try scratch.file("fit.json", saved.replacingOccurrences(of: "144", with: "145"))
    try Tool.refuses(
      call, naming: ["fit.json: was changed after it was written", "remove sha256"], in: scratch)
    let hash = try #require(saved.range(of: ",\"sha256\":\"[0-9a-f]{64}\"", options: .regularExpression))
    try scratch.file("fit.json", saved.replacingCharacters(in: hash, with: ""))
    let unsealed = try Tool.run(call, in: scratch)
    #expect(unsealed.status == 0 && unsealed.output == before.output)
  }
}
