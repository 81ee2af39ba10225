import Datasets
import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Scenarios
import Testing

@Suite("Power of Siberia-1 in hindsight")
struct PowerOfSiberia1Tests {
  /// Deliveries in 2020–25 as the semantics page scores them, bcm.
  static let deliveries = [4.1, 10.4, 15.4, 22.7, 31.0, 38.8]

  /// CRPS of the ramp prior, each year by the independent implementation: .34 .76 1.22 1.64 2.10 5.11, mean 1.86.
  @Test("The ramp prior scores as the independent implementation does")
  func rampPrior() throws {
    let scenario = try Scenario.small(
      smallScenario(
        horizon: "{from: 2020, to: 2025}", run: "{draws: 32768, replicates: 1, seed: 20260131}",
        """
        inputs:
          ramp_years: {unit: yr, basis: derived, dim: 3, shifted_lognormal: {p10: 4.0, p50: 5.5, p90: 9.0}}
          plateau_utilisation: {unit: fraction, basis: derived, dim: 4, pert: [0.70, 0.93, 1.02]}
        assets:
          ps1:
            capacity: {value: 38, unit: bcm/yr}
            start: 2019.917
            ramp: {shape: linear, years: ramp_years}
            utilisation: plateau_utilisation
        """))
    let paths = try scenario.checked().samples(of: (2020...2025).map { "ps1[\($0)]" })
    var scores: [Double] = []
    for (values, delivered) in zip(paths, Self.deliveries) {
      scores.append(try Empirical(values).crps(delivered))
    }
    for (score, expected) in zip(scores, [0.34, 0.76, 1.22, 1.64, 2.10, 5.11]) {
      #expect(abs(score - expected) <= 0.006, "\(scores)")
    }
    #expect(abs(scores.reduce(0, +) / 6 - 1.86) <= 0.006, "\(scores)")
  }

  @Test("The contract's schedule was off by 0.70 bcm a year")
  func contractSchedule() {
    let schedule: [Double] = [5, 10, 15, 22, 30, 38]
    let error = zip(schedule, Self.deliveries).reduce(0) { $0 + abs($1.0 - $1.1) } / 6
    #expect(abs(error - 0.70) < 0.005)
  }

  /// Start 2019.917 and capacity 38 given, calendar means fitted: 5.69 years, RMSE 0.033 of the capacity.
  @Test("A linear ramp fits the deliveries")
  func fittedRamp() throws {
    let series = try Datasets.energy.powerOfSiberia1()
    let fit = try RampToCapacity(capacity: 38, start: 2019.917).fit(series)
    let years = try #require(
      fit.summary.coefficients.first { $0.name.contains("years") || $0.name.contains("ramp") })
    #expect(abs(years.estimate - 5.69) <= 0.006, "\(fit.summary)")
    let squares = fit.residuals.compactMap { $0 }.reduce(0) { $0 + $1 * $1 }
    #expect(abs((squares / 6).squareRoot() / 38 - 0.033) <= 0.0006)
  }
}
