public import Forecasting
internal import ForesightNumerics

/// A growth curve that levels off at a capacity which the data shall tell.
///
/// An observation over several base periods has the sum (or mean) of their means; nothing is interpolated. The noise law
/// chooses the estimator (`GrowthNoise`); the information criteria are on the scale of y and may be compared across
/// curves and noise laws, with those of `ExponentialGrowth` too.
///
/// A capacity is looked for up to 100 times the largest observed period. Where the data are still short of the bend,
/// every capacity from some value up fits them as well: `FittedSaturatingGrowth.capacityStatus` says so, and the forecast
/// spreads the capacity over that whole range.
public protocol SaturatingGrowth: Forecaster, Codable {
  /// The noise law.
  var noise: GrowthNoise { get }
}

/// A saturating growth model with the curve that it fits.
protocol CurveModel: SaturatingGrowth {
  associatedtype Curve: GrowthCurve
  /// Refuses a model that cannot be fitted.
  func validate() throws(ForecastError)
  /// The format that a fit is encoded in.
  static var format: String { get }
  /// What the model calls the capacity, and how far it is looked for.
  static var capacityName: String { get }
  static var limit: String { get }
  /// The number of parameters.
  var parameterCount: Int { get }
  /// The curve of a sample.
  func curve(_ sample: GrowthSample) -> Curve
}

/// A curve with its parameter types erased.
protocol FittedCurve: Sendable {
  var optimum: CurveOptimum { get }
  var estimates: [Estimate] { get }
  /// The reported figures by name.
  var named: [(name: String, estimate: Estimate)] { get }
  var dispersion: Double { get }
  var degreesOfFreedom: Int { get }
  var logLikelihood: Double? { get }
  var status: Convergence.Status { get }
  var profileInterval: (lower: Double?, upper: Double?) { get }
  /// The rate of growth per base period, where the curve has one.
  var rate: Estimate? { get }
  func mean(first: Int, count: Int) -> Double
  func forecast(
    _ horizon: Int, model: String, series: TimeSeries, origin: Period, floor: Double
  ) throws(ForecastError) -> CurvePaths
  func summary(model: String, series: TimeSeries) -> FitSummary
}

extension CurveFit: FittedCurve {
  var optimum: CurveOptimum {
    CurveOptimum(
      parameters: parameters, isAtBound: isAtBound, status: status, iterations: iterations, runs: runs)
  }
  var named: [(name: String, estimate: Estimate)] {
    zip(curve.reportedNames, estimates).map { (name: $0, estimate: $1) }
  }
  var profileInterval: (lower: Double?, upper: Double?) { CurveProfile(self).interval() }
  var rate: Estimate? { curve.rateIndex.map { estimates[$0] } }
  func mean(first: Int, count: Int) -> Double { curve.mean(parameters, first: first, count: count) }
}

extension CurveModel {
  /// The model fitted to a series.
  func fitted(to series: TimeSeries) throws(ForecastError) -> FittedSaturatingGrowth<Self> {
    FittedSaturatingGrowth(
      model: self, series: series, curve: try curve(of: series), capacityName: Self.capacityName,
      limit: Self.limit)
  }

  /// The curve fitted to a series; with an optimum, the one that stands there.
  func curve(
    of series: TimeSeries, at optimum: CurveOptimum? = nil
  ) throws(ForecastError) -> any FittedCurve {
    try validate()
    let sample = try GrowthSample(series, noise: noise, model: name, needed: parameterCount + 1)
    let level = sample.total[0] / sample.count[0]
    guard (0..<sample.size).contains(where: { sample.total[$0] / sample.count[$0] != level }) else {
      throw .constantSeries(model: name, series: series.name)
    }
    do throws(NumericsError) {
      let curve = curve(sample)
      guard let optimum else { return try CurveFit(curve, sample: sample, noise: noise) }
      return try CurveFit(curve, sample: sample, noise: noise, at: optimum)
    } catch {
      throw .numerics(model: name, series: series.name, error)
    }
  }
}

/// A saturating growth curve fitted to a series.
public struct FittedSaturatingGrowth<Model: SaturatingGrowth>: FittedForecaster {
  /// The model that was fitted.
  public let model: Model
  /// The series that the parameters were estimated on.
  public let basis: TimeSeries
  /// The series that forecasts follow: the basis, with later observations where some were taken in.
  public internal(set) var series: TimeSeries
  /// The fitted mean of each observation, on its own scale; missing observations have one too.
  public internal(set) var fitted: [Double?] = []
  let curve: any FittedCurve
  private let capacityName: String
  private let limit: String

  init(
    model: Model, series: TimeSeries, curve: any FittedCurve, capacityName: String, limit: String
  ) {
    self.model = model
    basis = series
    self.series = series
    self.curve = curve
    self.capacityName = capacityName
    self.limit = limit
    take(series.observations, from: 0)
  }

  /// The name of the model with its noise law.
  public var name: String { model.name }

  /// The capacity: the value of a base period that the curve levels off at; for Bass the sum over all periods.
  ///
  /// Without standard error where it stands at the end of its range.
  public var capacity: Estimate { curve.estimates[0] }

  /// Whether the data say what the capacity is.
  ///
  /// Cost: a walk along the profile likelihood, some twenty fits, each time it is asked for.
  public var capacityStatus: CapacityStatus { CapacityStatus(curve.profileInterval) }

  /// The dispersion: σ̂² (additive, multiplicative) or φ̂ (Poisson-type), with n − p degrees of freedom.
  public var dispersion: Double { curve.dispersion }

  /// The residual degrees of freedom n − p.
  public var degreesOfFreedom: Int { curve.degreesOfFreedom }

  /// The log-likelihood on the scale of y at the estimate, `nil` for a perfect fit.
  public var logLikelihood: Double? { curve.logLikelihood }

  /// Whether the best of the optimiser's runs met a criterion of optimality.
  public var converged: Bool { curve.status.isConverged }

  /// The curve's mean of a base period, in, before or after the series.
  public func mean(of period: Period) -> Double {
    curve.mean(first: origin.distance(to: period), count: 1)
  }

  /// The joint predictive distribution of the next base periods, parameter and noise uncertainty included.
  ///
  /// Sample paths from the posterior under a prior that is flat in the logarithm of the capacity, up to 100 times the
  /// largest observed period (for Bass the observed total), and in the parameters of an exponential curve: the logarithm
  /// of the level in the middle of the series and the relative slope there (for Bass in log p and log q). An unidentified
  /// capacity spreads over that whole range: the forecast is wide and stays bounded.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    try curve.forecast(horizon, model: name, series: series, origin: origin, floor: -.infinity)
  }

  /// Coefficients, the capacity's profile interval, criteria and residual tests.
  public var summary: FitSummary {
    var summary = curve.summary(model: name, series: basis)
    summary.add(capacityStatus, of: capacityName, limit: limit)
    return summary
  }
}
