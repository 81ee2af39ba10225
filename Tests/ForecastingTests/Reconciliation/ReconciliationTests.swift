import Forecasting
import ForesightNumerics
import Foundation
import TestSupport
import Testing

@Suite("Reconciled hierarchies")
struct ReconciliationTests {
  struct Fixture: Decodable {
    let names: [String]
    let residuals: [[Double]]
    let centred: [[Double]]
    let shrinkage: Double
    let numpy: [String: [[Double]]]
    let peer: [String: [[Double]]]
  }

  private func fixture() throws -> Fixture {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/reconciliation/reconciliation", withExtension: "json"))
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
  }

  /// Depth two: total = north + south, north = a + b, south = c + d + e.
  private func nested() throws -> Hierarchy {
    try Hierarchy(["total": ["north", "south"], "north": ["a", "b"], "south": ["c", "d", "e"]])
  }

  private func named(_ rows: [[Double]]) throws -> [String: [Double]] {
    Dictionary(uniqueKeysWithValues: zip(try nested().names, rows))
  }

  private func distance(_ matrix: Matrix, _ rows: [[Double]]) -> Double {
    (matrix - Matrix(rows)).elements.map(abs).max() ?? .infinity
  }

  @Test("the summing matrix counts the bottom series of each total, whatever the order of the totals")
  func summing() throws {
    let hierarchy = try nested()
    #expect(hierarchy.names == ["total", "north", "south", "a", "b", "c", "d", "e"])
    let rows = [[1, 1, 1, 1, 1], [1, 1, 0, 0, 0], [0, 0, 1, 1, 1.0]]
    let unit = Matrix.identity(5)
    #expect(hierarchy.summing == Matrix(rows + (0..<5).map { unit.row($0) }))
    let turned = try Hierarchy(["north": ["a", "b"], "total": ["north", "c"]])
    #expect(turned.names == ["north", "total", "a", "b", "c"])
    #expect(turned.summing.row(1) == [1, 1, 1])
    // A grouped hierarchy: the same bottom series summed in two ways.
    let grouped = try Hierarchy(["rows": ["a", "b"], "columns": ["a", "c"]])
    #expect(grouped.summing.row(0) == [1, 1, 0] && grouped.summing.row(1) == [1, 0, 1])
  }

  @Test("projections are those of two independent implementations", arguments: Reconciliation.Method.allCases)
  func oracle(method: Reconciliation.Method) throws {
    guard method != .bottomUp else { return }
    let fixture = try fixture()
    let hierarchy = try nested()
    #expect(fixture.names == hierarchy.names)
    let own = try Reconciliation(hierarchy, method: method, residuals: named(fixture.residuals))
    #expect(distance(own.projection, try #require(fixture.numpy[method.rawValue])) < 1e-13)
    if method == .minTShrink {
      #expect(correctDigits(try #require(own.shrinkage), fixture.shrinkage) > 13)
    } else {
      #expect(own.shrinkage == nil)
    }
    // The peer adds 2e-8 to variances and takes a ridge into its covariance.
    let peer = try Reconciliation(hierarchy, method: method, residuals: named(fixture.centred))
    #expect(distance(peer.projection, try #require(fixture.peer[method.rawValue])) < 1e-6)
  }

  @Test(
    "a projection is idempotent, leaves coherent forecasts alone and is coherent",
    arguments: Reconciliation.Method.allCases)
  func laws(method: Reconciliation.Method) throws {
    let hierarchy = try nested()
    let own = try Reconciliation(hierarchy, method: method, residuals: named(try fixture().residuals))
    let projection = own.projection
    #expect((projection * projection - projection).frobeniusNorm < 1e-13)
    // P S = S, and P projects onto the span of S.
    #expect((projection * hierarchy.summing - hierarchy.summing).frobeniusNorm < 1e-13)
    #expect((own.mapping * hierarchy.summing - .identity(5)).frobeniusNorm < 1e-13)
    let noise = RandomStream(seed: 3, name: "base").normals(0..<8)
    let base = noise.enumerated().map { 10 + Double($0) + 2 * $1 }
    let values = own.reconciled(base)
    for (value, expected) in zip(values, projection * base) { #expect(abs(value - expected) < 1e-12) }
    #expect(values[1] == values[3] + values[4] && values[2] == values[5] + values[6] + values[7])
    #expect(values[0] == values[1] + values[2])
    #expect(own.reconciled(values) == values)
  }

  @Test("bottom-up keeps the bottom series and sums them")
  func bottomUp() throws {
    let own = try Reconciliation(nested(), method: .bottomUp)
    #expect(own.reconciled([99, 98, 97, 1, 2, 3, 4, 5]) == [15, 3, 12, 1, 2, 3, 4, 5])
    #expect(own.projection == (try nested().summing * own.mapping))
  }

  /// Two parts under W = diag(w): the gap g = total − a − b goes out by the parts' shares of the variance, a + g w_a/(w_t + w_a + w_b).
  @Test("three series have the closed form of least squares")
  func closedForm() throws {
    let hierarchy = try Hierarchy(["total": ["a", "b"]])
    let ols = try Reconciliation(hierarchy, method: .ols)
    let values = ols.reconciled([12, 4, 5])
    #expect(zip(values, [11, 5, 6]).allSatisfy { abs($0 - $1) < 1e-14 })
    let third = 1.0 / 3
    #expect(
      distance(
        ols.projection,
        [[2 * third, third, third], [third, 2 * third, -third], [third, -third, 2 * third]]) < 1e-15)
    let wls = try Reconciliation(
      hierarchy, method: .wls, residuals: ["total": [2, -2], "a": [1, 1], "b": [0, 2.squareRoot()]])
    // Mean squares 4, 1 and 1; the gap of 3 over 6.
    #expect(zip(wls.reconciled([12, 4, 5]), [10, 4.5, 5.5]).allSatisfy { abs($0 - $1) < 1e-14 })
    let given = try Reconciliation(hierarchy, covariance: .diagonal([4e20, 1e20, 1e20]))
    #expect(distance(given.projection - wls.projection, .init(repeating: [0, 0, 0], count: 3)) < 1e-14)
  }

  /// The bottom series given a total t: b̂ + W C′ (C W C′)⁻¹ (t − C b̂), W their own covariance.
  @Test("known series stay, and the others take the gap by their own covariance")
  func known() throws {
    let hierarchy = try Hierarchy(["total": ["a", "b"]])
    let covariance = Matrix([[5, 1, 2], [1, 4, 1], [2, 1, 2]])
    let all = try Reconciliation(hierarchy, covariance: covariance)
    let total = try all.knowing(["total"])
    // W C' = (5, 3) and C W C' = 8: the gap of 16 goes 10 and 6.
    #expect(zip(total.reconciled([36, 12, 8]), [36, 22, 14]).allSatisfy { abs($0 - $1) < 1e-13 })
    let part = try all.knowing(["total", "a"])
    #expect(zip(part.reconciled([36, 12, 8]), [36, 12, 24]).allSatisfy { abs($0 - $1) < 1e-13 })
    // With b known it moves neither; the gap is shared by the total and a.
    let shared = try Reconciliation(hierarchy, covariance: .diagonal([3, 1, 1])).knowing(["b"])
    #expect(zip(shared.reconciled([36, 12, 8]), [24, 16, 8]).allSatisfy { abs($0 - $1) < 1e-13 })
    // What is known altogether is the sum of its parts.
    #expect(try all.knowing(["total", "a", "b"]).reconciled([36, 12, 8]) == [20, 12, 8])
    #expect(try all.knowing([]).projection == all.projection)
    // Nested: the total of a known part is closed by the rest.
    let nested = try Reconciliation(nested(), method: .ols).knowing(["total", "north", "a", "b"])
    #expect(
      zip(nested.reconciled([30, 3, 9, 1, 2, 3, 4, 5]), [30, 3, 27, 1, 2, 8, 9, 10]).allSatisfy {
        abs($0 - $1) < 1e-13
      })
  }

  @Test("reconciliation does not lose: the projection's error is at most the base forecasts' under W")
  func trace() throws {
    // For errors of covariance W, MinT has the least trace of P W Pᵀ among the methods (theorem 1 of the paper).
    let hierarchy = try nested()
    let noise = (0..<8).map { RandomStream(seed: 8, name: "w\($0)").normals(0..<30) }
    let factor = Matrix(noise)
    let covariance = factor * factor.transposed()
    func trace(_ own: Reconciliation) -> Double {
      (own.projection * covariance * own.projection.transposed()).diagonal.reduce(0, +)
    }
    let best = trace(try Reconciliation(hierarchy, covariance: covariance))
    #expect(best < trace(try Reconciliation(hierarchy, method: .ols)))
    #expect(best < trace(try Reconciliation(hierarchy, method: .bottomUp)))
    #expect(best < covariance.diagonal.reduce(0, +))
  }

  @Test("forecasts add up on every joint path")
  func forecasts() throws {
    let hierarchy = try Hierarchy(["total": ["a", "b"]])
    var forecasts: [String: Forecast] = [:]
    for (name, level) in [("total", 30.0), ("a", 12), ("b", 15)] {
      let series = try TimeSeries([level, level + 1, level], start: .month(2025, 1), name: name)
      forecasts[name] = try LastValue().fit(series).forecast(4)
    }
    let own = try Reconciliation(hierarchy, method: .ols).reconciled(forecasts, paths: 512, seed: 5)
    let paths = try hierarchy.names.map { try #require(own[$0]).samplePaths(512) }
    #expect(paths[0] == paths[1] + paths[2])
    let again = try Reconciliation(hierarchy, method: .ols).reconciled(forecasts, paths: 512, seed: 5)
    #expect(try #require(again["a"]).samplePaths(512) == paths[1])
    // The mean of the paths is the projection of the means, within four standard errors.
    let means = try hierarchy.names.map { try #require(forecasts[$0]).mean[2] }
    let expected = try Reconciliation(hierarchy, method: .ols).reconciled(means)
    for (name, value) in zip(hierarchy.names, expected) {
      let found = try #require(own[name])
      #expect(abs(found.mean[2] - value) < 4 * found.standardDeviation[2] / 512.0.squareRoot() + 1e-12)
    }
    forecasts["b"] = nil
    #expect(throws: ForecastError.self) { try Reconciliation(hierarchy, method: .ols).reconciled(forecasts) }
  }

  @Test("what is no hierarchy, and residuals that give no weights, are typed errors that name the series")
  func refusals() throws {
    func refused(_ name: String, _ reason: String, _ body: () throws(ForecastError) -> Void) {
      do throws(ForecastError) {
        try body()
        Issue.record("\(reason) is accepted")
      } catch {
        #expect("\(error)".contains(name) && "\(error)".contains(reason), "\(error)")
      }
    }
    refused("tree", "at least one total") { () throws(ForecastError) in _ = try Hierarchy([:]) }
    refused("x", "at least one part") { () throws(ForecastError) in _ = try Hierarchy(["x": []]) }
    refused("x", "has the same part more than once") { () throws(ForecastError) in
      _ = try Hierarchy(["x": ["a", "a"]])
    }
    refused("x", "appears more than once") { () throws(ForecastError) in
      _ = try Hierarchy(["x": ["a"], "x": ["b"]])
    }
    refused("x", "contains itself") { () throws(ForecastError) in
      _ = try Hierarchy(["x": ["y", "a"], "y": ["x"]])
    }
    refused("x", "counts b twice") { () throws(ForecastError) in
      _ = try Hierarchy(["x": ["y", "z"], "y": ["a", "b"], "z": ["b", "c"]])
    }
    let tree = try Hierarchy(["x": ["a", "b"]])
    func weights(_ residuals: [String: [Double]]) throws(ForecastError) {
      _ = try Reconciliation(tree, method: .minTShrink, residuals: residuals)
    }
    refused("b", "are missing") { () throws(ForecastError) in try weights(["x": [1, 2], "a": [1, 2]]) }
    refused("a", "at least 2") { () throws(ForecastError) in
      try weights(["x": [1, 2], "a": [1], "b": [1, 2]])
    }
    refused("x", "zero in every series") { () throws(ForecastError) in
      try weights(["x": [0, 0], "a": [0, 0], "b": [0, 0]])
    }
    refused("a", "must be finite") { () throws(ForecastError) in
      try weights(["x": [1, 2], "a": [1, .nan], "b": [1, 0]])
    }
    refused("covariance", "3 series") { () throws(ForecastError) in
      _ = try Reconciliation(tree, covariance: .identity(2))
    }
    refused("reconciliation", "positive definite") { () throws(ForecastError) in
      _ = try Reconciliation(tree, covariance: .diagonal([-1, 0, 0]))
    }
  }

  /// A series that is forecast without error is known: it keeps its value, and the others close the gap.
  @Test(arguments: [Reconciliation.Method.minTShrink, .wls]) func aSeriesWithoutErrorKeepsItsValue(
    _ method: Reconciliation.Method
  ) throws {
    let tree = try Hierarchy(["x": ["a", "b"]])
    for constant in ["b", "a", "x"] {
      var residuals: [String: [Double]] = [:]
      for (place, name) in ["x", "a", "b"].enumerated() {
        residuals[name] = (0..<12).map { name == constant ? 0 : Double((($0 + place) * 7) % 5) - 2 }
      }
      let projection = try Reconciliation(tree, method: method, residuals: residuals).projection
      let base: [String: Double] = ["x": 100, "a": 30, "b": 60]
      let names = tree.names
      let values = names.indices.map { row in
        names.indices.reduce(0) { $0 + projection[row, $1] * (base[names[$1]] ?? 0) }
      }
      let result = Dictionary(uniqueKeysWithValues: zip(names, values))
      #expect(abs((result[constant] ?? 0) - (base[constant] ?? 0)) < 1e-9)
      #expect(abs((result["x"] ?? 0) - (result["a"] ?? 0) - (result["b"] ?? 0)) < 1e-9)
    }
  }
}
