public import Forecasting
internal import ForesightNumerics

/// The members of `Auto` fitted to a series.
public struct FittedAuto: FittedForecaster {
  /// The series that was fitted.
  public let series: TimeSeries
  let pool: AutoPool?
  /// What stands in where the members do not suit the series.
  let substitute: (any FittedForecaster)?
  let note: String?

  /// `Auto`.
  public var name: String { "Auto" }

  /// The members that dropped out.
  public var failures: [CombinationFailure] { pool?.failures ?? [] }

  /// The mean of the members' one-step predictions where all have one.
  public var fitted: [Double?] { pool?.fitted ?? substitute?.fitted ?? [] }

  /// The joint predictive distribution of the next base periods.
  ///
  /// The mean is that of the members; square roots about it are Student t, so that no value is below zero, and sums
  /// over the horizon are those of joint paths. Data that are not all positive have a Student t law.
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    guard let pool else {
      guard let own = substitute?.forecast(horizon) else {
        preconditionFailure("a fit has members or a substitute")
      }
      return Forecast(model: name, series: series, distribution: own.distribution)
    }
    do throws(NumericsError) {
      return Forecast(
        model: name, series: series, distribution: try pool.law(horizon, after: series.count))
    } catch {
      preconditionFailure("a Gram matrix of finite numbers is positive semidefinite: \(error)")
    }
  }

  /// The members, their weights, and what they found.
  public var summary: FitSummary {
    guard let pool else {
      var summary = substitute?.summary ?? FitSummary(model: name, of: series)
      summary.model = "\(name): \(summary.model)"
      if let note { summary.notes.append(note) }
      return summary
    }
    var summary = FitSummary(model: name, of: series)
    let weight = 1 / Double(pool.count)
    func member(_ name: String) {
      summary.coefficients.append(FitSummary.Coefficient(name: "weight of \(name)", estimate: weight))
    }
    member("\(pool.smoothing.name)")
    if let levels = pool.levels {
      member("smoothing by levels")
      for (periods, fit) in levels.fits {
        summary.notes.append("level of \(periods) \(periods == 1 ? "period" : "periods"): \(fit.name)")
      }
    }
    if let arma = pool.arma {
      member("ARMA(1,1) of differences")
      summary.facts.append(FitSummary.Fact(name: "posterior mean of phi", value: arma.phi))
      summary.facts.append(FitSummary.Fact(name: "posterior mean of theta", value: arma.theta))
    }
    summary.notes.append(
      pool.season.indices.isEmpty
        ? "no season was taken out"
        : "a season of \(pool.season.indices.count) periods was taken out by "
          + (pool.season.isMultiplicative ? "multiplication" : "addition"))
    for failure in pool.failures { summary.notes.append("left out: \(failure.member): \(failure.reason)") }
    return summary
  }
}
