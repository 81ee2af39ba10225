public import Forecasting
internal import RealModule

/// A theta model fitted to a series.
public struct FittedTheta: FittedForecaster {
  /// The name of the model that made the fit.
  public let name: String
  /// The form.
  public let form: ThetaForm
  /// The series that was fitted, with what was taken in since.
  public internal(set) var series: TimeSeries
  /// α, θ and ℓ₀.
  public let parameters: ThetaParameters
  /// σ̂² of the innovations of the seasonally adjusted series: Σe² over observations less estimated means.
  public let variance: Double
  /// The degrees of freedom of σ̂².
  public let degreesOfFreedom: Double
  /// Σe² of the seasonally adjusted series; a moving line's first two predictions are left out.
  public let squares: Double
  /// The Gaussian log-likelihood of the fitted values, on the scale of y given the season; `nil` for a perfect fit.
  public let logLikelihood: Double?
  /// Why the search for the parameters ended.
  public let status: ThetaStatus
  /// The passes over the series, one for each α tried.
  public let evaluations: Int
  /// The number of values that were fitted.
  public let observedCount: Int
  /// The one-step predictions.
  public internal(set) var fitted: [Double?]
  /// The first period of the fit, which times are counted from.
  let origin: Period
  let season: SeasonalAdjustment
  let scale: Double
  let centre: Double
  /// 1 − 1/θ.
  let weight: Double
  let initialState: ThetaState
  var state: ThetaState
  /// The state with α a little higher and a little lower, from the same start.
  var nudged: ThetaNudge
  let uncertainty: ThetaUncertainty

  init(name: String, form: ThetaForm, series: TimeSeries, sample: ThetaSample, limits: ThetaLimits) {
    let search = ThetaSearch(sample.values, form: form, limits: limits)
    self.init(
      name: name, form: form, series: series, sample: sample, search: search, optimum: search.optimum())
  }

  init(
    name: String, form: ThetaForm, series: TimeSeries, sample: ThetaSample, search: ThetaSearch,
    optimum: ThetaSearch.Optimum
  ) {
    self.name = name
    self.form = form
    self.series = series
    season = sample.season
    scale = sample.scale
    centre = sample.centre
    origin = series.start
    observedCount = sample.observed
    status = optimum.status
    evaluations = optimum.evaluations
    weight = optimum.weight
    // ℓ₀ of the values themselves: the centre moves the line's ordinate by itself and ℓ₀ by what w leaves of it.
    parameters = ThetaParameters(
      alpha: optimum.alpha, theta: 1 / (1 - optimum.weight),
      initialLevel: sample.scale * (optimum.level + (1 - optimum.weight) * sample.centre))
    let recursion = ThetaRecursion(
      alpha: optimum.alpha, weight: optimum.weight, isDynamic: form.isDynamic)
    let start = ThetaState(level: optimum.level, line: search.fullLine)
    initialState = start
    nudged = ThetaNudge(recursion, start)
    let run = ThetaTangents(recursion, search: search, from: start, nudge: &nudged)
    state = run.state
    let counted = Double(run.counted)
    let free = max(counted - Double(form.freedom), 1)
    degreesOfFreedom = free
    squares = run.squares * sample.scale * sample.scale
    variance = squares / free
    uncertainty = ThetaUncertainty(run, variance: run.squares / free)
    let isPerfect = !(run.squares > counted * 1e-30)
    var logJacobian = -counted * Double.log(sample.scale)
    if sample.season.isMultiplicative && !sample.season.indices.isEmpty {
      for t in search.firstCounted..<sample.values.count where !sample.values[t].isNaN {
        logJacobian -= Double.log(sample.season.index(t))
      }
    }
    logLikelihood =
      isPerfect
      ? nil : -0.5 * counted * (1 + Double.log(2 * .pi * run.squares / counted)) + logJacobian
    let factor = sample.scale
    let centre = sample.centre
    let season = sample.season
    fitted = run.predictions.enumerated().map { factor * season.seasonal($0.element + centre, at: $0.offset) }
  }

  /// The recursion with the fitted parameters.
  var recursion: ThetaRecursion {
    ThetaRecursion(alpha: parameters.alpha, weight: weight, isDynamic: form.isDynamic)
  }

  /// The base periods in the cycle that was taken out; 1 where none was.
  public var seasonalPeriod: Int { max(season.indices.count, 1) }

  /// The number of free parameters, σ² and the indices' free ones among them.
  public var parameterCount: Int {
    form.freedom + 1 + (form.isDynamic ? 0 : 1) + max(season.indices.count - 1, 0)
  }

  /// The predictive mean of the next `horizon` base periods.
  public func mean(_ horizon: Int) -> [Double] {
    let first = origin.distance(to: series.end) + 1
    return recursion.path(horizon, from: state).enumerated().map {
      scale * season.seasonal($0.element + centre, at: first + $0.offset)
    }
  }
}

/// The states that runs with α a little higher and a little lower lead to.
struct ThetaNudge: Sendable, Hashable, Codable {
  var above: ThetaState
  var below: ThetaState
  let step: Double
  let alpha: Double
  let weight: Double
  let isDynamic: Bool

  init(_ recursion: ThetaRecursion, _ start: ThetaState) {
    above = start
    below = start
    step = 1e-4
    alpha = recursion.alpha
    weight = recursion.weight
    isDynamic = recursion.isDynamic
  }

  private func recursion(_ shift: Double) -> ThetaRecursion {
    ThetaRecursion(alpha: alpha + shift, weight: weight, isDynamic: isDynamic)
  }

  /// Moves both over a value; the derivative of its prediction by α.
  mutating func advance(_ value: Double) -> Double {
    let upper = recursion(step)
    let lower = recursion(-step)
    let high = upper.prediction(above)
    let low = lower.prediction(below)
    upper.advance(&above, value: value, predicted: high, extendsLine: true)
    lower.advance(&below, value: value, predicted: low, extendsLine: true)
    return (high - low) / (2 * step)
  }

  /// The derivative of the path by α.
  func pathSlope(_ horizon: Int) -> [Double] {
    let high = recursion(step).path(horizon, from: above)
    let low = recursion(-step).path(horizon, from: below)
    return zip(high, low).map { ($0 - $1) / (2 * step) }
  }
}

/// A run over the fitted values with the derivatives of the predictions by α, ℓ₀ and a drift.
struct ThetaTangents {
  var predictions: [Double] = []
  var squares = 0.0
  var counted = 0
  /// Σ dμ dμᵀ, in the order α, ℓ₀, drift, the lower triangle row by row.
  var information = [Double](repeating: 0, count: 6)
  var state: ThetaState

  init(_ recursion: ThetaRecursion, search: ThetaSearch, from start: ThetaState, nudge: inout ThetaNudge) {
    state = start
    predictions.reserveCapacity(search.values.count)
    for (t, value) in search.values.enumerated() {
      let predicted = recursion.prediction(state)
      predictions.append(predicted)
      let byAlpha = nudge.advance(value)
      if !value.isNaN && t >= search.firstCounted {
        let byLevel = state.levelShare
        let byDrift = state.driftShare + state.reach + state.power
        let e = value - predicted
        squares += e * e
        counted += 1
        information[0] += byAlpha * byAlpha
        information[1] += byLevel * byAlpha
        information[2] += byLevel * byLevel
        information[3] += byDrift * byAlpha
        information[4] += byDrift * byLevel
        information[5] += byDrift * byDrift
      }
      recursion.advance(&state, value: value, predicted: predicted, extendsLine: true)
    }
  }
}

/// The covariance of α, ℓ₀ and the drift in the scaled unit, as a factor L with LLᵀ the covariance.
struct ThetaUncertainty: Sendable, Hashable, Codable {
  /// Three rows of three.
  let factor: [Double]

  /// σ²(Σ dμ dμᵀ + P)⁻¹, where P holds α to a standard deviation of 0.3 and makes the rest invertible.
  ///
  /// With information RᵀR the factor is σR⁻¹.
  init(_ run: ThetaTangents, variance: Double) {
    let m = run.information
    let deviation = variance.squareRoot()
    let tiny = 1e-9
    let r00 = (m[0] + variance / 0.09 + .leastNormalMagnitude).squareRoot()
    let r01 = m[1] / r00
    let r02 = m[3] / r00
    let r11 = max(m[2] - r01 * r01, tiny * (1 + m[2])).squareRoot()
    let r12 = (m[4] - r01 * r02) / r11
    let r22 = max(m[5] - r02 * r02 - r12 * r12, tiny * (1 + m[5])).squareRoot()
    let i00 = 1 / r00
    let i11 = 1 / r11
    let i22 = 1 / r22
    let i01 = -r01 * i00 * i11
    let i12 = -r12 * i11 * i22
    let i02 = -(r01 * i12 + r02 * i22) * i00
    factor = [i00, i01, i02, 0, i11, i12, 0, 0, i22].map { $0 * deviation }
  }

  /// The standard error of a parameter: α, ℓ₀ or the drift.
  func standardError(_ row: Int) -> Double {
    (0..<3).reduce(0) { $0 + factor[3 * row + $1] * factor[3 * row + $1] }.squareRoot()
  }
}
