import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite struct ETSSearchTests {
  static let y = seasonalSeries(33, period: 4)

  static func point(_ shape: ETSShape) -> [Double] {
    let form = shape.form
    let slope = form.trend == .none ? 0 : form.trend.isMultiplicative ? 1.01 : 0.01
    let seasonal: [Double] =
      form.season == .none ? [] : form.season == .additive ? [0.1, 0.2, -0.1, -0.2] : [1.1, 1.2, 0.9, 0.8]
    return shape.vector(
      ETSParameters(
        alpha: 0.4, beta: form.trend == .none ? 0 : 0.1, gamma: form.season == .none ? 0 : 0.3,
        phi: form.trend.isDamped ? 0.9 : 1),
      ETSState(level: 1.2, slope: slope, seasonal: seasonal))
  }

  /// Both bounds' parametrisations, every form: the gradient is that of the objective by central differences.
  @Test(arguments: ETSForm.allForms, ETSBounds.allCases)
  func gradientIsExact(form: ETSForm, bounds: ETSBounds) {
    var values = Self.y
    values[7] = .nan
    let sample = ScaledSample(values)
    let search = ETSSearch(sample.values, period: 4)
    let shape = ETSShape(form, period: 4, bounds: bounds)
    let problem = ETSSearch.Problem(shape: shape, penalty: .standard)
    let theta = Self.point(shape)
    let (value, gradient) = search.derivatives(problem, at: theta)
    #expect(value.isFinite)
    for i in theta.indices {
      let step = 1e-5
      var above = theta
      var below = theta
      above[i] += step
      below[i] -= step
      let slope =
        (search.derivatives(problem, at: above).value - search.derivatives(problem, at: below).value)
        / (2 * step)
      #expect(abs(slope - gradient[i]) <= 2e-6 * max(1, abs(slope)), "\(form) entry \(i)")
    }
  }

  /// The adjoint pass and the forward derivatives agree.
  @Test(arguments: ETSForm.allForms, ETSBounds.allCases)
  func adjointIsTheForwardGradient(form: ETSForm, bounds: ETSBounds) {
    var values = Self.y
    values[7] = .nan
    let sample = ScaledSample(values)
    let search = ETSSearch(sample.values, period: 4)
    let problem = ETSSearch.Problem(
      shape: ETSShape(form, period: 4, bounds: bounds), penalty: .standard)
    let theta = Self.point(problem.shape)
    let forward = search.derivatives(problem, at: theta)
    let adjoint = search.derivatives(problem, at: theta, byAdjoint: true)
    #expect(abs(forward.value - adjoint.value) < 1e-10)
    for (a, b) in zip(forward.gradient, adjoint.gradient) { #expect(abs(a - b) < 1e-8 * max(1, abs(a))) }
  }

  /// The quasi-Newton search for long periods ends where the Gauss–Newton search does.
  @Test(arguments: ["ANA", "AAdA", "MNM", "MAM"])
  func longSearchFindsTheSameOptimum(name: String) throws {
    let form = try #require(ETSForm(name))
    let sample = ScaledSample(seasonalSeries(96, period: 12))
    let search = ETSSearch(sample.values, period: 12)
    let problem = ETSSearch.Problem(
      shape: ETSShape(form, period: 12, bounds: .usual), penalty: .standard)
    let start = problem.shape.vector(
      ETSParameters(alpha: 0.4, beta: form.trend == .none ? 0 : 0.04, gamma: 0.1, phi: 0.95),
      ETSSeeds(sample.values, period: 12).state(form))
    let dense = search.minimize(problem, from: start, seedsFirst: true, effort: ETSSearch.Effort())
    let long = search.minimizeLong(problem, from: start, effort: ETSSearch.Effort())
    #expect(dense.status.isConverged && long.status.isConverged)
    #expect(abs(dense.objective - long.objective) < 1e-4, "\(dense) \(long)")
  }

  /// In linear forms the first step solves for the initial state: no other state has a smaller sum of squares.
  @Test(arguments: ["ANN", "AAN", "AAdN", "ANA", "AAA", "AAdA"])
  func linearFormsConcentrateTheInitialState(name: String) throws {
    let form = try #require(ETSForm(name))
    let sample = ScaledSample(Self.y)
    let search = ETSSearch(sample.values, period: 4)
    let shape = ETSShape(form, period: 4, bounds: .usual)
    let problem = ETSSearch.Problem(shape: shape, penalty: nil)
    let optimum = search.minimize(
      problem, from: Self.point(shape), seedsFirst: true,
      effort: ETSSearch.Effort(tolerance: 1e9, maximumEvaluations: 2))
    #expect(optimum.theta[0] == 0.4)
    let gradient = search.derivatives(problem, at: optimum.theta).gradient
    for i in shape.smoothingCount..<shape.count { #expect(abs(gradient[i]) < 1e-7) }
  }

  /// The admissible region is where the powers of D = F − gwᵀ vanish.
  @Test func admissibilityIsStabilityOfTheErrorRecursion() throws {
    let m = 4
    for name in ["ANN", "AAN", "AAdN", "ANA", "AAA", "AAdA"] {
      let form = try #require(ETSForm(name))
      var inside = 0
      var outside = 0
      for alpha in stride(from: 0.05, to: 2, by: 0.27) {
        for beta in form.trend == .none ? [0] : [0.01, 0.3, 1.1, 2.5] {
          for gamma in form.season == .none ? [0] : [0.02, 0.4, 0.9, 1.4] {
            let p = ETSParameters(
              alpha: alpha, beta: beta, gamma: gamma, phi: form.trend.isDamped ? 0.85 : 1)
            // Two starts whose observable parts differ forget the difference on data that are zero.
            let zeros = [Double](repeating: 0, count: 4_000)
            let start = ETSState(
              level: 1, slope: form.trend == .none ? 0 : 0.5,
              seasonal: form.season == .none ? [] : [1, -2, 3, -2])
            let run = ETSRecursion(form: form, period: m).run(zeros, parameters: p, from: start)
            let late = run.predictions.suffix(20).map { abs($0) }.max() ?? 0
            let isStable = late.isFinite && late < 1e-6
            let isUnstable = !late.isFinite || late > 1e3
            let claimed = ETSAdmissibility.contains(form, p, period: m)
            if isStable { #expect(claimed, "\(name) \(p)") }
            if isUnstable { #expect(!claimed, "\(name) \(p)") }
            inside += claimed ? 1 : 0
            outside += claimed ? 0 : 1
          }
        }
      }
      #expect(inside > 0 && (outside > 0 || form.shortName == "ANN"))
    }
  }
}
