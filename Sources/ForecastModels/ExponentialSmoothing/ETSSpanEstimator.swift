internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The estimation of linear forms on a series with aggregated periods.
///
/// The initial state is concentrated out. The one to four smoothing parameters that are left are searched by L-BFGS-B from
/// several starts, with central differences inside the bounds.
struct ETSSpanEstimator {
  let series: TimeSeries
  let model: String
  let period: Int
  let penalty: ETSPenalty?
  let bounds: ETSBounds
  let sample: ScaledSample

  init(
    _ series: TimeSeries, model: String, period: Int, estimation: ETSEstimation, bounds: ETSBounds
  ) throws(ForecastError) {
    self.series = series
    self.model = model
    self.period = period
    penalty = estimation == .maximumLikelihood ? nil : .standard
    self.bounds = bounds
    // Values per period give scale and reach.
    sample = ScaledSample(
      series.observations.map { observation in
        guard let value = observation.value else { return .nan }
        return series.rule == .sum ? value / Double(observation.span.count) : value
      })
    guard sample.scale > 0x1p-480, sample.scale < 0x1p480 else {
      throw .numerics(
        model: model, series: series.name,
        .outsideRange(name: "mean of |y|", value: sample.scale, lower: 0x1p-480, upper: 0x1p480))
    }
  }

  /// Fits the form with the least criterion.
  ///
  /// - Throws: `ForecastError.spanNotSupported` for a form that is not linear, `.tooFewObservations`, and `.numerics` if the
  ///   data do not determine an initial state.
  func best(of forms: [ETSForm], spread: Spread) throws(ForecastError) -> FittedETS {
    var best: (fit: FittedETS, criterion: Double)?
    for form in forms {
      if !form.isLinear, let wide = series.observations.first(where: { $0.span.count > 1 }) {
        throw .spanNotSupported(model: form.description, series: series.name, span: wide.span)
      }
      let needed = form.parameterCount(period: period) + 2
      guard series.observedCount >= needed else {
        throw .tooFewObservations(
          model: form.description, series: series.name, needed: needed, found: series.observedCount)
      }
      guard let (fit, criterion) = estimate(form, spread: spread) else { continue }
      if best.map({ criterion < $0.criterion }) ?? true { best = (fit, criterion) }
    }
    guard let best else {
      guard !forms.isEmpty else {
        throw .tooFewObservations(
          model: model, series: series.name, needed: 5, found: series.observedCount)
      }
      throw .numerics(model: model, series: series.name, .rankDeficient(rank: 0, columns: forms.count))
    }
    return best.fit
  }

  private func estimate(_ form: ETSForm, spread: Spread) -> (FittedETS, Double)? {
    let shape = ETSShape(form, period: period, bounds: bounds, dampingLimit: penalty == nil ? 0.98 : 1)
    let filter = ETSSpanFilter(
      form: form, period: shape.period, observations: ETSSpanObservation.all(series, scale: sample.scale))
    let ranges = (0..<shape.smoothingCount).map { shape.limits($0) }
    func objective(_ theta: [Double]) -> Double {
      let parameters = shape.parameters(theta)
      guard bounds == .usual || ETSAdmissibility.contains(form, parameters, period: shape.period),
        let run = filter.run(parameters)
      else { return .infinity }
      return run.objective + penaltyTerms(shape, theta)
    }
    func withGradient(_ theta: [Double], _ gradient: inout [Double]) -> Double {
      for i in theta.indices {
        var above = theta
        var below = theta
        above[i] = min(theta[i] + 1e-5, ranges[i].upperBound)
        below[i] = max(theta[i] - 1e-5, ranges[i].lowerBound)
        gradient[i] = (objective(above) - objective(below)) / (above[i] - below[i])
      }
      return objective(theta)
    }
    var best: OptimizationResult?
    var evaluations = 0
    let search = LBFGSB(gradientTolerance: 1e-6, functionTolerance: 1e-12, maximumIterations: 60)
    for start in ETSSpanEstimator.starts(shape) {
      let result = search.minimize(from: start, bounds: BoxBounds(ranges), withGradient)
      evaluations += result.convergence.evaluations * (2 * start.count + 1)
      if result.value.isFinite, best.map({ result.value < $0.value }) ?? true { best = result }
    }
    guard let best, let run = filter.run(shape.parameters(best.point)) else { return nil }
    let atBound = best.point.indices.contains {
      best.point[$0] <= ranges[$0].lowerBound || best.point[$0] >= ranges[$0].upperBound
    }
    let norm = best.convergence.gradientNorm ?? .infinity
    let isSmooth = best.convergence.isConverged || norm < 1e-3
    let convergence = Convergence(
      isSmooth ? (atBound ? .atBound : .converged) : .flat, evaluations: evaluations, gradientNorm: norm,
      promisedGain: 0)
    let fit = FittedETS(
      filter, series: series, scale: sample.scale, reach: sample.reach, spread: spread,
      parameters: shape.parameters(best.point), run: run, convergence: convergence)
    return (fit, criterion(form, best.value, observed: run.observed))
  }

  private func penaltyTerms(_ shape: ETSShape, _ theta: [Double]) -> Double {
    guard let penalty else { return 0 }
    return theta.indices.reduce(0) { $0 + penalty.term(shape, $1, theta[$1]).value }
  }

  private func criterion(_ form: ETSForm, _ objective: Double, observed: Int) -> Double {
    ETSCriterion.value(
      form, objective: objective, period: period, observations: observed, isPenalised: penalty != nil)
  }

  private static func starts(_ shape: ETSShape) -> [[Double]] {
    [0.1, 0.5, 0.9].map { alpha in
      var start = [Double](repeating: 0.1, count: shape.smoothingCount)
      start[0] = alpha
      if let phi = shape.phi { start[phi] = 0.93 }
      return start
    }
  }
}
