public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// Exponential growth: the mean of base period t is μ_t = exp(α + b t), with t = 0 at the first period of the series.
///
/// An observation that covers several periods has the sum (or mean) of their μ_t; nothing is interpolated. The noise
/// law chooses the estimator: the log-linear regression with lognormal back-transformation (`multiplicative`, the
/// default; on single periods it is exactly least squares of log y on t), nonlinear least squares (`additive`), or the
/// quasi-Poisson regression with log link (`poisson`). The information criteria of the three are on the scale of y and
/// may be compared.
///
/// ```swift
/// let growth = try ExponentialGrowth().fit(series)
/// print(growth.compoundAnnualGrowthRate.value, growth.doublingTime?.value ?? .infinity)
/// let outlook = try growth.forecast(24)
/// ```
///
/// Cost: linear in the number of observations, some ten passes.
public struct ExponentialGrowth: Forecaster, Codable {
  /// The noise law.
  public var noise: GrowthNoise

  /// Exponential growth with a noise law.
  public init(noise: GrowthNoise = .multiplicative) { self.noise = noise }

  /// `Exponential growth (multiplicative noise)` and so on.
  public var name: String { "Exponential growth (\(noise.rawValue) noise)" }

  /// The curve fitted to a series by the estimator of its noise law.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below three values, `.notPositive` for values outside the noise law's
  ///   domain.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedExponentialGrowth {
    let sample = try GrowthSample(series, noise: noise, model: name, needed: 3)
    return try fitted(to: series, sample, ExponentialKernel(sample, noise: noise).solve())
  }

  /// The fit at a solution, all of whose figures are numbers.
  func fitted(
    to series: TimeSeries, _ sample: GrowthSample, _ solution: ExponentialKernel.Solution
  ) throws(ForecastError) -> FittedExponentialGrowth {
    let fitted = FittedExponentialGrowth(model: self, series: series, sample: sample, solution: solution)
    let figures = [
      ("log level", solution.alpha), ("rate", solution.rate),
      ("variance of the log level", solution.varianceAlpha), ("variance of the rate", solution.varianceRate),
      ("dispersion", fitted.dispersion),
    ]
    for (figure, value) in figures where !value.isFinite {
      throw .numerics(model: name, series: series.name, .invalidParameter(name: figure, value: value))
    }
    return fitted
  }
}

extension ExponentialGrowth: DescribedForecaster {
  /// `exponential-growth`.
  public static let descriptions = [
    ModelDescription(
      "exponential-growth", "growth at a constant rate",
      ExponentialGrowth(), [.noise(\.noise)])
  ]
}

/// Exponential growth fitted to a series.
public struct FittedExponentialGrowth: FittedForecaster {
  /// The model that was fitted.
  public let model: ExponentialGrowth
  /// The series that the parameters were estimated on.
  public let basis: TimeSeries
  /// The series that forecasts follow: the basis, with later observations where some were taken in.
  public internal(set) var series: TimeSeries
  /// The fitted mean of each observation, on its own scale; missing observations have one too.
  public internal(set) var fitted: [Double?] = []
  /// log μ of the first base period, the intercept of the log-linear regression.
  public let logLevel: Estimate
  /// The continuous rate b of growth per base period, with its t interval.
  public let rate: Estimate
  /// The dispersion: σ̂² (additive, multiplicative) or φ̂ (Poisson-type), with n − 2 degrees of freedom.
  public let dispersion: Double
  /// The residual degrees of freedom.
  public let degreesOfFreedom: Int
  /// The covariance of the log level and the rate.
  public let covariance: Double
  /// The number of scoring steps.
  public let iterations: Int
  /// Whether the scoring met its tolerance.
  public let converged: Bool
  let sample: GrowthSample
  let solution: ExponentialKernel.Solution

  init(
    model: ExponentialGrowth, series: TimeSeries, sample: GrowthSample, solution: ExponentialKernel.Solution
  ) {
    self.model = model
    basis = series
    self.series = series
    self.sample = sample
    self.solution = solution
    iterations = solution.iterations
    converged = solution.converged
    degreesOfFreedom = sample.size - 2
    let pearson = sample.pearson(model.noise) {
      exponentialTotal(solution, first: sample.first[$0], count: sample.count[$0])
    }
    dispersion = pearson / Double(sample.size - 2)
    let c = solution.centre
    let b = solution.rate
    let levelVariance =
      dispersion * (solution.varianceAlpha - 2 * c * solution.covariance + c * c * solution.varianceRate)
    covariance = dispersion * (solution.covariance - c * solution.varianceRate)
    let t = studentQuantile(0.975, degreesOfFreedom: sample.size - 2)
    let rateError = (dispersion * solution.varianceRate).squareRoot()
    let levelError = levelVariance.squareRoot()
    rate = Estimate(
      value: b, standardError: rateError, lower: b - t * rateError, upper: b + t * rateError)
    let level = solution.alpha - b * c
    logLevel = Estimate(
      value: level, standardError: levelError, lower: level - t * levelError, upper: level + t * levelError)
    take(series.observations, from: 0)
  }

  /// The name of the model with its noise law.
  public var name: String { model.name }

  /// μ of the first base period, in the unit of the series.
  public var level: Estimate {
    logLevel.mapped(slope: .exp(logLevel.value)) { .exp($0) }
  }

  /// The relative growth from one base period to the next, exp(b) − 1.
  public var growthRate: Estimate {
    rate.mapped(slope: .exp(rate.value)) { .expMinusOne($0) }
  }

  /// The relative growth in a year, exp(b · periods a year) − 1; for an integer index, the growth per period.
  public var compoundAnnualGrowthRate: Estimate {
    let periods = series.frequency.meanPeriodsPerYear
    return rate.mapped(slope: periods * .exp(rate.value * periods)) { .expMinusOne($0 * periods) }
  }

  /// The years (periods, for an integer index) in which the mean doubles, log 2/b; `nil` when it does not grow.
  ///
  /// When the rate's interval reaches zero the interval of the doubling time has no upper end: `upper` is `nil`.
  public var doublingTime: Estimate? {
    rate.value > 0 ? timeToDouble(rate.value, lower: rate.lower, upper: rate.upper) : nil
  }

  /// The years (periods, for an integer index) in which the mean halves, −log 2/b; `nil` when it does not fall.
  ///
  /// When the rate's interval reaches zero the interval of the halving time has no upper end: `upper` is `nil`.
  public var halvingTime: Estimate? {
    rate.value < 0
      ? timeToDouble(-rate.value, lower: rate.upper.map { -$0 }, upper: rate.lower.map { -$0 }) : nil
  }

  private func timeToDouble(_ pace: Double, lower: Double?, upper: Double?) -> Estimate {
    let periods = series.frequency.meanPeriodsPerYear
    let years: (Double) -> Double = { .log(2) / $0 / periods }
    return Estimate(
      value: years(pace), standardError: rate.standardError.map { $0 * years(pace) / pace },
      lower: upper.map(years), upper: lower.flatMap { $0 > 0 ? years($0) : nil })
  }

  /// The curve's mean of a base period, in or after the series.
  public func mean(of period: Period) -> Double {
    exponentialTotal(solution, first: Double(origin.distance(to: period)), count: 1)
  }

  /// The log-likelihood on the scale of y at the estimate, `nil` for a perfect fit.
  public var logLikelihood: Double? {
    sample.logLikelihood(model.noise) {
      exponentialTotal(solution, first: sample.first[$0], count: sample.count[$0])
    }
  }

  /// The joint predictive distribution of the next base periods, parameter and noise uncertainty included.
  ///
  /// Multiplicative noise: the logarithms are jointly Student t with n − 2 degrees of freedom, location α̂ + b̂t and
  /// scale σ̂²I + XVXᵀ (exact on single periods, linearised over spans). Additive and Poisson-type noise: sample paths
  /// from the parameters' posterior and the noise law.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let start = Double(origin.distance(to: series.end) + 1)
    return try numerics { () throws(NumericsError) in
      model.noise == .multiplicative
        ? ExponentialOf(try logarithms(from: start, horizon: horizon))
        : try paths(from: start, horizon: horizon) as any PredictiveDistribution
    }
  }

  private func paths(from start: Double, horizon: Int) throws(NumericsError) -> CurvePaths {
    let kernel = self.sample
    let noise = model.noise
    let centre = solution.centre
    var scale = Matrix(rows: 2, columns: 2, repeating: 0)
    scale[0, 0] = dispersion * solution.varianceAlpha
    scale[0, 1] = dispersion * solution.covariance
    scale[1, 0] = dispersion * solution.covariance
    scale[1, 1] = dispersion * solution.varianceRate
    let draws = ParameterDraws(
      estimate: [solution.alpha, solution.rate], scale: scale, observations: kernel.size
    ) { point in
      let value = kernel.objective(noise) {
        exponentialTotal(point, centre: centre, first: kernel.first[$0], count: kernel.count[$0])
      }
      return value.isFinite ? value : nil
    }
    return try CurvePaths(horizon: horizon, noise: noise, draws: draws) { point, step in
      .exp(point[0] + point[1] * (start + Double(step) - centre))
    }
  }

  private func logarithms(from start: Double, horizon: Int) throws(NumericsError) -> JointStudentT {
    // α + bt has variance vα + 2tc + t²vb: two common causes by the factor of [vα, c; c, vb], and each period's noise.
    let deviation = dispersion.squareRoot()
    let first = solution.varianceAlpha.squareRoot()
    let cross = first > 0 ? solution.covariance / first : 0
    let second = max(0, solution.varianceRate - cross * cross).squareRoot()
    var location: [Double] = []
    var loadings = Matrix(rows: horizon, columns: 2, repeating: 0)
    for step in 0..<horizon {
      let t = start + Double(step) - solution.centre
      location.append(solution.alpha + solution.rate * t)
      loadings[step, 0] = deviation * (first + t * cross)
      loadings[step, 1] = deviation * t * second
    }
    return try JointStudentT(
      location: location, loadings: loadings, own: [Double](repeating: deviation, count: horizon),
      degreesOfFreedom: Double(degreesOfFreedom))
  }
}

/// Σ μ_t over a span.
func exponentialTotal(_ solution: ExponentialKernel.Solution, first: Double, count: Double) -> Double {
  exponentialTotal([solution.alpha, solution.rate], centre: solution.centre, first: first, count: count)
}

/// Σ exp(α + b(t − c)) over `count` periods from `first` on.
func exponentialTotal(_ point: [Double], centre: Double, first: Double, count: Double) -> Double {
  var sum = 0.0
  for j in 0..<Int(count) { sum += .exp(point[0] + point[1] * (first + Double(j) - centre)) }
  return sum
}

/// The quantile of the standard Student t law.
func studentQuantile(_ probability: Double, degreesOfFreedom: Int) -> Double {
  let law = try? StudentT(degreesOfFreedom: Double(degreesOfFreedom), location: 0, scale: 1)
  return law?.quantile(probability) ?? .infinity
}
