import Foundation
import Testing

@testable import ForecastModels

@Suite struct ETSRecursionTests {
  /// The definition, table by table, in its error-correction form with ε for multiplicative errors.
  static func definition(
    _ form: ETSForm, _ y: [Double], _ p: ETSParameters, _ start: ETSState, period: Int
  ) -> (predictions: [Double], squares: Double, logScale: Double, state: ETSState) {
    var l = start.level
    var b = start.slope
    var s = start.seasonal
    var predictions: [Double] = []
    var squares = 0.0
    var logScale = 0.0
    for (t, value) in y.enumerated() {
      let season = form.season == .none ? 0 : s[t % period]
      let carried = form.trend.isMultiplicative ? pow(b, p.phi) : p.phi * b
      let q: Double
      switch form.trend {
      case .none: q = l
      case .additive, .additiveDamped: q = l + carried
      case .multiplicative, .multiplicativeDamped: q = l * carried
      }
      let prediction: Double
      switch form.season {
      case .none: prediction = q
      case .additive: prediction = q + season
      case .multiplicative: prediction = q * season
      }
      predictions.append(prediction)
      // e is the additive innovation, ŷε for multiplicative errors.
      let e: Double
      if form.error == .additive {
        e = value - prediction
        squares += e * e
      } else {
        let epsilon = value / prediction - 1
        e = prediction * epsilon
        squares += epsilon * epsilon
        logScale += log(abs(prediction))
      }
      let share = form.season == .multiplicative ? e / season : e
      switch form.trend {
      case .none: break
      case .additive, .additiveDamped: b = carried + p.beta * share
      case .multiplicative, .multiplicativeDamped: b = carried + p.beta * share / l
      }
      if form.season == .additive { s[t % period] = season + p.gamma * e }
      if form.season == .multiplicative { s[t % period] = season + p.gamma * e / q }
      l = q + p.alpha * share
    }
    let next = form.season == .none ? 0 : y.count % period
    return (
      predictions, squares, logScale, ETSState(level: l, slope: b, seasonal: Array(s[next...] + s[..<next]))
    )
  }

  @Test(arguments: ETSForm.allForms)
  func recursionIsTheDefinition(form: ETSForm) {
    let y = seasonalSeries(31, period: 4)
    let parameters = ETSParameters(
      alpha: 0.4, beta: form.trend == .none ? 0 : 0.1, gamma: form.season == .none ? 0 : 0.3,
      phi: form.trend.isDamped ? 0.9 : 1)
    let slope = form.trend == .none ? 0 : form.trend.isMultiplicative ? 1.01 : 0.1
    let seasonal: [Double] =
      form.season == .none ? [] : form.season == .additive ? [1, 2, -1, -2] : [1.1, 1.2, 0.9, 0.8]
    let start = ETSState(level: 10, slope: slope, seasonal: seasonal)
    let run = ETSRecursion(form: form, period: 4).run(y, parameters: parameters, from: start)
    let expected = Self.definition(form, y, parameters, start, period: 4)
    #expect(run.isValid)
    expectDigits(run.predictions, expected.predictions, atLeast: 12, "predictions")
    expectDigits([run.squares, run.logScale], [expected.squares, expected.logScale], atLeast: 12, "sums")
    expectDigits([run.state.level], [expected.state.level], atLeast: 12, "level")
    if form.trend != .none { expectDigits([run.state.slope], [expected.state.slope], atLeast: 11, "slope") }
    expectDigits(run.state.seasonal, expected.state.seasonal, atLeast: 11, "seasonal")
  }

  /// R's own parameters give R's likelihood, final state and point forecasts.
  @Test func peersParametersGiveThePeersFigures() throws {
    let fixture = try ETSFixture.loaded.get()
    #expect(fixture.fits.count > 80)
    for fit in fixture.fits {
      let form = try #require(ETSForm(fit.form))
      let data = try #require(fixture.series[fit.series])
      let recursion = ETSRecursion(form: form, period: form.season == .none ? 1 : data.period)
      let run = recursion.run(data.y, parameters: fit.smoothing, from: fit.state(form, fit.initial))
      let n = Double(data.y.count)
      let likelihood = -0.5 * n * log(run.squares) - run.logScale
      expectDigits([likelihood], [fit.logLikelihood], atLeast: 9, "\(fit.series) \(fit.form)")
      let final = fit.state(form, fit.final)
      expectDigits([run.state.level], [final.level], atLeast: 8, "\(fit.series) \(fit.form) level")
      expectDigits(run.state.seasonal, final.seasonal, atLeast: 7, "\(fit.series) \(fit.form) season")
      let path = recursion.path(fit.path.count, parameters: fit.smoothing, from: run.state)
      // R's point forecast is this path where it is the mean too. For a multiplicative season it turns to the mean after
      // a cycle, and its damped forms outside the linear ones sum φ + φ + φ² … where the definition has φ + φ² ….
      let isMean = !form.trend.isMultiplicative && form.season != .multiplicative
      guard isMean || !form.trend.isDamped else { continue }
      let agreed = form.season == .multiplicative ? data.period : path.count
      expectDigits(
        Array(path.prefix(agreed)), Array(fit.path.prefix(agreed)), atLeast: 8,
        "\(fit.series) \(fit.form) path")
    }
  }
}
