public import Forecasting

/// Demand that is zero in many periods: its mean by a method of the field, its distribution by occurrence and size.
///
/// In every coming period a demand occurs with a probability π and has a size of the law of sizes seen, tilted to the smoothed
/// size (`HurdleLaw`), so that no forecast is below zero and counts stay counts. π and the mean size are those of the method
/// on average and uncertain as a smoothed mean of so many values is: sums over the horizon come from joint paths. Missing values
/// are left out, as if their periods had not been; spans are refused.
public struct IntermittentDemand: Forecaster {
  /// The method.
  public var method: IntermittentMethod
  /// The smoothing parameter of sizes, or of sums; `nil` is estimated between 0.1 and 0.3 by least squares.
  public var alpha: Double?
  /// The smoothing parameter of intervals, or of the probability; `nil` is estimated like `alpha`.
  public var beta: Double?

  /// A model of intermittent demand.
  public init(_ method: IntermittentMethod, alpha: Double? = nil, beta: Double? = nil) {
    self.method = method
    self.alpha = alpha
    self.beta = beta
  }

  /// `Croston`, `SBA`, `TSB`, `ADIDA` or `IMAPA`.
  public var name: String { method.title }

  /// The model fitted to a series.
  ///
  /// Cost: O(n), IMAPA O(n · mean interval).
  ///
  /// - Throws: `ForecastError.outsideDomain` for a negative value, `.spanNotSupported`, `.tooFewObservations` without a value,
  ///   `.notFinite` for sums beyond the largest number.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedIntermittentDemand {
    try validate()
    let values = try demandValues(of: series, for: name)
    guard !values.isEmpty else {
      throw .tooFewObservations(model: name, series: series.name, needed: 1, found: 0)
    }
    let demands = values.filter { $0 > 0 }
    guard demands.reduce(0, { $0 + $1 * $1 }).isFinite else {
      throw .notFinite(model: name, series: series.name, span: series.span)
    }
    var intervals: [Double] = []
    var waited = 0.0
    for value in values {
      waited += 1
      guard value > 0 else { continue }
      intervals.append(waited)
      waited = 0
    }
    let sizeParameter = alpha ?? LevelSmoothing.bestParameter(demands)
    let occurrence =
      method == .tsb
      ? LevelSmoothing.bestParameter(values.map { $0 > 0 ? 1 : 0 }) : LevelSmoothing.bestParameter(intervals)
    let meanInterval = intervals.isEmpty ? 1 : intervals.reduce(0, +) / Double(intervals.count)
    // To the nearest, halves to even, as NumPy rounds.
    let longest = max(Int(meanInterval.rounded(.toNearestOrEven)), 1)
    let levels: [DemandLevel]
    switch method {
    case .croston, .sba, .tsb: levels = []
    case .adida: levels = [DemandLevel(periods: longest, of: values, alpha: alpha)]
    case .imapa: levels = (1...longest).map { DemandLevel(periods: $0, of: values, alpha: alpha) }
    }
    return FittedIntermittentDemand(
      method: method, series: series, alpha: sizeParameter, beta: beta ?? occurrence, levels: levels,
      values: values)
  }
}

extension IntermittentDemand: DescribedForecaster {
  /// `croston`, `sba`, `tsb`, `adida` and `imapa`.
  public static let descriptions = IntermittentMethod.allCases.map { method in
    let alpha = method.smoothsOccurrence ? "smoothing of sizes" : "smoothing of sums"
    let beta = method == .tsb ? "smoothing of the probability" : "smoothing of intervals"
    var options: [ModelOption<IntermittentDemand>] = [.smoothing("alpha", \.alpha, alpha)]
    if method.smoothsOccurrence { options.append(.smoothing("beta", \.beta, beta)) }
    return ModelDescription(method.rawValue, summary(method), IntermittentDemand(method), options)
  }

  private static func summary(_ method: IntermittentMethod) -> String {
    switch method {
    case .croston: "intermittent demand: smoothed sizes over smoothed intervals"
    case .sba: "intermittent demand: Croston's method without its bias"
    case .tsb: "intermittent demand: smoothed sizes times a probability smoothed in every period"
    case .adida: "intermittent demand: smoothed sums over the mean interval"
    case .imapa: "intermittent demand: the mean of smoothed sums over one period up to the mean interval"
    }
  }
}

extension ModelOption<IntermittentDemand> {
  fileprivate static func smoothing(
    _ name: String, _ path: any WritableKeyPath<IntermittentDemand, Double?> & Sendable, _ summary: String
  ) -> ModelOption {
    ModelOption(name, path, .optional(.number(above: 0, atMost: 1), absent: "estimated"), summary)
  }
}

/// Sums over some periods, counted back from the last, and the parameter that they are smoothed by.
struct DemandLevel: Sendable, Hashable, Codable {
  let periods: Int
  let alpha: Double

  /// A level with its parameter estimated where none is given.
  init(periods: Int, of values: [Double], alpha: Double?) {
    self.periods = periods
    self.alpha = alpha ?? LevelSmoothing.bestParameter(DemandLevel.sums(values, periods))
  }

  /// The mean demand of a period.
  func rate(_ values: [Double]) -> Double {
    LevelSmoothing.level(DemandLevel.sums(values, periods), alpha: alpha) / Double(periods)
  }

  private static func sums(_ values: [Double], _ periods: Int) -> [Double] {
    stride(from: values.count % periods, to: values.count, by: periods).map { start in
      values[start..<(start + periods)].reduce(0, +)
    }
  }
}

/// The values of a series of single periods that are observed.
///
/// - Throws: `ForecastError.outsideDomain`, `.spanNotSupported`.
func demandValues(of series: TimeSeries, for model: String) throws(ForecastError) -> [Double] {
  var values: [Double] = []
  for observation in series.observations {
    guard observation.span.count == 1 else {
      throw .spanNotSupported(model: model, series: series.name, span: observation.span)
    }
    guard let value = observation.value else { continue }
    guard value >= 0 else {
      throw .outsideDomain(
        model: model, series: series.name, span: observation.span, value: value, lower: 0, upper: .infinity)
    }
    values.append(value)
  }
  return values
}
