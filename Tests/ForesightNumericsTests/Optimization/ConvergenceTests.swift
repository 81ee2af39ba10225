import ForesightNumerics
import Foundation
import Testing

@Suite("Convergence")
struct ConvergenceTests {
  @Test("a criterion that is met is an optimum, a search that was cut short is not")
  func laws() {
    for status in Convergence.Status.allCases {
      #expect(!status.isConverged || status.isOptimum, "\(status)")
    }
    #expect(!Convergence.Status.evaluationLimit.isOptimum && !Convergence.Status.noStart.isOptimum)
  }

  @Test("coding returns what was encoded and leaves out what is not known")
  func coding() throws {
    for status in Convergence.Status.allCases {
      let convergence = Convergence(status, criterion: .gradient, evaluations: 12, gradientNorm: 1e-9)
      let data = try JSONEncoder().encode(convergence)
      #expect(try JSONDecoder().decode(Convergence.self, from: data) == convergence)
      #expect(!String(decoding: data, as: UTF8.self).contains("promisedGain"))
    }
  }

  @Test(
    "the names that earlier versions wrote are read",
    arguments: [
      (#"{"relativeOffset":{}}"#, Convergence.Status.converged), (#"{"singular":{"rank":1}}"#, .singular),
      (#"{"stalled":{}}"#, .flat), (#""limit""#, .evaluationLimit), (#""at-bound""#, .atBound),
    ])
  func earlier(_ text: String, _ status: Convergence.Status) throws {
    #expect(try JSONDecoder().decode([Convergence.Status].self, from: Data("[\(text)]".utf8)) == [status])
  }

  @Test("a name that is not a status is refused", arguments: [#""done""#, #"{"done":{}}"#, "{}", "3"])
  func refused(_ text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Convergence.Status].self, from: Data("[\(text)]".utf8))
    }
  }
}
