import Foundation
import Testing

@testable import ForecastModels

@Suite("Theta recursions")
struct ThetaRecursionTests {
  static let y = seasonalSeries(40, period: 7)

  /// The equations of section 3 of the paper by Fiorucci and others, as printed.
  static func definition(
    _ y: [Double], alpha: Double, theta: Double, level start: Double, isDynamic: Bool, horizon: Int,
    shock: Int? = nil
  ) -> (predictions: [Double], path: [Double]) {
    let w = 1 - 1 / theta
    let n = Double(y.count)
    var a = 0.0
    var b = 0.0
    var mean = 0.0
    if !isDynamic {
      let times = y.indices.map { Double($0 + 1) }
      let meanTime = (n + 1) / 2
      let meanValue = y.reduce(0, +) / n
      b =
        zip(times, y).map { ($0 - meanTime) * ($1 - meanValue) }.reduce(0, +)
        / times.map { ($0 - meanTime) * ($0 - meanTime) }.reduce(0, +)
      a = meanValue - b * meanTime
    }
    var level = start
    var predictions: [Double] = []
    for step in 0..<(y.count + horizon) {
      let t = Double(step + 1)
      let predicted =
        level + w * (pow(1 - alpha, t - 1) * a + (1 - pow(1 - alpha, t)) / alpha * b)
      predictions.append(predicted)
      let value = step < y.count ? y[step] : predicted + (step - y.count == shock ? 1 : 0)
      if step >= y.count { predictions[step] = value }
      level = alpha * value + (1 - alpha) * level
      if isDynamic {
        let before = mean
        mean = ((t - 1) * mean + value) / t
        b = step == 0 ? 0 : ((t - 2) * b + 6 * (value - before) / t) / (t + 1)
        a = mean - b * (t + 1) / 2
      }
    }
    return (Array(predictions.prefix(y.count)), Array(predictions.suffix(horizon)))
  }

  static func state(_ y: [Double], level: Double, isDynamic: Bool) -> ThetaState {
    let form: ThetaForm = isDynamic ? .dynamicOptimised : .optimised
    return ThetaState(level: level, line: ThetaSearch(y, form: form, limits: .leastSquares).fullLine)
  }

  @Test("the recursion is the printed one", arguments: [true, false], [1.0, 2, 7.5])
  func recursionIsTheDefinition(isDynamic: Bool, theta: Double) {
    let expected = Self.definition(
      Self.y, alpha: 0.3, theta: theta, level: 9, isDynamic: isDynamic, horizon: 12)
    let recursion = ThetaRecursion(alpha: 0.3, weight: 1 - 1 / theta, isDynamic: isDynamic)
    var state = Self.state(Self.y, level: 9, isDynamic: isDynamic)
    let predictions = recursion.run(Self.y, &state)
    expectDigits(predictions, expected.predictions, atLeast: 11, "predictions")
    expectDigits(recursion.path(12, from: state), expected.path, atLeast: 11, "path")
  }

  @Test("an innovation moves the path by its response", arguments: [true, false])
  func responsesAreTheDefinitions(isDynamic: Bool) {
    let recursion = ThetaRecursion(alpha: 0.3, weight: 0.6, isDynamic: isDynamic)
    var state = Self.state(Self.y, level: 9, isDynamic: isDynamic)
    _ = recursion.run(Self.y, &state)
    state.level = 0
    state.line = state.line.homogeneous
    for shock in [0, 3] {
      func path(_ shock: Int?) -> [Double] {
        Self.definition(
          Self.y, alpha: 0.3, theta: 2.5, level: 9, isDynamic: isDynamic, horizon: 9, shock: shock
        ).path
      }
      let response = zip(path(shock), path(nil)).map { $0 - $1 }
      let ours = recursion.path(9, from: state, shock: shock)
      for (one, other) in zip(ours, response) { #expect(abs(one - other) < 1e-11) }
    }
  }

  /// Hyndman and Billah (2003): with a fixed line the model is smoothing with drift wB from the level ℓ₀ + wA.
  @Test("a fixed line is smoothing with drift", arguments: [1.5, 2, 4])
  func fixedLineIsSmoothingWithDrift(theta: Double) {
    let w = 1 - 1 / theta
    var state = Self.state(Self.y, level: 9, isDynamic: false)
    let line = state.line
    let recursion = ThetaRecursion(alpha: 0.37, weight: w, isDynamic: false)
    let predictions = recursion.run(Self.y, &state)
    let drift = w * line.slope
    var level = 9 + w * line.intercept
    for (value, predicted) in zip(Self.y, predictions) {
      #expect(abs(predicted - (level + drift)) < 1e-11)
      level += drift + 0.37 * (value - level - drift)
    }
    for (step, value) in recursion.path(20, from: state).enumerated() {
      #expect(abs(value - (level + Double(step + 1) * drift)) < 1e-10)
    }
  }

  /// Assimakopoulos and Nikolopoulos (2000): the mean of the line and of simple smoothing of 2y − line.
  @Test("standard theta is the mean of two theta lines")
  func standardIsTheMeanOfTwoLines() {
    var state = Self.state(Self.y, level: 3, isDynamic: false)
    let line = state.line
    let recursion = ThetaRecursion(alpha: 0.4, weight: 0.5, isDynamic: false)
    let predictions = recursion.run(Self.y, &state)
    var smoothed = 6.0
    for (t, value) in Self.y.enumerated() {
      let trend = line.intercept + line.slope * Double(t + 1)
      #expect(abs(predictions[t] - 0.5 * (trend + smoothed)) < 1e-11)
      smoothed += 0.4 * (2 * value - trend - smoothed)
    }
    for (step, value) in recursion.path(5, from: state).enumerated() {
      let trend = line.intercept + line.slope * Double(Self.y.count + step + 1)
      #expect(abs(value - 0.5 * (trend + smoothed)) < 1e-11)
    }
  }

  @Test("statsforecast's parameters give statsforecast's residuals and forecasts")
  func peersParametersGiveThePeersFigures() throws {
    let data = try ETSFixture.loaded.get()
    let fits = try ThetaFixture.loaded.get().fits
    #expect(fits.count == 20)
    for fit in fits {
      let y = try #require(data.series[fit.series]).y
      let isDynamic = fit.model.hasPrefix("D")
      let recursion = ThetaRecursion(alpha: fit.alpha, weight: 1 - 1 / fit.theta, isDynamic: isDynamic)
      var state = Self.state(y, level: fit.initialSmoothed, isDynamic: isDynamic)
      let predictions = recursion.run(y, &state)
      let size = y.map(abs).reduce(0, +) / Double(y.count)
      for t in 2..<y.count {
        #expect(
          abs(y[t] - predictions[t] - fit.residuals[t]) < 1e-9 * size, "\(fit.series) \(fit.model) \(t)")
      }
      expectDigits(
        recursion.path(fit.mean.count, from: state), fit.mean, atLeast: 9, "\(fit.series) \(fit.model)")
    }
  }

  /// R smooths the series itself and adds half the slope afterwards: the same from the level l − ½(A + B).
  @Test("R's smoothing gives R's thetaf")
  func smoothingOfRGivesThetaf() throws {
    for fit in try ThetaFixture.FromR.loaded.get().fits {
      var state = Self.state(fit.y, level: 0, isDynamic: false)
      state.level = fit.level - 0.5 * (state.line.intercept + state.line.slope)
      let recursion = ThetaRecursion(alpha: fit.alpha, weight: 0.5, isDynamic: false)
      _ = recursion.run(fit.y, &state)
      expectDigits(recursion.path(fit.mean.count, from: state), fit.mean, atLeast: 9, "\(fit.series)")
    }
  }
}
