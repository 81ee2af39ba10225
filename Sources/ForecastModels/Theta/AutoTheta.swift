public import Forecasting
internal import RealModule

/// The theta model with the least AICc among the four, over the predictions that all of them make.
///
/// The first two predictions, which the dynamic models do not have, are left out for all.
public struct AutoTheta: Forecaster {
  /// The seasonal period in base periods; `nil` for that of the series.
  public var seasonalPeriod: Int?
  /// How the season is removed.
  public var adjustment: ThetaAdjustment
  /// How the parameters are estimated.
  public var estimation: ThetaEstimation
  /// The forms that are tried.
  public var forms: [ThetaForm]

  /// Creates a model that chooses among forms.
  public init(
    seasonalPeriod: Int? = nil, adjustment: ThetaAdjustment = .automatic,
    estimation: ThetaEstimation = .shrinkage, forms: [ThetaForm] = ThetaForm.allCases
  ) {
    self.seasonalPeriod = seasonalPeriod
    self.adjustment = adjustment
    self.estimation = estimation
    self.forms = forms
  }

  /// `AutoTheta`.
  public var name: String { "AutoTheta" }

  /// Fits the model with the least criterion to a series.
  ///
  /// - Throws: What `Theta.fit` throws; forms for which the series is too short are left out.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedTheta {
    try validate()
    let sample = try ThetaSample(
      series, model: name, period: series.cycle(seasonalPeriod), adjustment: adjustment,
      estimation: estimation)
    try sample.require(forms.map(\.needed).min() ?? 0, model: name, series)
    var best: (criterion: Double, fit: FittedTheta)?
    for form in forms where sample.observed >= form.needed {
      let fit = FittedTheta(
        name: "AutoTheta(\(form.shortName))", form: form, series: series, sample: sample,
        limits: estimation.limits)
      let criterion = AutoTheta.criterion(fit, sample)
      if best.map({ criterion < $0.criterion }) ?? true { best = (criterion, fit) }
    }
    guard let best else {
      throw .tooFewObservations(
        model: name, series: series.name, needed: forms.map(\.needed).min() ?? 0, found: sample.observed)
    }
    return best.fit
  }

  /// n log Σe² + 2kn/(n − k − 1) over the predictions from the third observation on.
  static func criterion(_ fit: FittedTheta, _ sample: ThetaSample) -> Double {
    var squares = 0.0
    var count = 0.0
    var seen = 0
    for (t, prediction) in fit.fitted.enumerated() where !sample.values[t].isNaN {
      seen += 1
      guard seen > 2, let prediction else { continue }
      let e = sample.values[t] + sample.centre - sample.season.adjusted(prediction / sample.scale, at: t)
      squares += e * e
      count += 1
    }
    let k = Double(fit.form.freedom + (fit.form.isDynamic ? 1 : 2))
    return count * Double.log(max(squares, .leastNormalMagnitude)) + 2 * k * count / max(count - k - 1, 0.5)
  }
}

extension AutoTheta: DescribedForecaster {
  /// `auto-theta`.
  public static let descriptions = [
    ModelDescription(
      "auto-theta", "the theta model of the four with the least AICc", AutoTheta(),
      [.season(\.seasonalPeriod), .adjustment(\.adjustment), .estimation(\.estimation)])
  ]

  /// Refuses options without meaning, and a choice among no forms.
  public func validate() throws(ForecastError) {
    try validateOptions()
    guard !forms.isEmpty else {
      throw .invalidOption(name: "forms", value: "[]", reason: "must name at least one form")
    }
  }
}
