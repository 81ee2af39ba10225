public import Forecasting
internal import RealModule

/// Complex exponential smoothing fitted to a series.
public struct FittedCES: FittedForecaster {
  /// The name of the model that made the fit.
  public let name: String
  /// The form.
  public let form: CESForm
  /// The series that was fitted, with what was taken in since.
  public internal(set) var series: TimeSeries
  /// α₀ and α₁, then b of the partial form or β₀ and β₁ of the full one.
  public let gains: [Double]
  /// σ̂² of the innovations: Σe² over observations less gains and starts.
  public let variance: Double
  /// The degrees of freedom of σ̂².
  public let degreesOfFreedom: Double
  /// The Gaussian log-likelihood; `nil` for a perfect fit.
  public let logLikelihood: Double?
  /// Why the search for the gains ended.
  public let status: CESStatus
  /// The passes over the series.
  public let evaluations: Int
  /// The number of values that were fitted.
  public let observedCount: Int
  /// The base periods in the cycle of the form; 1 without season.
  public let seasonalPeriod: Int
  /// The one-step predictions.
  public internal(set) var fitted: [Double?]
  /// The first period of the fit, which times are counted from.
  let origin: Period
  let scale: Double
  let initialState: CESState
  var state: CESState
  /// The columns of a factor of the covariance of starts and gains, in the scaled unit.
  let uncertainty: [[Double]]

  init(name: String, form: CESForm, estimation: CESEstimation, series: TimeSeries, sample: CESSample) {
    let search = CESSearch(sample, form: form, estimation: estimation)
    self.init(
      name: name, form: form, series: series, sample: sample, search: search, optimum: search.optimum())
  }

  init(
    name: String, form: CESForm, series: TimeSeries, sample: CESSample, search: CESSearch,
    optimum: CESSearch.Optimum
  ) {
    self.name = name
    self.form = form
    self.series = series
    origin = series.start
    scale = sample.scale
    gains = (0..<form.gainCount).map { optimum.parameters[2 + $0] }
    status = optimum.status
    evaluations = optimum.evaluations
    observedCount = sample.observed
    seasonalPeriod = form.isSeasonal ? sample.period : 1
    let count = Double(sample.observed)
    let squares = optimum.sums.squares
    degreesOfFreedom = max(count - Double(search.count), 1)
    variance = squares / degreesOfFreedom * sample.scale * sample.scale
    uncertainty = search.covarianceFactor(optimum, variance: squares / degreesOfFreedom)
    logLikelihood =
      squares > count * 1e-30
      ? -0.5 * count * (1 + Double.log(2 * .pi * squares / count)) - count * Double.log(sample.scale) : nil
    initialState = search.initialState(optimum.parameters)
    state = initialState
    fitted = []
    advance(sample.values)
  }

  /// The recursion with the fitted gains.
  var recursion: CESRecursion {
    var lanes = SIMD4<Double>.zero
    for (k, gain) in gains.enumerated() { lanes[k] = gain }
    return CESRecursion(form: form, gains: lanes)
  }

  /// Runs on over values in the scaled unit.
  mutating func advance(_ values: [Double]) {
    fitted += recursion.predictions(values, &state).map { scale * $0 }
  }

  /// The number of free parameters, σ² and the indices' free ones among them.
  public var parameterCount: Int { form.parameterCount(period: seasonalPeriod) }

  /// The predictive mean of the next `horizon` base periods.
  public func mean(_ horizon: Int) -> [Double] {
    recursion.path(horizon, from: state).map { scale * $0[0] }
  }
}

extension CESForm {
  /// Gains, starts of level and potential, a season's free indices and σ².
  func parameterCount(period: Int) -> Int { gainCount + 3 + (isSeasonal ? max(period - 1, 0) : 0) }
}
