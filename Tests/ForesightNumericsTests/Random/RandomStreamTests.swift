import ForesightNumerics
import Testing

@Suite struct RandomStreamTests {
  @Test func `a draw depends on its index alone`() {
    let stream = RandomStream(seed: 7, name: "demand")
    let many = stream.uniforms(0..<1001)
    #expect(many == (0..<1001).map { stream.uniform($0) })
    #expect(stream.uniforms(5..<11) == Array(many[5..<11]))
    #expect(stream.uniforms(0..<0).isEmpty)
    #expect(stream.normals(3..<9) == many[3..<9].map { SpecialFunctions.normalQuantile($0) })
  }

  @Test func `seed, name and replicate make other streams`() {
    let base = RandomStream(seed: 1, name: "a").uniforms(0..<8)
    #expect(RandomStream(seed: 2, name: "a").uniforms(0..<8) != base)
    #expect(RandomStream(seed: 1, name: "b").uniforms(0..<8) != base)
    #expect(RandomStream(seed: 1, name: "a", replicate: 1).uniforms(0..<8) != base)
    #expect(RandomStream(seed: 1, name: "a").uniforms(0..<8) == base)
  }

  /// Kolmogorov's 99.9 % point is 1.949/√n.
  @Test(arguments: ["demand", "output", "branch", ""]) func `uniforms are uniform`(name: String) {
    let n = 100_000
    let sorted = RandomStream(seed: 11, name: name).uniforms(0..<n).sorted()
    #expect(sorted[0] > 0 && sorted[n - 1] < 1)
    let distances = sorted.enumerated().map { i, u in
      max(u - Double(i) / Double(n), Double(i + 1) / Double(n) - u)
    }
    #expect(distances.reduce(0, max) < 1.949 / Double(n).squareRoot())
  }

  @Test func `streams and draws are uncorrelated`() {
    let n = 100_000
    let limit = 4 / Double(n).squareRoot()
    let a = RandomStream(seed: 3, name: "a").uniforms(0..<n + 1).map { ($0 - 0.5) * 12.0.squareRoot() }
    let b = RandomStream(seed: 3, name: "b").uniforms(0..<n).map { ($0 - 0.5) * 12.0.squareRoot() }
    let across = (0..<n).reduce(0.0) { $0 + a[$1] * b[$1] } / Double(n)
    let lagged = (0..<n).reduce(0.0) { $0 + a[$1] * a[$1 + 1] } / Double(n)
    #expect(abs(across) < limit)
    #expect(abs(lagged) < limit)
  }

  @Test func `generators of draws differ from each other and from the draws`() {
    let stream = RandomStream(seed: 4, name: "path")
    var first = stream.generator(draw: 0)
    var second = stream.generator(draw: 1)
    var again = stream.generator(draw: 0)
    let words = (0..<16).map { _ in first.next() }
    #expect(words == (0..<16).map { _ in again.next() })
    #expect(words != (0..<16).map { _ in second.next() })
    #expect(stream.uniforms(0..<16) != words.map { (Double($0 >> 12) + 0.5) * 0x1p-52 })
  }
}
