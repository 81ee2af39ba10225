public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// A ramp to capacity fitted to a series.
public struct FittedRampToCapacity: FittedForecaster {
  /// The model that was fitted.
  public let model: RampToCapacity
  /// The series that the parameters were estimated on.
  public let basis: TimeSeries
  /// The series that forecasts follow: the basis, with later observations where some were taken in.
  public internal(set) var series: TimeSeries
  /// The fitted mean of each observation, on its own scale; missing observations have one too.
  public internal(set) var fitted: [Double?] = []
  /// The capacity K, the value of a base period at full flow; without standard error where it was given.
  public let capacity: Estimate
  /// The length d of the ramp in years (periods, for an integer index).
  public let years: Estimate
  /// The first flow in decimal years; without standard error where it was given.
  public let start: Estimate
  /// Whether the data say what the capacity is.
  ///
  /// Cost where it was fitted: a walk along the profile likelihood, some twenty fits, each time it is asked for.
  public var capacityStatus: CapacityStatus {
    model.capacity == nil ? CapacityStatus(fit.profileInterval) : .given
  }
  /// The dispersion: σ̂² (additive, multiplicative) or φ̂ (Poisson-type), with n − p degrees of freedom.
  public var dispersion: Double { fit.dispersion }
  /// The residual degrees of freedom.
  public var degreesOfFreedom: Int { fit.degreesOfFreedom }
  let fit: CurveFit<RampCurve>

  init(model: RampToCapacity, series: TimeSeries, fit: CurveFit<RampCurve>) {
    self.model = model
    basis = series
    self.series = series
    self.fit = fit
    var position = 0
    func next(_ given: Double?) -> Estimate {
      if let given { return Estimate(value: given, lower: given, upper: given) }
      position += 1
      return fit.estimates[position - 1]
    }
    capacity = next(model.capacity)
    years = next(nil)
    start = next(model.start)
    take(series.observations, from: 0)
  }

  /// The name of the model with its noise law.
  public var name: String { model.name }

  /// The root of the mean squared residual, in the unit of the series.
  public var rootMeanSquaredError: Double {
    var sum = 0.0
    for i in 0..<fit.sample.size {
      let residual = fit.sample.factor[i] * (fit.sample.total[i] - fit.total(i))
      sum += residual * residual
    }
    return (sum / Double(fit.sample.size)).squareRoot()
  }

  /// The root-mean-square error as a share of the capacity.
  public var relativeError: Double { rootMeanSquaredError / capacity.value }

  /// The curve's mean of a base period, in, before or after the series.
  public func mean(of period: Period) -> Double {
    fit.mean(first: origin.distance(to: period), count: 1)
  }

  /// The log-likelihood on the scale of y at the estimate, `nil` for a perfect fit.
  public var logLikelihood: Double? { fit.logLikelihood }

  /// The joint predictive distribution of the next base periods, parameter and noise uncertainty included.
  ///
  /// Sample paths from the posterior under a prior that is flat in log K (up to 100 times the largest observed period),
  /// log d and s (from twice the series' length before it). Where the capacity is not identified the paths spread over that whole range.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    try fit.forecast(horizon, model: name, series: series, origin: origin, floor: 0)
  }

  /// Coefficients, derived figures, criteria and residual tests.
  public var summary: FitSummary {
    var summary = fit.summary(model: name, series: basis)
    let unit = series.frequency == .index ? "periods" : "years"
    if let given = model.capacity {
      summary.facts.append(FitSummary.Fact(name: "capacity, given", value: given, unit: series.unit))
    }
    if let given = model.start { summary.facts.append(FitSummary.Fact(name: "start, given", value: given)) }
    let last = start.value + years.value
    summary.facts.append(FitSummary.Fact(name: "at capacity from", value: last))
    summary.facts.append(FitSummary.Fact("length of the ramp", years, unit: unit))
    summary.facts.append(
      FitSummary.Fact(name: "root-mean-square error over capacity", value: relativeError))
    summary.add(capacityStatus, of: "capacity", limit: "\(Int(capacityLimit)) times the largest value")
    return summary
  }
}
