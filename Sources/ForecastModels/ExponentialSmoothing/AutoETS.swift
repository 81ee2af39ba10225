public import Forecasting
internal import RealModule

/// Exponential smoothing with the form that the data choose.
///
/// The search covers errors A and M, trends N and Ad (also A under maximum likelihood; M and Md on request), and seasons N, A
/// and M if the series has a seasonal period and two cycles of data. As in R's `ets`, additive errors with a multiplicative
/// season or trend are left out unless you ask for them, and forms with a multiplicative component need positive data (Hyndman,
/// Koehler, Snyder and Grose, *Int. J. Forecasting* 18 (2002) 439–454, doi:10.1016/S0169-2070(01)00110-8). Maximum
/// likelihood fits every form fully and chooses by AICc. Shrinkage chooses by the BIC of the penalized likelihood, which does not
/// count smoothing parameters: each form is first fitted roughly, from the optima of its simpler neighbors, and the forms that can
/// still win are then fitted fully. It leaves out forms whose relative errors have a standard deviation above one half, and keeps
/// a season that a likelihood ratio test finds at 10⁻⁴ even if BIC does not.
///
/// The one-step likelihood cannot detect a season with many slow steps, because a moving level follows it just as well.
/// For periods beyond 24, a seasonal form is therefore kept, whatever the criterion, if each cycle predicts more than half of the
/// movement of the others. A series with aggregated periods is fitted by the linear forms only.
///
/// Cost: at most that of `ETS.fit` for each form; forms that cannot win are dropped early.
public struct AutoETS: Forecaster {
  /// The seasonal period in base periods; `nil` for that of the series.
  public var seasonalPeriod: Int?
  /// How the parameters are estimated.
  public var estimation: ETSEstimation
  /// The region of the search.
  public var bounds: ETSBounds
  /// The forms that are searched.
  public var restrictions: ETSRestrictions
  /// Whether a trend is damped; `nil` tries both where the restrictions allow them.
  public var damped: Bool?

  /// Creates a model that chooses among forms.
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

  /// The longest seasonal period for which the criterion alone decides.
  static let longestJudged = 24

  /// Fits the form with the least criterion.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below five values, `.spanNotSupported`, and `.invalidOption` if the
  ///   restrictions leave no form that can be fitted to the series.
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
        reason: "leave no form for series \(series.name) with \(sample.observed) values")
    }
    let estimator = ETSEstimator(sample, period: period, bounds: bounds, estimation: estimation)
    return estimator.fit(estimator.best(of: forms), series, spread: .chosenForm)
  }

  /// The linear forms that can be fitted to a series with aggregated periods.
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

  /// The forms that can be fitted to the series, simpler ones first.
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

/// The forms that `AutoETS` searches.
public struct ETSRestrictions: Sendable, Hashable, Codable {
  /// The allowed error types.
  public var errors: Set<ETSForm.ErrorKind>
  /// The allowed trends; `nil` for those that suit the estimation method.
  public var trends: Set<ETSForm.TrendKind>?
  /// The allowed seasonal components.
  public var seasons: Set<ETSForm.SeasonKind>
  /// Whether additive errors may be combined with multiplicative components, whose likelihood is ill-behaved near zero.
  public var allowsUnstable: Bool

  /// Creates restrictions; the defaults are those of R: no multiplicative trend, and no additive error with a multiplicative
  /// component.
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
