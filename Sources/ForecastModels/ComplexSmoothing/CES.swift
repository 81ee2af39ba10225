public import Forecasting

/// Complex exponential smoothing of a given form.
///
/// Gains and the start of level and potential are those of least squares; the start of a season is that of a classical
/// decomposition. A missing value moves the state along the prediction. Cost of a fit: about ten passes of O(n).
public struct CES: Forecaster {
  /// The form.
  public var form: CESForm
  /// The base periods in a cycle; the series' own where `nil`.
  public var seasonalPeriod: Int?
  /// How the gains are estimated.
  public var estimation: CESEstimation

  /// Complex exponential smoothing of a form.
  public init(_ form: CESForm = .none, seasonalPeriod: Int? = nil, estimation: CESEstimation = .shrinkage) {
    self.form = form
    self.seasonalPeriod = seasonalPeriod
    self.estimation = estimation
  }

  /// `CES(none)`, `CES(simple)`, `CES(partial)` or `CES(full)`.
  public var name: String { form.modelName }

  /// The model fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below six values (seven and eight for the partial and the full form) and,
  ///   for a season, where a period of the cycle is never seen within a whole one; `.invalidOption` for a seasonal form
  ///   without a cycle; `.spanNotSupported`; `.numerics` for values whose squares have no place among the numbers.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedCES {
    try validate()
    let sample = try CESSample(series, model: name, period: series.cycle(seasonalPeriod))
    try sample.require(form.needed, model: name, series)
    if form.isSeasonal {
      guard sample.period > 1 else {
        throw .invalidOption(
          name: "form", value: form.rawValue, reason: "needs a cycle of at least two periods")
      }
      guard sample.season != nil else {
        throw .tooFewObservations(
          model: name, series: series.name, needed: max(2 * sample.period + 1, sample.observed + 1),
          found: sample.observed)
      }
    }
    return FittedCES(name: name, form: form, estimation: estimation, series: series, sample: sample)
  }
}

extension CES: DescribedForecaster {
  /// `ces`.
  public static let descriptions = [
    ModelDescription(
      "ces", "complex exponential smoothing: a level with a potential that moves it", CES(),
      [
        ModelOption("form", \.form, .choice(), "the seasonal component: none, or how it is carried"),
        .season(\.seasonalPeriod), .estimation(\.estimation),
      ])
  ]
}

extension ModelOption {
  /// How complex exponential smoothing estimates its gains.
  static func estimation(_ path: any WritableKeyPath<Model, CESEstimation> & Sendable) -> ModelOption {
    ModelOption("estimation", path, .choice(), "how the gains are estimated")
  }
}

/// The values that complex exponential smoothing is fitted to, with the season of a classical decomposition.
struct CESSample {
  /// Values in the scaled unit, NaN where missing.
  let values: [Double]
  let scale: Double
  let observed: Int
  let period: Int
  /// Additive indices in the scaled unit; `nil` where the series is too short for them.
  let season: [Double]?

  init(_ series: TimeSeries, model: String, period: Int) throws(ForecastError) {
    let scaled = try ScaledSample(series, model: model)
    values = scaled.values
    scale = scaled.scale
    observed = scaled.observed
    self.period = period
    season =
      period > 1 && scaled.values.count > 2 * period
      ? ClassicalDecomposition(values: scaled.values, period: period).season(
        isMultiplicative: false, shrinkage: SeasonalAdjustment.shrinkage)?.indices
      : nil
  }

  /// Whether the test finds a season.
  var hasSeason: Bool {
    season != nil
      && ClassicalDecomposition(values: values, period: period).hasSeason(
        beyond: SeasonalAdjustment.band)
  }

  /// Refuses a series with fewer than `needed` values.
  func require(_ needed: Int, model: String, _ series: TimeSeries) throws(ForecastError) {
    guard observed >= needed else {
      throw .tooFewObservations(model: model, series: series.name, needed: needed, found: observed)
    }
  }
}
