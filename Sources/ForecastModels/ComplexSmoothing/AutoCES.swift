public import Forecasting
internal import RealModule

/// The form of complex exponential smoothing with the least AICc.
///
/// Seasonal forms are tried if the autocorrelation at the seasonal lag exceeds one standard error; their indices count as
/// parameters.
public struct AutoCES: Forecaster {
  /// The seasonal period in base periods; `nil` for that of the series.
  public var seasonalPeriod: Int?
  /// How the gains are estimated.
  public var estimation: CESEstimation
  /// The forms that are tried.
  public var forms: [CESForm]

  /// Creates a model that chooses among forms.
  public init(
    seasonalPeriod: Int? = nil, estimation: CESEstimation = .shrinkage, forms: [CESForm] = CESForm.allCases
  ) {
    self.seasonalPeriod = seasonalPeriod
    self.estimation = estimation
    self.forms = forms
  }

  /// `AutoCES`.
  public var name: String { "AutoCES" }

  /// Fits the form with the least criterion to a series.
  ///
  /// - Throws: What `CES.fit` throws; forms for which the series is too short or has no seasonal period are left out.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedCES {
    try validate()
    let sample = try CESSample(series, model: name, period: series.cycle(seasonalPeriod))
    try sample.require(forms.map(\.needed).min() ?? 0, model: name, series)
    let possible = forms.filter { $0.needed <= sample.observed && (!$0.isSeasonal || sample.season != nil) }
    let likely = sample.hasSeason ? possible : possible.filter { !$0.isSeasonal }
    var best: (criterion: Double, form: CESForm, search: CESSearch, optimum: CESSearch.Optimum)?
    for form in likely.isEmpty ? possible : likely {
      let search = CESSearch(sample, form: form, estimation: estimation)
      let optimum = search.firstOptimum()
      let criterion = AutoCES.criterion(optimum, form, sample)
      if best.map({ criterion < $0.criterion }) ?? true { best = (criterion, form, search, optimum) }
    }
    guard let best else {
      throw .tooFewObservations(
        model: name, series: series.name, needed: 2 * sample.period + 1, found: sample.observed)
    }
    let (search, optimum) = best.search.withSeason(
      best.search.improved(best.optimum), errors: sample.seasonErrors,
      rounds: estimation == .leastSquares ? 20 : 2)
    return FittedCES(
      name: "AutoCES(\(best.form.rawValue))", form: best.form, series: series, sample: sample,
      search: search, optimum: optimum)
  }

  /// n log(Σe²/n) + 2k + 2k(k + 1)/(n − k − 1), with k counting gains, starts, free indices and σ².
  private static func criterion(_ optimum: CESSearch.Optimum, _ form: CESForm, _ sample: CESSample) -> Double
  {
    let n = Double(sample.observed)
    let k = Double(form.parameterCount(period: sample.period))
    return n * Double.log(max(optimum.sums.squares, .leastNormalMagnitude)) + 2 * k
      + 2 * k * (k + 1) / max(n - k - 1, 0.5)
  }
}

extension AutoCES: DescribedForecaster {
  /// `auto-ces`.
  public static let descriptions = [
    ModelDescription(
      "auto-ces", "the form of complex exponential smoothing with the least AICc", AutoCES(),
      [.season(\.seasonalPeriod), .estimation(\.estimation)])
  ]

  /// Refuses options without meaning, and a choice among no forms.
  public func validate() throws(ForecastError) {
    try validateOptions()
    guard !forms.isEmpty else {
      throw .invalidOption(name: "forms", value: "[]", reason: "must name at least one form")
    }
  }
}
