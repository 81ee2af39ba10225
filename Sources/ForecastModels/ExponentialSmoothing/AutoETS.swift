public import Forecasting
internal import RealModule

/// Exponential smoothing of the form that the data choose.
///
/// Searched are error A or M, trend N or Ad (A too under maximum likelihood; M and Md on request), season N, A or M where
/// the series has a season and two cycles of it; as in R's `ets`, additive errors with a multiplicative season or trend are left out unless asked
/// for, and forms with a multiplicative component need positive data (Hyndman, Koehler, Snyder and Grose,
/// *Int. J. Forecasting* 18 (2002) 439–454, doi:10.1016/S0169-2070(01)00110-8). Forms are first fitted roughly, each
/// from its simpler neighbours' optima; those that can still win are fitted to the end. Maximum likelihood chooses by
/// AICc; shrinkage by BIC of the penalised likelihood, smoothing parameters not counted.
/// A likelihood of one step ahead cannot see a season of many slow steps, which a level that moves follows as well: of a
/// period beyond 24 a season of which each cycle says more than half of the others is kept, whatever the criterion says.
/// A series with observation spans is searched in the linear forms alone.
public struct AutoETS: Forecaster {
  /// The base periods in a cycle; the series' own where `nil`.
  public var seasonalPeriod: Int?
  /// How the parameters are estimated.
  public var estimation: ETSEstimation
  /// The region they are searched in.
  public var bounds: ETSBounds
  /// Which forms are searched.
  public var restrictions: ETSRestrictions
  /// Whether a trend is damped; `nil` tries both where the restrictions allow them.
  public var damped: Bool?

  /// The choice among forms.
  public init(
    seasonalPeriod: Int? = nil, estimation: ETSEstimation = .shrinkage, bounds: ETSBounds = .usual,
    restrictions: ETSRestrictions = ETSRestrictions(), damped: Bool? = nil
  ) {
    self.seasonalPeriod = seasonalPeriod
    self.estimation = estimation
    self.bounds = bounds
    self.restrictions = restrictions
    self.damped = damped
  }

  /// `AutoETS`.
  public var name: String { "AutoETS" }

  /// The longest period whose season is left to the criterion.
  static let longestJudged = 24

  /// The form of least criterion fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below five values, `.spanNotSupported`, `.invalidOption` where the
  ///   restrictions leave no form that the series can be fitted by.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedETS {
    try validate()
    let period = series.cycle(seasonalPeriod)
    if series.hasSpans {
      let estimator = try ETSSpanEstimator(
        series, model: name, period: period, estimation: estimation, bounds: bounds)
      return try estimator.best(of: linearForms(series, period: period), spread: .chosenForm)
    }
    let sample = try ScaledSample(series, model: name)
    guard sample.observed >= 5 else {
      throw .tooFewObservations(model: name, series: series.name, needed: 5, found: sample.observed)
    }
    var forms = candidates(sample, period: period)
    if period > AutoETS.longestJudged, forms.contains(where: { $0.season != .none }),
      let share = ClassicalDecomposition(values: sample.values, period: period).predictableShare, share > 0.5
    {
      forms.removeAll { $0.season == .none }
    }
    guard !forms.isEmpty else {
      throw .invalidOption(
        name: "restrictions", value: "\(trends.map(\.rawValue).sorted())",
        reason: "leave no form for series \(series.name) of \(sample.observed) values")
    }
    let estimator = ETSEstimator(sample, period: period, bounds: bounds, estimation: estimation)
    return estimator.fit(estimator.best(of: forms), series, spread: .chosenForm)
  }

  /// The linear forms that a series with spans can be fitted by.
  private func linearForms(_ series: TimeSeries, period: Int) -> [ETSForm] {
    ETSForm.allForms.filter { form in
      form.isLinear && restrictions.allow(form) && trends.contains(form.trend)
        && (form.season == .none || period > 1 && series.periodCount >= 2 * period)
        && series.observedCount >= form.parameterCount(period: period) + 2
    }
  }

  /// The trends searched: what the restrictions say, else damped ones alone where parameters are shrunk; of these, the ones
  /// that are damped as asked.
  private var trends: Set<ETSForm.TrendKind> {
    if let damped {
      return (restrictions.trends ?? [.none, .additive, .additiveDamped]).filter {
        $0 == .none || $0.isDamped == damped
      }
    }
    return restrictions.trends
      ?? (estimation == .shrinkage ? [.none, .additiveDamped] : [.none, .additive, .additiveDamped])
  }

  /// The forms that the series can be fitted by, simpler ones first.
  func candidates(_ sample: ScaledSample, period: Int) -> [ETSForm] {
    var forms: [ETSForm] = []
    for season in ETSForm.SeasonKind.allCases {
      for trend in ETSForm.TrendKind.allCases {
        for error in ETSForm.ErrorKind.allCases {
          let form = ETSForm(error, trend, season)
          guard restrictions.allow(form), trends.contains(trend), sample.isPositive || !form.needsPositiveData
          else { continue }
          if season != .none && (period < 2 || sample.values.count < 2 * period) { continue }
          guard sample.observed >= form.parameterCount(period: period) + 2 else { continue }
          forms.append(form)
        }
      }
    }
    return forms
  }
}

extension AutoETS: DescribedForecaster {
  /// `auto-ets`.
  public static let descriptions = [
    ModelDescription(
      "auto-ets", "exponential smoothing of the form that the data choose", AutoETS(),
      [.season(\.seasonalPeriod), .damped(\.damped), .estimation(\.estimation), .bounds(\.bounds)])
  ]
}

/// Which forms `AutoETS` searches.
public struct ETSRestrictions: Sendable, Hashable, Codable {
  /// The errors allowed.
  public var errors: Set<ETSForm.ErrorKind>
  /// The trends allowed; `nil` for those that suit the estimation.
  public var trends: Set<ETSForm.TrendKind>?
  /// The seasons allowed.
  public var seasons: Set<ETSForm.SeasonKind>
  /// Whether additive errors go with multiplicative components, whose likelihood is ill-behaved near zero.
  public var allowsUnstable: Bool

  /// R's choice: no multiplicative trend, no additive error with a multiplicative component.
  public init(
    errors: Set<ETSForm.ErrorKind> = [.additive, .multiplicative],
    trends: Set<ETSForm.TrendKind>? = nil,
    seasons: Set<ETSForm.SeasonKind> = [.none, .additive, .multiplicative], allowsUnstable: Bool = false
  ) {
    self.errors = errors
    self.trends = trends
    self.seasons = seasons
    self.allowsUnstable = allowsUnstable
  }

  func allow(_ form: ETSForm) -> Bool {
    guard errors.contains(form.error), seasons.contains(form.season) else { return false }
    return allowsUnstable
      || !(form.error == .additive && (form.season == .multiplicative || form.trend.isMultiplicative))
        && !(form.trend.isMultiplicative && form.season == .additive)
  }
}
