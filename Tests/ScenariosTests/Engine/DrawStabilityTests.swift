import Foundation
import Scenarios
import Testing

/// Within each replicate the first draws of an input never change: exceedances at the observed order statistics tell.
@Suite("Draws are keyed by name")
struct DrawStabilityTests {
  /// Quantiles of each old input over the first 1,024 draws of one replicate are exact order statistics of the draws.
  private func fingerprint(_ inputs: String, draws: Int = 1024, threads: Int = 1) throws -> [Double?] {
    let levels = (1..<64).map { "\(Double($0) / 64)" }.joined(separator: ", ")
    let run = try Scenario.small(
      smallScenario(
        inputs + """

          questions:
            a: {of: a, mean: true, quantiles: [\(levels)]}
            b: {of: b, mean: true, quantiles: [\(levels)]}
            c: {of: c, mean: true, quantiles: [\(levels)]}
          """)
    ).run(DrawOptions(draws: draws, replicates: 1, threads: threads))
    return run.answers.flatMap { $0.rows.map(\.value) }
  }

  private static let plain = """
    inputs:
      a: {unit: "1", basis: judgement, dim: 1, uniform: [0, 1]}
      b: {unit: "1", basis: judgement, dim: 2, pert: [0, 2, 3]}
      c: {unit: "1", basis: judgement, lognormal: {median: 1, sigma: 0.5}}
    """

  @Test("An added input changes no other")
  func addedInput() throws {
    let more = Self.plain.replacingOccurrences(
      of: "inputs:\n",
      with: """
        inputs:
          new_pinned: {unit: "1", basis: judgement, dim: 3, uniform: [0, 1]}
          new_free: {unit: "1", basis: judgement, uniform: [0, 1]}

        """)
    #expect(try fingerprint(Self.plain) == fingerprint(more))
  }

  @Test("Reordered keys change nothing")
  func reordered() throws {
    var lines = Self.plain.split(separator: "\n")
    lines[1...].reverse()
    #expect(try fingerprint(Self.plain) == fingerprint(lines.joined(separator: "\n")))
  }

  @Test("Another name, seed or dimension changes the draws")
  func keys() throws {
    func product(_ inputs: String, seed: UInt64) throws -> Double? {
      try Scenario.small(smallScenario(inputs + "\nquestions:\n  product: {of: a * b, mean: true}"))
        .run(DrawOptions(draws: 1024, replicates: 1, seed: seed))["product"]?.row(.mean)?.value
    }
    let one = try product(Self.plain, seed: 1)
    #expect(try one == product(Self.plain, seed: 1))
    #expect(try one != product(Self.plain, seed: 2))
    #expect(try one != product(Self.plain.replacingOccurrences(of: "dim: 1,", with: "dim: 9,"), seed: 1))
  }

  @Test("More draws keep the first ones")
  func doubled() throws {
    // A condition on the draw itself: of 2,048 draws of a van der Corput order, the first half is not separable by
    // value, so the first draws are compared through single-draw runs.
    func first(_ draws: Int) throws -> Double {
      let run = try Scenario.small(
        smallScenario(Self.plain + "\nquestions:\n  a: {of: a + b + c, mean: true}")
      ).run(DrawOptions(draws: draws, replicates: 1))
      return try #require(run["a"]?.row(.mean)?.value) * Double(draws)
    }
    // Partial sums of a growing run differ by the single new draws, each positive and below 20.
    var last = 0.0
    for draws in [1, 2, 3, 1023, 1024, 1025, 2048, 2049] {
      let sum = try first(draws)
      #expect(sum > last)
      last = sum
    }
    let long = try first(1025) - first(1024)
    #expect(long > 0 && long < 20)
  }

  @Test("The same bits at any number of threads", arguments: [2, 3, 8])
  func threads(count: Int) throws {
    let scenario = try powerOfSiberia2()
    let names = ["by_2032", "first_gas", "flow_2035", "if_signed", "if_open_2031"]
    let one = try scenario.run(DrawOptions(draws: 3000, replicates: 3, threads: 1), questions: names)
    let many = try scenario.run(DrawOptions(draws: 3000, replicates: 3, threads: count), questions: names)
    #expect(one.answers == many.answers)
  }

  @Test("Adding a question changes no answer")
  func questions() throws {
    let scenario = try powerOfSiberia2()
    let alone = try scenario.run(DrawOptions(draws: 2048, replicates: 2), questions: ["flow_2035"])
    let among = try scenario.run(
      DrawOptions(draws: 2048, replicates: 2),
      questions: ["by_2032", "flow_2035", "flow_2040", "if_open_2031"])
    #expect(alone["flow_2035"] == among["flow_2035"])
  }
}
