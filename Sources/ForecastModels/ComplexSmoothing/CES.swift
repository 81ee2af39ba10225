public import Forecasting

/// Complex exponential smoothing (CES) with a given form.
///
/// Least squares estimates the gains and the start of level, potential and season. The start of a season is searched from the
/// indices of a classical decomposition, to which shrinkage keeps it close; beyond 60 periods in a cycle it is those indices.
/// At a missing value the state follows the prediction. Cost of a fit: about ten passes of O(n), and O(nm²) for a cycle of m.
public struct CES: Forecaster {
  /// The form.
  public var form: CESForm
  /// The seasonal period in base periods; `nil` for that of the series.
  public var seasonalPeriod: Int?
  /// How the gains are estimated.
  public var estimation: CESEstimation

  /// Creates a model with a given form.
  public init(_ form: CESForm = .none, seasonalPeriod: Int? = nil, estimation: CESEstimation = .shrinkage) {
    self.form = form
    self.seasonalPeriod = seasonalPeriod
    self.estimation = estimation
  }

  /// `CES(none)`, `CES(simple)`, `CES(partial)` or `CES(full)`.
  public var name: String { form.modelName }

  /// Fits the model to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below six values (seven for the partial form, eight for the full form), and
  ///   for a seasonal form if a position of the cycle is never observed inside a whole cycle; `.invalidOption` for a seasonal form if
  ///   the series has no seasonal period; `.spanNotSupported`; `.numerics` for values whose squares overflow.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedCES {
    try validate()
    let sample = try CESSample(series, model: name, period: series.cycle(seasonalPeriod))
    try sample.require(form.needed, model: name, series)
    if form.isSeasonal {
      guard sample.period > 1 else {
        throw .invalidOption(
          name: "form", value: form.rawValue, reason: "needs a seasonal period of at least 2")
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

/// The values of a series for complex exponential smoothing, with the season of a classical decomposition.
struct CESSample {
  /// The values in the scaled unit, with NaN for missing ones.
  let values: [Double]
  let scale: Double
  let observed: Int
  let period: Int
  /// Additive indices in the scaled unit; `nil` if the series is too short for them.
  let season: [Double]?
  /// The standard errors of the indices.
  let seasonErrors: [Double]

  init(_ series: TimeSeries, model: String, period: Int) throws(ForecastError) {
    let scaled = try ScaledSample(series, model: model)
    values = scaled.values
    scale = scaled.scale
    observed = scaled.observed
    self.period = period
    // A position that is never observed would have an index without uncertainty.
    let isSeen =
      period > 1
      && (0..<period).allSatisfy { phase in
        stride(from: phase, to: scaled.values.count, by: period).contains { !scaled.values[$0].isNaN }
      }
    let adjustment =
      isSeen && scaled.values.count > 2 * period
      ? ClassicalDecomposition(values: scaled.values, period: period).season(
        isMultiplicative: false, shrinkage: SeasonalAdjustment.shrinkage)
      : nil
    season = adjustment?.indices
    seasonErrors = adjustment?.errors ?? []
  }

  /// Whether the test finds a season.
  var hasSeason: Bool {
    season != nil
      && ClassicalDecomposition(values: values, period: period).hasSeason(
        beyond: SeasonalAdjustment.band)
  }

  /// Throws if the series has fewer than `needed` values.
  func require(_ needed: Int, model: String, _ series: TimeSeries) throws(ForecastError) {
    guard observed >= needed else {
      throw .tooFewObservations(model: model, series: series.name, needed: needed, found: observed)
    }
  }
}
