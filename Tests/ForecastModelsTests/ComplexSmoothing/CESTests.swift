import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// statsforecast's fits of complex exponential smoothing, made by `ces.py` beside them.
struct CESFixture: Decodable {
  struct Fit: Decodable {
    let series: String
    let form: String
    let par: [String: Double]
    /// One row a period of the cycle.
    let states: [[Double]]
    let fitted: [Double]
    let mean: [Double]

    var gains: [Double] { ["alpha_0", "alpha_1", "beta_0", "beta_1"].compactMap { par[$0] } }
  }
  let fits: [Fit]

  static let loaded: Result<CESFixture, any Error> = Result {
    let url = try #require(
      Bundle.module.url(forResource: "ces", withExtension: "json", subdirectory: "Fixtures/ces"))
    return try JSONDecoder().decode(CESFixture.self, from: Data(contentsOf: url))
  }
}

extension CESForm {
  static func letter(_ letter: String) throws -> CESForm {
    try #require(["N": .none, "S": .simple, "P": .partial, "F": .full][letter])
  }
}

@Suite("Complex exponential smoothing")
struct CESTests {
  static let gains: [CESForm: [Double]] = [
    .none: [1.3, 0.98], .simple: [1.25, 1.03], .partial: [1.3, 0.99, 0.2], .full: [1.3, 0.98, 1.15, 1.02],
  ]

  static func lanes(_ gains: [Double]) -> SIMD4<Double> {
    var lanes = SIMD4<Double>.zero
    for (k, gain) in gains.enumerated() { lanes[k] = gain }
    return lanes
  }

  /// A start with every derivative lane at work.
  static func search(_ form: CESForm, _ y: [Double], estimation: CESEstimation = .leastSquares) throws
    -> CESSearch
  {
    let series = try TimeSeries(y, start: .month(2001, 1), name: "test", rule: .mean, seasonalPeriod: 6)
    return CESSearch(
      try CESSample(series, model: "test", period: 6), form: form, estimation: estimation)
  }

  @Test("given gains and starts give the predictions and forecasts of statsforecast")
  func recursionIsThePeers() throws {
    let data = try ETSFixture.loaded.get()
    for fit in try CESFixture.loaded.get().fits {
      let form = try CESForm.letter(fit.form)
      let y = try #require(data.series[fit.series]).y
      func lanes(_ column: Int) -> [CESLanes] { fit.states.map { CESLanes.valueLane * $0[column] } }
      var state = CESState()
      if form.hasLevel {
        let last = try #require(fit.states.last)
        state.level = .valueLane * last[0]
        state.potential = .valueLane * last[1]
      }
      if form.isSeasonal { state.seasonLevels = lanes(form == .simple ? 0 : 2) }
      if form == .simple || form == .full { state.seasonPotentials = lanes(form == .simple ? 1 : 3) }
      let recursion = CESRecursion(form: form, gains: Self.lanes(fit.gains))
      let fitted = recursion.predictions(y, &state)
      expectDigits(fitted, fit.fitted, atLeast: 11, "\(fit.series) \(fit.form)")
      let path = recursion.path(fit.mean.count, from: state).map { $0[0] }
      expectDigits(path, fit.mean, atLeast: 11, "\(fit.series) \(fit.form)")
    }
  }

  @Test("no fit of statsforecast without season has a smaller sum of squares")
  func optimumReachesThePeer() throws {
    let data = try ETSFixture.loaded.get()
    for fit in try CESFixture.loaded.get().fits where fit.form == "N" {
      let y = try #require(data.series[fit.series]).y
      let ours = try CES(.none, estimation: .leastSquares).fit(data.timeSeries(fit.series))
      let squares = ours.variance * ours.degreesOfFreedom
      let theirs = zip(y, fit.fitted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect(squares <= theirs * (1 + 1e-6), "\(fit.series)")
      let direct = zip(y, ours.fitted).reduce(0) { sum, pair in
        let e = pair.0 - (pair.1 ?? .nan)
        return sum + e * e
      }
      expectDigits([direct], [squares], atLeast: 10, "\(fit.series)")
    }
  }

  @Test("the sums' derivatives are those of the predictions", arguments: CESForm.allCases)
  func derivativesAreExact(form: CESForm) throws {
    var y: [Double] = seasonalSeries(40, period: 6, noise: 0.3)
    y[17] = .nan
    let search = try Self.search(form, y.map { $0.isNaN ? 0 : $0 })
    var point: CESLanes = [0.1, -0.05, 0, 0, 0, 0, 0, 0]
    for (k, gain) in (Self.gains[form] ?? []).enumerated() { point[2 + k] = gain }
    func squares(_ parameters: CESLanes) -> CESSums {
      var state = search.initialState(parameters)
      return search.recursion(parameters).run(y, &state)
    }
    let sums = squares(point)
    for k in 0..<search.count {
      let h = 1e-5
      var up = point
      var down = point
      up[k] += h
      down[k] -= h
      let slope = (squares(up).squares - squares(down).squares) / (2 * h)
      let exact = 2 * sums[0][k + 1]
      #expect(abs(slope - exact) <= 1e-6 * max(abs(exact), 1), "\(form) \(k)")
    }
  }

  @Test(
    "no neighbour of the optimum has a log-likelihood greater by a hundredth", arguments: CESForm.allCases)
  func optimumIsAMinimum(form: CESForm) throws {
    let y = seasonalSeries(72, period: 6, noise: 0.3)
    let search = try Self.search(form, y)
    let found = search.optimum()
    #expect(found.status == .converged || found.status == .atBound)
    for k in 0..<search.count {
      for step in [-0.1, -1e-2, -1e-3, 1e-3, 1e-2, 0.1] {
        var other = found.parameters
        other[k] += step
        let recursion = search.recursion(other)
        guard CESRegion(form: form).holds(other) else { continue }
        var state = search.initialState(other)
        #expect(
          recursion.run(search.values, &state).squares >= found.sums.squares
            * (1 - 2 * 0.01 / Double(y.count)))
      }
    }
  }

  @Test("with α₁ = 1 the level is simple smoothing by α₀ − 1")
  func realGainIsSimpleSmoothing() {
    let y = seasonalSeries(50, period: 50)
    var state = CESState(level: .valueLane * y[0], potential: .valueLane * 3)
    let fitted = CESRecursion(form: .none, gains: [1.35, 1, 0, 0]).predictions(y, &state)
    var level = y[0]
    for (t, value) in y.enumerated() {
      expectDigits([fitted[t]], [level], atLeast: 12, "\(t)")
      level += 0.35 * (value - level)
    }
  }

  @Test("the response is the path's derivative by an innovation", arguments: CESForm.allCases)
  func responseIsThatOfTheRecursion(form: CESForm) throws {
    let y = seasonalSeries(40, period: 6)
    let search = try Self.search(form, y)
    let recursion = CESRecursion(form: form, gains: Self.lanes(Self.gains[form] ?? []))
    var state = search.start
    _ = recursion.run(y, &state)
    let path = recursion.path(20, from: state).map { $0[0] }
    var moved = state
    _ = recursion.run([path[0] + 1], &moved)
    let response = recursion.response(20, cycle: 6)
    let after = recursion.path(19, from: moved).map { $0[0] }
    #expect(response[0] == 1)
    expectDigits(
      zip(after, path.dropFirst()).map { $0 - $1 }, Array(response.dropFirst()), atLeast: 9, "\(form)")
  }

  @Test("the stable region is that of the roots of the discounted transition")
  func stabilityIsThatOfTheRoots() {
    for a0 in stride(from: -0.2, through: 2.6, by: 0.07) {
      for a1 in stride(from: -0.3, through: 2.2, by: 0.07) {
        // D = [1 − (α₀ − α₁), −(1 − α₁); 1 − (α₀ + α₁), 1 − α₀].
        let (p, q, r, s) = (1 - (a0 - a1), -(1 - a1), 1 - (a0 + a1), 1 - a0)
        let half = (p + s) / 2
        let discriminant = half * half - (p * s - q * r)
        let radius =
          discriminant >= 0
          ? abs(half) + discriminant.squareRoot() : (half * half - discriminant).squareRoot()
        guard abs(radius - 1) > 1e-9 else { continue }
        #expect(CESRegion(form: .none).holds([0, 0, a0, a1, 0, 0, 0, 0]) == (radius < 1), "\(a0) \(a1)")
      }
    }
  }

  @Test("the least criterion is chosen, seasonal forms only with a season")
  func automaticChoice() throws {
    let seasonal = try TimeSeries(
      (0..<96).map { t -> Double in
        let season: Double = 4 * sin(Double(t) * .pi / 3)
        return 10 + season + 0.05 * Double(t * 7919 % 31)
      },
      start: .month(2001, 1), name: "season", rule: .mean, seasonalPeriod: 6)
    #expect(try AutoCES().fit(seasonal).form.isSeasonal)
    let plain = try TimeSeries(
      (0..<60).map { Double($0 * 7919 % 101) }, start: .month(2001, 1), name: "plain", rule: .mean)
    #expect(try AutoCES().fit(plain).form == .none)
    #expect(throws: ForecastError.self) {
      _ = try CES(.full).fit(
        TimeSeries([1, 2, 3, 4, 5, 6, 7, 8], start: .year(2001), name: "short", rule: .mean))
    }
  }
}
