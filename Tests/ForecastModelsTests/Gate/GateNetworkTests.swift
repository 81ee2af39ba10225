import ForesightNumerics
import Foundation
import Testing

@testable @_spi(Training) import ForecastModels

@Suite struct GateNetworkTests {
  /// The weights are those of their hash, whole networks, and small.
  @Test func theWeightsHaveTheirHash() {
    let bytes = GateWeights.decoded(GateWeightsText.base64.utf8)
    #expect(GateWeights.hash(of: bytes) == GateWeights.hash)
    #expect(bytes.count <= 200_000 && bytes.count.isMultiple(of: 2 * GateNetwork.parameters))
    #expect(GateWeights.networks.count == bytes.count / (2 * GateNetwork.parameters))
    #expect(!GateWeights.networks.isEmpty)
    var changed = bytes
    changed[1_000] ^= 1
    #expect(GateWeights.hash(of: changed) != GateWeights.hash)
  }

  /// FNV-1a and base 64 of the test vectors of RFC 9923 and RFC 4648.
  @Test func textsAreDecoded() {
    #expect(GateWeights.hash(of: Array("foobar".utf8)) == "85944171f73967e8")
    #expect(GateWeights.decoded("Zm9vYmE".utf8) == Array("fooba".utf8))
  }

  /// Half precision is exact for what it holds: small whole numbers, powers of two, the largest and the least number.
  @Test func halfPrecision() {
    for value in [0, 1, -2, 0.5, 2_047, 65_504, 0x1p-24, -0x1p-14, 0.333251953125] {
      #expect(HalfPrecision.value(HalfPrecision.bits(value)) == value)
    }
    #expect(HalfPrecision.bits(1) == 0x3C00 && HalfPrecision.bits(-1e9) == 0xFBFF)
    #expect(HalfPrecision.value(HalfPrecision.bits(1.0 / 3)) == 0.333251953125)
  }

  /// A layer is the sum of its products in order, whatever rows stand beside it.
  @Test func layersAreSumsInOrder() {
    let numbers = RandomStream(seed: 4, name: "layer").normals(0..<(5 * 16 + 16 + 8 * 5))
    let weights = Array(numbers[..<80])
    let bias = Array(numbers[80..<96])
    let x = Array(numbers[96...])
    let found = dense(x, weights, bias, rows: 8)
    for row in 0..<8 {
      for j in 0..<16 {
        var sum = bias[j]
        for i in 0..<5 { sum += x[5 * row + i] * weights[16 * i + j] }
        #expect(found[16 * row + j] == sum)
      }
    }
    var values: [Double] = [0, 1, -30, 800, -800]
    swish(&values)
    #expect(values[0] == 0 && abs(values[1] - 1 / (1 + exp(-1.0))) < 1e-15)
    #expect(values[3] == 800 && abs(values[2]) < 1e-11 && values[4] == 0)
  }

  /// The shares of the candidates are positive and sum to 1.
  @Test func theMedianIsAConvexCombination() throws {
    let values = RandomStream(seed: 5, name: "values").normals(0..<60)
    let inputs = try #require(GateInputs(values, cycle: 12, longer: 0, steps: Array(1...9)))
    var answers = inputs.steps.map { _ in GateAnswer() }
    for network in GateWeights.networks {
      network.add(1 / Double(GateWeights.networks.count), of: inputs, to: &answers)
    }
    for answer in answers {
      #expect(answer.shares.allSatisfy { $0 > 0 } && abs(answer.shares.reduce(0, +) - 1) < 1e-12)
      #expect((answer.above + answer.below).allSatisfy { $0 > 0 })
    }
  }
}

@Suite struct QuantileCurveTests {
  private let curve = QuantileCurve([-5, -2, -0.9, 0, 0.7, 1.5, 2.2])

  @Test func theCurvePassesThroughItsKnots() {
    for (p, knot) in zip(GateNetwork.probabilities, curve.knots) {
      #expect(abs(curve.quantile(p) - knot) < 1e-12)
      #expect(abs(curve.cdf(knot) - p) < 1e-12)
    }
  }

  @Test func theCurveRisesAndItsInverseIsTheDistributionFunction() {
    var last = -Double.infinity
    for k in 1..<2_000 {
      let p = Double(k) / 2_000
      let x = curve.quantile(p)
      #expect(x > last && abs(curve.cdf(x) - p) < 1e-12)
      last = x
    }
    #expect(curve.quantile(0) < -1_000 && curve.quantile(0).isFinite && curve.quantile(1).isFinite)
  }

  /// The density is the derivative of the distribution function, in the tails too, and does not jump where they begin.
  @Test func theDensityIsTheDerivative() {
    for x in [-40.0, -8, -5.01, -3, -1, 0.1, 1, 2, 2.3, 6] {
      let step = 1e-6
      let slope = (curve.cdf(x + step) - curve.cdf(x - step)) / (2 * step)
      #expect(abs(curve.density(x) - slope) < 1e-6 * (1 + slope))
    }
    for knot in [-5.0, 2.2] {
      #expect(abs(curve.density(knot - 1e-9) - curve.density(knot + 1e-9)) < 1e-6)
    }
  }

  /// Excesses over the outermost quantiles have a generalized Pareto distribution of shape 0.1: their mean excess grows by
  /// a ninth of the threshold.
  @Test func theTailsArePareto() {
    let ratio = (curve.quantile(0.99975) - 2.2) / (curve.quantile(0.9975) - 2.2)
    let expected = (Double.pow(0.01, -0.1) - 1) / (Double.pow(0.1, -0.1) - 1)
    #expect(abs(ratio - expected) < 1e-9)
  }

  /// Mean and variance of a fine sample of quantiles.
  @Test func momentsAreThoseOfTheQuantiles() {
    let count = 200_000
    let values = (0..<count).map { curve.quantile((Double($0) + 0.5) / Double(count)) }
    let mean = values.reduce(0, +) / Double(count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    #expect(abs(curve.mean - mean) < 2e-3 && abs(curve.variance / variance - 1) < 5e-3)
  }
}
