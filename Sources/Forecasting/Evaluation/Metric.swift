/// A measure of forecast accuracy.
///
/// Errors of flows are per base period: the error of an observation that covers several periods is divided by
/// their number, so that a two-month observation has the weight of one month. e = y − ŷ, where ŷ is the predictive mean or, on request,
/// the median; s is the mean absolute seasonal difference of the training part (`seasonalScale`).
public enum Metric: Sendable, Hashable {
  /// Mean e; positive if forecasts are too low.
  case bias
  /// Mean |e|.
  case mae
  /// √(mean e²).
  case rmse
  /// 100 · mean |e/y|; no value if some y is 0.
  case mape
  /// 200 · mean |e|/(|y| + |ŷ|), where 0/0 counts as 0 (Makridakis, 1993; M4).
  case smape
  /// Mean |e|/s (Hyndman and Koehler, International Journal of Forecasting 22, 2006).
  case mase
  /// √(mean e²/s₂), where s₂ is the mean squared seasonal difference.
  case rmsse
  /// Mean continuous ranked probability score.
  case crps
  /// Mean pinball loss of the quantile at a probability.
  case pinball(Double)
  /// Mean scaled interval score of the central interval at a level (M4): (width + 2/α · the distance outside)/s.
  case msis(Double)
  /// The share of values inside the central interval at a level.
  case coverage(Double)
  /// The mean width of the central interval at a level.
  case width(Double)
  /// ½(sMAPE/sMAPE_b + MASE/MASE_b) relative to a benchmark model of the same backtest (M4).
  case owa(benchmark: String)
}

extension Metric: CustomStringConvertible, Codable {
  /// The name: `mase`, `coverage-95`, `pinball-90`, `owa:Naive`.
  public var description: String {
    switch self {
    case .bias: "bias"
    case .mae: "mae"
    case .rmse: "rmse"
    case .mape: "mape"
    case .smape: "smape"
    case .mase: "mase"
    case .rmsse: "rmsse"
    case .crps: "crps"
    case .pinball(let p): "pinball-" + Metric.percent(p)
    case .msis(let level): "msis-" + Metric.percent(level)
    case .coverage(let level): "coverage-" + Metric.percent(level)
    case .width(let level): "width-" + Metric.percent(level)
    case .owa(let benchmark): "owa:" + benchmark
    }
  }

  /// The forms of a metric's name, for lists and for the nearest name.
  public static let names = [
    "bias", "mae", "rmse", "mape", "smape", "mase", "rmsse", "crps", "pinball-90", "msis-95", "coverage-95",
    "width-95", "owa:MODEL",
  ]

  /// Creates the metric with a name such as `mase` or `coverage-95`.
  ///
  /// Levels are in percent; the default is 95 (pinball: 50).
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name, `.invalidOption` for a level outside (0, 100).
  public init(named name: String) throws(ForecastError) {
    if name.lowercased().hasPrefix("owa:"), name.count > 4 {
      self = .owa(benchmark: String(name.dropFirst(4)))
      return
    }
    let parts = name.lowercased().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    var level: Double?
    if parts.count == 2 {
      guard let percent = Double(parts[1]), percent > 0, percent < 100 else {
        throw .invalidOption(
          name: "metric", value: name, reason: "must have a level between 0 and 100, such as coverage-95")
      }
      level = percent / 100
    }
    let plain: Metric? =
      switch parts.first {
      case "bias": .bias
      case "mae": .mae
      case "rmse": .rmse
      case "mape": .mape
      case "smape": .smape
      case "mase": .mase
      case "rmsse": .rmsse
      case "crps": .crps
      default: nil
      }
    switch (parts.first, plain, level) {
    case (_, .some(let metric), nil): self = metric
    case (_, .some, .some):
      throw .invalidOption(name: "metric", value: name, reason: "does not have a level")
    case ("pinball", _, _): self = .pinball(level ?? 0.5)
    case ("msis", _, _): self = .msis(level ?? 0.95)
    case ("coverage", _, _): self = .coverage(level ?? 0.95)
    case ("width", _, _): self = .width(level ?? 0.95)
    default:
      throw .unknownName(kind: "metric", name: name, nearest: nearestName(to: name, among: Metric.names))
    }
  }

  /// The metric of a name.
  public init(from decoder: any Decoder) throws {
    try self.init(named: decoder.singleValueContainer().decode(String.self))
  }

  /// The metric's name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// `95` for 0.95, `97.5` for 0.975.
  private static func percent(_ share: Double) -> String {
    let value = (share * 1e11).rounded() / 1e9
    return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }

  /// How far a value is from the best one: what rows are sorted by.
  func badness(_ value: Double) -> Double {
    switch self {
    case .coverage(let level): abs(value - level)
    case .bias: abs(value)
    default: value
    }
  }

  /// The probabilities whose quantiles the metric needs.
  var probabilities: [Double] {
    switch self {
    case .pinball(let p): [p]
    case .msis(let level), .coverage(let level), .width(let level): [(1 - level) / 2, (1 + level) / 2]
    default: []
    }
  }
}

/// The scale of a training part, by which MASE, RMSSE and MSIS divide.
public struct SeasonalScale: Sendable, Hashable, Codable {
  /// The mean absolute difference of per-period means one season apart.
  public let absolute: Double
  /// The mean squared difference.
  public let squared: Double
  /// The number of differences.
  public let count: Int

  /// Creates a scale from mean differences.
  public init(absolute: Double, squared: Double, count: Int) {
    self.absolute = absolute
    self.squared = squared
    self.count = count
  }
}

extension TimeSeries {
  /// Returns the in-sample error of the seasonal naive forecast with a season of m base periods (1 for the naive forecast).
  ///
  /// The differences are between per-period means (flows are divided by |S|) of observations with a value whose span, shifted back by m
  /// periods, is also an observation with a value. `nil` if there is no such pair, if every difference is 0, or if their squares overflow. Cost:
  /// O(n).
  public func seasonalScale(_ season: Int? = nil) -> SeasonalScale? {
    let m = max(1, season ?? seasonalPeriod)
    var means: [PeriodSpan: Double] = [:]
    means.reserveCapacity(count)
    var absolute = 0.0
    var squared = 0.0
    var pairs = 0
    for observation in observations {
      guard let value = observation.value else { continue }
      let span = observation.span
      let mean = value / Double(periodDivisor(span))
      means[span] = mean
      guard let earlier = means[PeriodSpan(span.first - m, count: span.count)] else { continue }
      absolute += abs(mean - earlier)
      squared += (mean - earlier) * (mean - earlier)
      pairs += 1
    }
    guard absolute > 0, squared > 0, absolute.isFinite, squared.isFinite else { return nil }
    return SeasonalScale(absolute: absolute / Double(pairs), squared: squared / Double(pairs), count: pairs)
  }

  /// The divisor that makes a value over a span one per base period: |S| for flows, 1 for levels and stocks.
  package func periodDivisor(_ span: PeriodSpan) -> Int { rule == .sum ? span.count : 1 }
}
