import Foundation
import Testing

/// The figures of `Fixtures/sobol-reference.json`, written by the script beside it.
struct RandomReference: Decodable {
  struct Block: Decodable {
    var key: [String]
    var counter: [String]
    var block: [String]
  }
  var bits: Int
  var points: [String: [UInt64]]
  var weightedSums: [String]
  var philox: [Block]

  static func load() throws -> RandomReference {
    let url = try #require(
      Bundle.module.url(forResource: "sobol-reference", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(RandomReference.self, from: Data(contentsOf: url))
  }
}
