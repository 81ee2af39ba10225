import ForesightNumerics
import Testing

@Suite("Sobol' points under a linear scramble")
struct LinearScrambledSobolTests {
  private func points(_ dimension: Int, _ range: Range<Int>, seed: UInt64 = 3) throws -> [Double] {
    var values = [Double](repeating: 0, count: range.count)
    try LinearScrambledSobol(dimension: dimension, seed: seed, name: "x\(dimension)").points(
      range, into: &values)
    return values
  }

  @Test("every stretch of 2ᵐ points has one in each of 2ᵐ equal cells", arguments: [0, 1, 5, 40])
  func stratified(dimension: Int) throws {
    for (first, count) in [(0, 1024), (1024, 1024), (4096, 256)] {
      let cells = try points(dimension, first..<(first + count)).map { Int($0 * Double(count)) }
      #expect(Set(cells).count == count)
    }
  }

  @Test("two dimensions are a net: each elementary box of area 2⁻¹⁰ has its point")
  func net() throws {
    // The first two dimensions of Sobol's sequence have t = 0, which a lower-triangular scramble keeps.
    let x = try points(0, 0..<1024)
    let y = try points(1, 0..<1024)
    for bits in 0...10 {
      let boxes = zip(x, y).map { Int($0 * Double(1 << bits)) << 16 | Int($1 * Double(1 << (10 - bits))) }
      #expect(Set(boxes).count == 1024)
    }
  }

  @Test("a point depends on key and index alone, and lies inside (0, 1)")
  func ranges() throws {
    let whole = try points(7, 0..<3000)
    #expect(try points(7, 1234..<2345) == Array(whole[1234..<2345]))
    #expect(whole.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(try points(7, 0..<10, seed: 4) != Array(whole[0..<10]))
    #expect(throws: NumericsError.self) { try LinearScrambledSobol(dimension: -1, seed: 1, name: "x") }
  }

  @Test("a point of many scrambles is uniform")
  func uniform() throws {
    var below = [0, 0, 0]
    for seed in 0..<4000 {
      let value = try points(3, 5..<6, seed: UInt64(seed))[0]
      for (place, bound) in [0.1, 0.5, 0.9].enumerated() where value < bound { below[place] += 1 }
    }
    for (count, p) in zip(below, [0.1, 0.5, 0.9]) {
      #expect(abs(Double(count) - 4000 * p) < 5 * (4000 * p * (1 - p)).squareRoot())
    }
  }
}
