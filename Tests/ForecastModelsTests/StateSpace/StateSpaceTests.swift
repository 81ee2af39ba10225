import ForesightNumerics
import Foundation
import TestSupport
import Testing

@testable import ForecastModels

/// A structural model: a level with a slope, an additive season of three periods, measurement noise, and an autoregressive
/// error with a stationary start.
private func structural() -> StateSpace<Double> {
  typealias Term = StateSpace<Double>.Term
  // Level, slope, two seasonal effects, error.
  let transition: [StateSpace<Double>.Row] = [
    .init(index: 0, terms: [Term(0, 1), Term(1, 1)]), .init(index: 2, terms: [Term(2, -1), Term(3, -1)]),
    .init(index: 3, terms: [Term(2, 1)]), .init(index: 4, terms: [Term(4, 0.6)]),
  ]
  // Z = (1, 0, 1, 0, 1) of the new state: ZT, and ZR for G.
  let observation = [Term(0, 1), Term(1, 1), Term(2, -1), Term(3, -1), Term(4, 0.6)]
  let disturbances: [StateSpace<Double>.Disturbance] = [
    .init(variance: 0.5, observation: 1, state: [Term(0, 1)]),
    .init(variance: 0.1, observation: 0, state: [Term(1, 1)]),
    .init(variance: 0.2, observation: 1, state: [Term(2, 1)]),
    .init(variance: 0.64, observation: 1, state: [Term(4, 1)]),
  ]
  var variance = [Double](repeating: 0, count: 25)
  variance[24] = 1
  let diffuse = (0..<4).map { k in (0..<5).map { $0 == k ? 1.0 : 0 } }
  return StateSpace(
    count: 5, transition: transition, phases: [.init(observation: observation, disturbances: disturbances)],
    noise: 0.3, start: .init(mean: [0, 0, 0, 0, 0], variance: variance, diffuse: diffuse))
}

/// The observations of spans as linear functions of the values of base periods.
private func rows(_ cumulator: Cumulator) -> [[Double]] {
  cumulator.spans.filter(\.isObserved).map { span in
    (0..<cumulator.periods).map { t in
      guard span.sums ? (span.first...span.last).contains(t) : t == span.last else { return 0 }
      return span.weight
    }
  }
}

private func random(_ count: Int, seed: UInt64) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53 - 0.5
  }
}

@Suite struct StateSpaceTests {
  private static let cumulators = [
    Cumulator(spans: (0..<20).map { .init(first: $0, count: 1, isObserved: $0 % 5 != 3) }, periods: 22),
    Cumulator(
      spans: [
        .init(first: 0, count: 2), .init(first: 2, count: 1), .init(first: 3, count: 3, weight: 1.0 / 3),
        .init(first: 7, count: 1), .init(first: 8, count: 2, isObserved: false), .init(first: 10, count: 4),
        .init(first: 15, count: 2, sums: false), .init(first: 17, count: 1), .init(first: 18, count: 1),
        .init(first: 19, count: 2, weight: 0.5),
      ], periods: 24),
  ]

  @Test(
    "likelihood and diffuse start are those of the joint normal distribution written out",
    arguments: cumulators.indices)
  func dense(index: Int) throws {
    let model = structural()
    let cumulator = Self.cumulators[index]
    let periods = cumulator.periods
    let weights = rows(cumulator)
    // The covariance of the base periods: start, disturbances and noise, each with its response.
    var covariance = Matrix(rows: periods, columns: periods, repeating: 0)
    func add(_ response: [Double], from first: Int, variance: Double) {
      for i in response.indices {
        for j in response.indices {
          covariance[first + i, first + j] += variance * response[i] * response[j]
        }
      }
    }
    add(model.path(periods, from: [0, 0, 0, 0, 1]), from: 0, variance: 1)
    for t in 0..<periods {
      for (k, disturbance) in model.phases[0].disturbances.enumerated() {
        add(model.response(periods - t, to: k), from: t, variance: disturbance.variance)
      }
      covariance[t, t] += model.noise
    }
    let w = Matrix(weights)
    let factor = try Cholesky(w * covariance * w.transposed())
    let design = w * Matrix(columnVectors: model.start.diffuse.map { model.path(periods, from: $0) })
    let values = random(cumulator.spans.count, seed: 7)
    let observed = zip(values, cumulator.spans).filter { $0.1.isObserved }.map { $0.0 }
    let whitened = try factor.solve(design)
    let delta = try Cholesky(design.transposed() * whitened).solve(whitened.transposed() * observed)
    let rest = zip(observed, design * delta).map { $0 - $1 }
    let squares = zip(rest, try factor.solve(rest)).reduce(0) { $0 + $1.0 * $1.1 }

    let outcome = try #require(StateSpaceFilter(model: model, cumulator: cumulator).run([values]))
    let start = try #require(DiffuseStart(outcome, given: nil))
    expectDigits(start.values, delta, atLeast: 9, "start")
    expectDigits([start.squares], [squares], atLeast: 9, "squares")
    expectDigits([start.logDeterminant], [factor.logDeterminant], atLeast: 10, "determinant")
  }

  @Test("a given start leaves the squares of the distribution around it")
  func givenStart() throws {
    let model = structural()
    let values = random(20, seed: 3)
    let outcome = try #require(StateSpaceFilter(model: model, cumulator: Self.cumulators[0]).run([values]))
    let best = try #require(DiffuseStart(outcome, given: nil))
    let again = try #require(DiffuseStart(outcome, given: best.values))
    let other = try #require(DiffuseStart(outcome, given: [1, -1, 0.5, 0.25]))
    expectDigits([again.squares], [best.squares], atLeast: 10)
    #expect(other.squares > best.squares)
  }

  @Test("regressors pass through the filter as parts of the series do")
  func regressors() throws {
    var model = structural()
    model = StateSpace(
      count: model.count, transition: model.transition, phases: model.phases, noise: model.noise,
      start: .init(mean: model.start.mean, variance: model.start.variance))
    let y = random(20, seed: 1)
    let x = random(20, seed: 2)
    let filter = StateSpaceFilter(model: model, cumulator: Self.cumulators[0])
    let apart = try #require(filter.run([y, x]))
    let joined = try #require(filter.run([zip(y, x).map { $0 + 3 * $1 }]))
    expectDigits(
      joined.innovations.map { $0[0] }, apart.innovations.map { $0[0] + 3 * $0[1] }, atLeast: 10)
    expectDigits(joined.variances, apart.variances, atLeast: 15)
    let start = try #require(DiffuseStart(joined, given: nil))
    let squares = zip(joined.innovations, joined.variances).reduce(0) { $0 + $1.0[0] * $1.0[0] / $1.1 }
    #expect(start.values.isEmpty)
    expectDigits([start.squares], [squares], atLeast: 14)
  }

  @Test("a run that is resumed goes on as if it had not been interrupted")
  func resumed() throws {
    let model = structural()
    let y = random(20, seed: 5)
    func single(_ count: Int) -> Cumulator {
      Cumulator(spans: (0..<count).map { .init(first: $0, count: 1) }, periods: count)
    }
    let whole = try #require(StateSpaceFilter(model: model, cumulator: single(20)).run([y]))
    let head = try #require(StateSpaceFilter(model: model, cumulator: single(12)).run([Array(y[..<12])]))
    let tail = try #require(
      StateSpaceFilter(model: model, cumulator: single(8)).run([Array(y[12...])], from: head.state))
    #expect(tail.state.means == whole.state.means && tail.state.variance == whole.state.variance)
    #expect(head.variances + tail.variances == whole.variances)
  }

  /// Harvey's companion form of an ARMA process, with the stationary variance of its state.
  private static func companion(_ phi: [Double], _ theta: [Double]) -> StateSpace<Double> {
    typealias Term = StateSpace<Double>.Term
    let r = max(phi.count, theta.count + 1)
    let ar = (0..<r).map { $0 < phi.count ? phi[$0] : 0 }
    let ma = [1] + (1..<max(r, 1)).map { $0 <= theta.count ? theta[$0 - 1] : 0 }
    let transition = (0..<r).map { i in
      StateSpace<Double>.Row(index: i, terms: [Term(0, ar[i])] + (i + 1 < r ? [Term(i + 1, 1)] : []))
    }
    // P = Σ Tʲ R Rᵀ Tʲᵀ.
    var variance = [Double](repeating: 0, count: r * r)
    var column = ma
    for _ in 0..<4_000 {
      for i in 0..<r { for j in 0..<r { variance[i * r + j] += column[i] * column[j] } }
      column = (0..<r).map { ar[$0] * column[0] + ($0 + 1 < r ? column[$0 + 1] : 0) }
    }
    return StateSpace(
      count: r, transition: transition,
      phases: [
        .init(
          observation: transition[0].terms,
          disturbances: [.init(variance: 1, observation: 1, state: ma.enumerated().map { Term($0, $1) })])
      ], start: .init(mean: [Double](repeating: 0, count: r), variance: variance))
  }

  @Test(
    "the fast recursion for ARMA processes is the filter of their companion form",
    arguments: [
      ([0.7], []), ([], [0.5]), ([0.4, 0.3], [-0.6]), ([0.9], [0.3, 0.2]), ([0.2, -0.5, 0.3], [0.8, 0.1]),
    ] as [([Double], [Double])])
  func fastRecursion(phi: [Double], theta: [Double]) throws {
    let model = Self.companion(phi, theta)
    let y = random(60, seed: 11)
    let cumulator = Cumulator(spans: y.indices.map { .init(first: $0, count: 1) }, periods: y.count)
    let filtered = try #require(StateSpaceFilter(model: model, cumulator: cumulator).run([y]))
    let process = try #require(
      ARMAProcess(
        ar: phi.map { ARMAJet($0) }, ma: theta.map { ARMAJet($0) }, seasonalAR: [], seasonalMA: [], period: 1)
    )
    let recursion = ARMARecursion(count: y.count, width: model.count)
    #expect(recursion.prepare(process))
    var innovations = [Double](repeating: 0, count: y.count)
    recursion.filter(y, into: &innovations)
    expectDigits(y.indices.map { recursion.variance($0) }, filtered.variances, atLeast: 10, "variances")
    for (fast, general) in zip(innovations, filtered.innovations) { #expect(abs(fast - general[0]) < 1e-10) }
  }

  @Test("an innovation whose variance is not positive has no likelihood")
  func impossible() {
    let model = StateSpace<Double>(
      count: 1, transition: [], phases: [.init(observation: [.init(0, 1)], disturbances: [])],
      start: .init(mean: [0], variance: [0]))
    let cumulator = Cumulator(spans: [.init(first: 0, count: 1)], periods: 1)
    #expect(StateSpaceFilter(model: model, cumulator: cumulator).run([[1.0]]) == nil)
  }
}
