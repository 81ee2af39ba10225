import ForesightNumerics
import Testing

@Suite("Brent")
struct BrentTests {
  @Test("roots with closed forms are found to the last digits")
  func roots() throws {
    let cosine = try Brent().root(in: 1...2) { Double.cos($0) }
    #expect(abs(cosine.point - Double.pi / 2) <= 4 * Double.ulpOfOne)
    let cube = try Brent().root(in: 0...5) { $0 * $0 * $0 - 2 }
    #expect(abs(cube.point - Double.root(2, 3)) <= 4 * Double.ulpOfOne)
    // Dottie's number, OEIS A003957.
    let dottie = try Brent().root(in: 0...1) { Double.cos($0) - $0 }
    #expect(abs(dottie.point - 0.739_085_133_215_160_6) <= 2 * Double.ulpOfOne)
    #expect(dottie.convergence.isConverged)
  }

  @Test("convergence is superlinear on a simple root, never far worse than bisection on a hard one")
  func order() throws {
    // Bisection of a unit interval to 2e-16 takes 52 evaluations.
    #expect(try Brent().root(in: 0...1) { Double.exp($0) - 2 }.convergence.evaluations <= 12)
    let flat = try Brent().root(in: -1...4) { Double.pow($0 - 1, 9) }
    #expect(abs(flat.point - 1) <= 1e-3)
    #expect(flat.convergence.evaluations <= 200)
    let step = try Brent().root(in: 0...1) { $0 < 0.3 ? -1 : 1 }
    #expect(abs(step.point - 0.3) <= 1e-15)
    #expect(step.convergence.evaluations <= 120)
  }

  @Test("an end that is a root is returned; no sign change is an error with both values")
  func brackets() throws {
    #expect(try Brent().root(in: 0...1) { $0 }.point == 0)
    #expect(try Brent().root(in: 0...1) { $0 - 1 }.point == 1)
    #expect(throws: NumericsError.notBracketed(lower: 1, upper: 2)) {
      try Brent().root(in: 0...1) { $0 + 1 }
    }
  }

  @Test("minima with closed forms")
  func minima() {
    let parabola = Brent().minimum(in: -10...10) { ($0 - 3) * ($0 - 3) + 1 }
    #expect(abs(parabola.point - 3) <= 1e-7)
    #expect(parabola.value == 1)
    #expect(parabola.convergence.evaluations <= 12)
    // x log x has its minimum −1/e at 1/e.
    let entropy = Brent().minimum(in: 0...1) { $0 * Double.log($0) }
    #expect(abs(entropy.point - Double.exp(-1)) <= 1e-8)
    #expect(abs(entropy.value + Double.exp(-1)) <= 1e-16)
    #expect(entropy.convergence.criterion == .parameters)
  }

  @Test("a monotone function's minimum is the interval's end, and NaN counts as infinity")
  func edges() {
    #expect(abs(Brent().minimum(in: 2...5) { $0 }.point - 2) <= 1e-6)
    #expect(abs(Brent().minimum(in: -1...4) { $0 < 0 ? .nan : ($0 - 1) * ($0 - 1) }.point - 1) <= 1e-7)
  }

  @Test("the iteration limit is reported")
  func limit() throws {
    let result = try Brent(maximumIterations: 2).root(in: 0...1) { Double.cos($0) - $0 }
    #expect(result.convergence.status == .evaluationLimit)
  }
}
