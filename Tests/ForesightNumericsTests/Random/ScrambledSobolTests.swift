import ForesightNumerics
import Testing

@Suite struct ScrambledSobolTests {
  @Test func `unscrambled points are scipy's`() throws {
    let reference = try RandomReference.load()
    let shift = UInt64(64 - reference.bits)
    for (index, values) in reference.points {
      let k = try #require(Int(index))
      for (dimension, value) in values.enumerated() {
        #expect(try SobolSequence(dimension: dimension).fraction(k) >> shift == value)
      }
    }
    for (dimension, sum) in reference.weightedSums.enumerated() {
      let sequence = try SobolSequence(dimension: dimension)
      var total: UInt64 = 0
      for k in 0..<4096 { total &+= (sequence.fraction(k) >> shift) &* UInt64(k + 1) }
      #expect(total % (1 << 61) == UInt64(sum))
    }
  }

  @Test func `a dimension that is not there is refused`() {
    #expect(throws: NumericsError.invalidParameter(name: "dimension", value: 256)) {
      try ScrambledSobol(dimension: 256, seed: 1, name: "x")
    }
    #expect(throws: NumericsError.invalidParameter(name: "dimension", value: -1)) {
      try SobolSequence(dimension: -1)
    }
  }

  @Test func `a point depends on its index alone`() throws {
    let sequence = try ScrambledSobol(dimension: 5, seed: 1, name: "ramp")
    let many = sequence.points(0..<1000)
    #expect(many == (0..<1000).map { sequence.point($0) })
    #expect(sequence.points(37..<201) == Array(many[37..<201]))
    #expect(sequence.points(0..<0).isEmpty)
    #expect(many.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(try ScrambledSobol(dimension: 5, seed: 1, replicate: 1, name: "ramp").points(0..<1000) != many)
    #expect(try ScrambledSobol(dimension: 5, seed: 1, name: "other").points(0..<1000) != many)
    #expect(try ScrambledSobol(dimension: 5, seed: 2, name: "ramp").points(0..<1000) != many)
  }

  /// A nested scramble maps elementary intervals to elementary intervals.
  @Test(arguments: [0, 1, 2, 17, 63, 255]) func `every aligned block has one point a cell`(dimension: Int)
    throws
  {
    let sequence = try ScrambledSobol(dimension: dimension, seed: 9, name: "cells")
    for power in [4, 10, 15] {
      let n = 1 << power
      let cells = Set(sequence.points(3 * n..<4 * n).map { Int($0 * Double(n)) })
      #expect(cells.count == n)
    }
  }

  /// Dimensions 0 and 1 are a (0, 2)-sequence, and independent scrambles keep it.
  @Test func `two dimensions fill every elementary rectangle`() throws {
    let x = try ScrambledSobol(dimension: 0, seed: 9, name: "x").points(0..<1024)
    let y = try ScrambledSobol(dimension: 1, seed: 9, name: "y").points(0..<1024)
    for split in 0...10 {
      let columns = Double(1 << split)
      let rows = Double(1 << (10 - split))
      let cells = Set((0..<1024).map { Int(x[$0] * columns) * 1024 + Int(y[$0] * rows) })
      #expect(cells.count == 1024)
    }
  }

  /// Under Owen's scramble the n = 2ᵐ points are independent uniforms in their cells, so that the mean of x has
  /// variance 1/(12 n³); over R replicates the estimate has relative standard error √(2/R).
  @Test func `the variance of a mean is Owen's`() throws {
    let n = 64
    let replicates = 20_000
    var total = 0.0
    for replicate in 0..<replicates {
      let points = try ScrambledSobol(dimension: 3, seed: 5, replicate: replicate, name: "law").points(0..<n)
      let error = points.reduce(0, +) / Double(n) - 0.5
      total += error * error
    }
    let exact = 1 / (12 * Double(n * n * n))
    #expect(abs(total / Double(replicates) / exact - 1) < 4 * (2 / Double(replicates)).squareRoot())
  }

  /// One point is uniform over the replicates, and points of one sequence are uncorrelated within their cells.
  @Test func `a point is uniform over replicates`() throws {
    let replicates = 20_000
    var values: [Double] = []
    for replicate in 0..<replicates {
      values.append(try ScrambledSobol(dimension: 7, seed: 5, replicate: replicate, name: "law").point(11))
    }
    values.sort()
    let n = Double(replicates)
    let distance = values.enumerated().map { i, u in max(u - Double(i) / n, Double(i + 1) / n - u) }.reduce(
      0, max)
    #expect(distance < 1.949 / n.squareRoot())
  }
}
