public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// A linear ramp to a capacity: a pipeline or plant that starts at s and reaches its capacity K after d years.
///
/// At time t in decimal years the flow is K r(t) with r(t) = clip((t − s)/d, 0, 1); a base period has the mean of it over
/// the period, integrated exactly:
///
/// μ = K (R(b) − R(a))/(b − a),  R(t) = 0 before s, (t − s)²/2d on the ramp, t − s − d/2 after it.
///
/// K is the value of a base period at full flow, in the unit of the series; an observation over several periods has the
/// sum (or mean) of theirs. With the noise of `GrowthNoise` (additive unless chosen: first deliveries may be zero) the
/// parameters maximise the likelihood. K and s are fitted unless given; d always is. A capacity fitted to a ramp that has
/// not levelled off is not identified: only K/d is, and `capacityStatus` says so.
///
/// The capacity bounds the mean, not the noise: deliveries above the nameplate happen (38.8 bcm in the year that Power of
/// Siberia-1 reached its 38), and paths exceed it as the residuals say. No path falls below zero; additive noise is cut
/// off there.
///
/// ```swift
/// let ramp = try RampToCapacity(capacity: 38, start: 2019.917).fit(deliveries)
/// print(ramp.years.value, ramp.relativeError)
/// ```
///
/// Cost: some hundred passes over the observations.
public struct RampToCapacity: Forecaster, Codable {
  /// The value of a base period at full flow; `nil` where it is fitted.
  public var capacity: Double?
  /// The first flow in decimal years (an index: in periods); `nil` where it is fitted.
  public var start: Double?
  /// The noise law.
  public var noise: GrowthNoise

  /// A ramp; what is not given is fitted.
  public init(capacity: Double? = nil, start: Double? = nil, noise: GrowthNoise = .additive) {
    self.capacity = capacity
    self.start = start
    self.noise = noise
  }

  /// `Ramp to capacity (additive noise)` and so on.
  public var name: String { "Ramp to capacity (\(noise.rawValue) noise)" }

  /// The ramp fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` without an observation more than parameters, `.notPositive` for values
  ///   outside the noise law's domain, `.invalidOption` for a start after the last observation.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedRampToCapacity {
    try fitted(to: series)
  }

  /// The ramp fitted to a series; with an optimum, the one that stands there.
  func fitted(
    to series: TimeSeries, at optimum: CurveOptimum? = nil
  ) throws(ForecastError) -> FittedRampToCapacity {
    try validate()
    let curve = RampCurve(
      origin: series.start, capacity: capacity, start: start, flowsFromTheFirst: noise != .additive)
    let sample = try GrowthSample(
      series, noise: noise, model: name, needed: curve.parameterNames.count + 1)
    if let start, start >= (series.end + 1).decimalYear {
      throw .invalidOption(
        name: "start", value: "\(start)", reason: "lies after the last observation of the series")
    }
    let first = series.start + Int((sample.first[0] + sample.count[0]).rounded())
    if let start, noise != .additive, start >= first.decimalYear {
      throw .invalidOption(
        name: "start", value: "\(start)",
        reason: "lies after the first observation; \(noise.rawValue) noise needs a flow in each")
    }
    do throws(NumericsError) {
      let fit =
        if let optimum {
          try CurveFit(curve, sample: sample, noise: noise, at: optimum)
        } else {
          try CurveFit(curve, sample: sample, noise: noise)
        }
      return FittedRampToCapacity(model: self, series: series, fit: fit)
    } catch {
      throw .numerics(model: name, series: series.name, error)
    }
  }
}

extension RampToCapacity: DescribedForecaster {
  /// `ramp-to-capacity`.
  public static let descriptions = [
    ModelDescription(
      "ramp-to-capacity", "a linear ramp to a capacity, such as that of a pipeline or plant",
      RampToCapacity(),
      [
        ModelOption(
          "capacity", \.capacity, .optional(.number(above: 0), absent: "fitted"),
          "the value of a period at full flow, in the unit of the series"),
        ModelOption(
          "start", \.start, .optional(.number(), absent: "fitted"),
          "when the flow starts, as a decimal year"),
        .noise(\.noise),
      ])
  ]
}

/// The ramp's mean over base periods.
///
/// Parameters: capacity (unless given), years, start (unless given).
struct RampCurve: GrowthCurve {
  let origin: Period
  let capacity: Double?
  let start: Double?
  /// Whether every observation must have a flow, as noise in proportion to it needs.
  let flowsFromTheFirst: Bool

  var parameterNames: [String] {
    (capacity == nil ? ["capacity"] : []) + ["years"] + (start == nil ? ["start"] : [])
  }
  var isLogarithmic: [Bool] {
    (capacity == nil ? [true] : []) + [true] + (start == nil ? [false] : [])
  }

  var rateIndex: Int? { nil }

  func total<S: DifferentiableScalar>(_ parameters: [S], first: Int, count: Int) -> S {
    var position = 0
    func next(_ given: Double?) -> S {
      if let given { return S(given) }
      position += 1
      return parameters[position - 1]
    }
    let full = next(capacity)
    let years = next(nil)
    let begin = next(start)
    var sum: S = 0.0
    var a = time(first)
    for offset in first..<(first + count) {
      let b = time(offset + 1)
      sum = sum + (integral(b, begin, years) - integral(a, begin, years)) / S(b - a)
      a = b
    }
    return full * sum
  }

  /// R(t) = ∫ r up to t.
  private func integral<S: DifferentiableScalar>(_ time: Double, _ begin: S, _ years: S) -> S {
    let elapsed = S(time) - begin
    if elapsed <= 0.0 { return 0.0 }
    if elapsed < years { return elapsed * elapsed / (years * 2.0) }
    return elapsed - years / 2.0
  }

  /// The beginning of a base period in decimal years.
  private func time(_ offset: Int) -> Double { (origin + offset).decimalYear }

  /// The first and last moment of the sample.
  private func reach(_ sample: GrowthSample) -> (from: Double, through: Double) {
    var last = 0.0
    var first = Double.infinity
    for i in 0..<sample.size {
      first = min(first, sample.first[i])
      last = max(last, sample.first[i] + sample.count[i])
    }
    return (time(Int(first)), time(Int(last)))
  }

  func bounds(_ sample: GrowthSample) -> BoxBounds { box(sample, before: 20) }

  /// A start more than twice the sample's length before it leaves a ramp that hardly rises.
  func prior(_ sample: GrowthSample) -> BoxBounds { box(sample, before: 2) }

  /// Starts from so many times the sample's length before it.
  private func box(_ sample: GrowthSample, before: Double) -> BoxBounds {
    let (from, through) = reach(sample)
    let length = through - from
    var ranges: [ClosedRange<Double>] = []
    if capacity == nil { ranges.append(1e-2 * sample.peak...capacityLimit * sample.peak) }
    ranges.append(1e-3 * (time(1) - time(0))...4 * capacityLimit * length)
    let latest =
      flowsFromTheFirst ? time(Int(sample.first[0] + sample.count[0])) - 1e-3 * (time(1) - time(0)) : through
    if start == nil { ranges.append(from - before * length...latest) }
    return BoxBounds(ranges)
  }

  func starts(_ sample: GrowthSample) -> [[Double]] {
    let (from, through) = reach(sample)
    let length = through - from
    let capacities = capacity.map { [$0] } ?? [0.9, 1, 1.2, 2, 10].map { $0 * sample.peak }
    var begins: [Double] = []
    for k in 0..<16 { begins.append(from + (Double(k) / 8 - 0.999) * length) }
    if let start { begins = [start] }
    let lengths: [Double] = [0.1, 0.2, 0.4, 0.7, 1, 1.5, 2.5, 5, 20].map { $0 * length }
    var points: [[Double]] = []
    for full in capacities {
      for begin in begins {
        for years in lengths {
          var point = [years]
          if capacity == nil { point.insert(full, at: 0) }
          if start == nil { point.append(begin) }
          points.append(point)
        }
      }
    }
    return points
  }
}

/// The largest capacity looked at, over the largest observed base period: beyond it a capacity is none.
let capacityLimit = 100.0
