internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The values of a series, one per base period, scaled by a power of two.
struct ScaledSample {
  /// Values divided by the scale; NaN where missing.
  let values: [Double]
  /// A power of two near the mean absolute value; division by it does not round.
  let scale: Double
  /// The number of observed values.
  let observed: Int
  /// The range of the values extended on both sides by fifty times its length, or by 5·10⁻⁵ of the largest absolute value.
  let reach: ClosedRange<Double>
  /// Whether all values are positive.
  let isPositive: Bool

  /// The sample of a series without aggregated periods.
  ///
  /// - Throws: `ForecastError.spanNotSupported` with the name of the model, and `.numerics` for values whose squares overflow
  ///   or underflow.
  init(_ series: TimeSeries, model: String) throws(ForecastError) {
    var raw: [Double] = []
    raw.reserveCapacity(series.count)
    for observation in series.observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: model, series: series.name, span: observation.span)
      }
      raw.append(observation.value ?? .nan)
    }
    self.init(raw)
    guard scale > 0x1p-480, scale < 0x1p480 else {
      throw .numerics(
        model: model, series: series.name,
        .outsideRange(name: "mean of |y|", value: scale, lower: 0x1p-480, upper: 0x1p480))
    }
  }

  /// The sample of values, with NaN for missing ones.
  init(_ raw: [Double]) {
    var largest = 0.0
    var count = 0
    var positive = true
    for y in raw where !y.isNaN {
      largest = max(largest, abs(y))
      count += 1
      positive = positive && y > 0
    }
    var scale = 1.0
    if largest > 0 {
      let first = ScaledSample.power(Int(largest.exponent))
      var sum = 0.0
      for y in raw where !y.isNaN { sum += abs(y / first) }
      scale = ScaledSample.power(Int(largest.exponent) + Int((sum / Double(count)).exponent))
    }
    self.scale = scale
    values = raw.map { $0 / scale }
    observed = count
    var lowest = Double.infinity
    var highest = -Double.infinity
    for y in raw where !y.isNaN {
      lowest = min(lowest, y)
      highest = max(highest, y)
    }
    if count > 0 {
      let room = 50 * max(highest - lowest, 1e-6 * largest)
      let limit = Double.greatestFiniteMagnitude
      reach = max(lowest - room, -limit)...min(highest + room, limit)
    } else {
      reach = 0...0
    }
    isPositive = positive
  }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: min(max(exponent, -1022), 1022), significand: 1)
  }

  /// The log-likelihood of the values minus that of the scaled values.
  var logJacobian: Double { -Double(observed) * Double.log(scale) }
}
