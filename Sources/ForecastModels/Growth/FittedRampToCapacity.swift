public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// A ramp to capacity fitted to a series.
public struct FittedRampToCapacity: FittedForecaster {
  /// The model that was fitted.
  public let model: RampToCapacity
  /// The series that was fitted.
  public let series: TimeSeries
  /// The fitted mean of each observation, on its own scale; missing observations have one too.
  public let fitted: [Double?]
  /// The capacity K, the value of a base period at full flow; without standard error where it was given.
  public let capacity: GrowthEstimate
  /// The length d of the ramp in years (periods, for an integer index).
  public let years: GrowthEstimate
  /// The first flow in decimal years; without standard error where it was given.
  public let start: GrowthEstimate
  /// Whether the data say what the capacity is.
  public let capacityStatus: CapacityStatus
  /// The dispersion: σ̂² (additive, multiplicative) or φ̂ (Poisson-type), with n − p degrees of freedom.
  public var dispersion: Double { fit.dispersion }
  /// The residual degrees of freedom.
  public var degreesOfFreedom: Int { fit.degreesOfFreedom }
  let fit: CurveFit<RampCurve>

  init(model: RampToCapacity, series: TimeSeries, fit: CurveFit<RampCurve>) {
    self.model = model
    self.series = series
    self.fit = fit
    fitted = series.observations.map { observation in
      let (first, count, factor) = GrowthSample.geometry(of: observation.span, in: series)
      return factor * fit.curve.mean(fit.parameters, first: Int(first), count: Int(count))
    }
    var position = 0
    func next(_ given: Double?) -> GrowthEstimate {
      if let given { return GrowthEstimate(value: given, lower: given, upper: given) }
      position += 1
      return fit.estimate(position - 1)
    }
    capacity = next(model.capacity)
    years = next(nil)
    start = next(model.start)
    capacityStatus = model.capacity == nil ? CapacityStatus(CurveProfile(fit).interval()) : .given
  }

  /// The name of the model with its noise law.
  public var name: String { model.name }

  /// The root of the mean squared residual, in the unit of the series.
  public var rootMeanSquaredError: Double {
    var sum = 0.0
    for residual in residuals { sum += residual.map { $0 * $0 } ?? 0 }
    return (sum / Double(fit.sample.size)).squareRoot()
  }

  /// The root-mean-square error as a share of the capacity.
  public var relativeError: Double { rootMeanSquaredError / capacity.value }

  /// The curve's mean of a base period, in, before or after the series.
  public func mean(of period: Period) -> Double {
    fit.curve.mean(fit.parameters, first: series.start.distance(to: period), count: 1)
  }

  /// The log-likelihood on the scale of y at the estimate, `nil` for a perfect fit.
  public var logLikelihood: Double? { fit.logLikelihood }

  /// The joint predictive distribution of the next base periods, parameter and noise uncertainty included.
  ///
  /// Sample paths from the posterior under a prior that is flat in log K (up to 100 times the largest observed period),
  /// log d and s. Where the capacity is not identified the paths spread over that whole range.
  public func forecast(_ horizon: Int) -> Forecast {
    curveForecast(fit, horizon: horizon, model: name, series: series, floor: 0)
  }

  /// Coefficients, derived figures, criteria and residual tests.
  public var summary: FitSummary {
    var summary = curveSummary(fit, model: name, series: series)
    let unit = series.frequency == .index ? "periods" : "years"
    if let given = model.capacity {
      summary.facts.append(FitSummary.Fact(name: "capacity, given", value: given, unit: series.unit))
    }
    if let given = model.start { summary.facts.append(FitSummary.Fact(name: "start, given", value: given)) }
    let last = start.value + years.value
    summary.facts.append(FitSummary.Fact(name: "at capacity from", value: last))
    summary.facts.append(fact("length of the ramp", years, unit: unit))
    summary.facts.append(
      FitSummary.Fact(name: "root-mean-square error over capacity", value: relativeError))
    addCapacity(capacityStatus, name: "capacity", unit: series.unit, to: &summary)
    return summary
  }
}

/// The predictive distribution of a fitted curve.
func curveForecast<Curve: GrowthCurve>(
  _ fit: CurveFit<Curve>, horizon: Int, model: String, series: TimeSeries, floor: Double
) -> Forecast {
  precondition(horizon > 0, "a horizon is at least one period")
  let start = series.periodCount
  var posterior = CurvePosterior(fit)
  do throws(NumericsError) {
    let distribution = try CurvePaths(
      horizon: horizon, noise: fit.noise, draws: posterior.draws(), floor: floor
    ) { point, step in fit.curve.mean(point, first: start + step, count: 1) }
    return Forecast(model: model, series: series, distribution: distribution)
  } catch {
    preconditionFailure("a finite fit has a finite forecast: \(error)")
  }
}

/// What the summaries of fitted curves share: coefficients, criteria, residual tests, convergence.
func curveSummary<Curve: GrowthCurve>(
  _ fit: CurveFit<Curve>, model: String, series: TimeSeries
) -> FitSummary {
  var summary = FitSummary(model: model, of: series)
  let names = fit.curve.parameterNames
  summary.coefficients = names.indices.map {
    coefficient(names[$0], fit.estimate($0), degreesOfFreedom: fit.degreesOfFreedom)
  }
  summary.degreesOfFreedom = Double(fit.degreesOfFreedom)
  summary.residualStandardError = fit.dispersion.squareRoot()
  fillCriteria(
    &summary, sample: fit.sample, noise: fit.noise, parameters: names.count + 1,
    logLikelihood: fit.logLikelihood, objective: fit.objective)
  if fit.logLikelihood != nil {
    summary.diagnostics = ResidualDiagnostics(fit.scaledResiduals).tests(
      design: fit.curve.design(fit.parameters, fit.sample, fit.noise), seasonalPeriod: series.seasonalPeriod)
  }
  for j in names.indices where fit.isAtBound[j] {
    summary.notes.append("\(names[j]) stands at the bound of its range and has no standard error")
  }
  if fit.covariance == nil {
    summary.notes.append("the data leave a combination of the parameters open: no standard errors")
  }
  summary.convergence =
    "\(fit.status.isConverged ? "converged" : "not certified (\(fit.status))") in \(fit.iterations) steps"
    + " over \(fit.runs) starts"
  return summary
}

/// The capacity's profile interval, or the note that it has none.
func addCapacity(_ status: CapacityStatus, name: String, unit: String, to summary: inout FitSummary) {
  switch status {
  case .given: break
  case .identified(let lower, let upper):
    if let estimate = summary.coefficients.first(where: { $0.name == name })?.estimate {
      summary.facts.append(
        FitSummary.Fact(
          name: "\(name), profile likelihood", value: estimate, lower: lower, upper: upper, unit: unit))
    }
  case .unidentified(let lowerBound):
    summary.notes.append(
      "the data do not identify the \(name): any value from \(rounded(lowerBound)) up is within its 95 % profile "
        + "interval; forecasts spread it evenly in logarithm up to \(Int(capacityLimit)) times the largest value"
    )
  }
}

/// A number to four significant digits, for a sentence.
private func rounded(_ value: Double) -> String {
  guard value > 0, value.isFinite else { return "\(value)" }
  let scale = Double.exp10((Double.log10(value)).rounded(.down) - 3)
  let digits = (value / scale).rounded()
  let result = scale < 1 ? digits / (1 / scale).rounded() : digits * scale
  return "\(result)"
}
