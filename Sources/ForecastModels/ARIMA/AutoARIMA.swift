public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The ARIMA model with the least AICc among those with one pair of differences.
///
/// D is chosen by the strength of the season in `STL` or the test of Osborn and others, and d by a KPSS test, at most 1. A second
/// difference extrapolates the last slope without end, which costs accuracy on the held-out ends of the M3 training series
/// (OWA 0.913; 0.892 with at most one). The orders come from the stepwise search of R. J. Hyndman and Y. Khandakar
/// (*J. Stat. Softw.* 27 (2008) 3, doi:10.18637/jss.v027.i03), or from all orders with p + q + P + Q ≤ 5. Without differences, a
/// mean is left out only if it is within two standard errors of zero. Each candidate starts
/// from the optimum of its neighbor: a zero added to the partial autocorrelations is the same model. Candidates with roots
/// within 1 % of the unit circle are skipped. Every likelihood is exact.
public struct AutoARIMA: Forecaster {
  /// How orders are searched.
  public enum Search: String, Sendable, Hashable, Codable, CaseIterable {
    /// From neighbor to neighbor while AICc decreases.
    case stepwise
    /// Every order with p + q + P + Q ≤ 5.
    case exhaustive
  }

  /// The seasonal period in base periods; `nil` for that of the series.
  public var seasonalPeriod: Int?
  /// How orders are searched.
  public var search: Search
  /// d; `nil` to choose 0 or 1 by a test.
  public var difference: Int?
  /// D; `nil` to choose it by a test.
  public var seasonalDifference: Int?
  /// How D is chosen if it is not given.
  public var seasonalTest: SeasonalTest

  /// Creates a model that chooses among orders.
  public init(
    seasonalPeriod: Int? = nil, search: Search = .stepwise, difference: Int? = nil,
    seasonalDifference: Int? = nil, seasonalTest: SeasonalTest = .strength
  ) {
    self.seasonalPeriod = seasonalPeriod
    self.search = search
    self.difference = difference
    self.seasonalDifference = seasonalDifference
    self.seasonalTest = seasonalTest
  }

  /// `AutoARIMA`.
  public var name: String { "AutoARIMA" }

  /// Fits the order with the least AICc to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below three values after differencing, and what `ARIMA.fit` throws.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    try fit(series, variables: .none)
  }

  /// True: with external variables it chooses the order of a regression's errors.
  public var takesRegressors: Bool { true }

  /// A regression on external variables whose errors have the order of least AICc.
  ///
  /// Variables that are the same in every period of the series are left out, with a note.
  ///
  /// The numbers of differences are chosen on the residuals of ordinary least squares, as R's `auto.arima` does.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period without values, and what `fit(_:)` throws.
  public func fit(
    _ series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedARIMA {
    let (names, constant) = regressors?.changing(over: series) ?? ([], [])
    var fit = try fit(series, variables: ARIMARegressors(regressors, names: names, over: series))
    fit.constantVariables = constant
    return fit
  }

  /// The order of least AICc of the errors of a regression.
  private func fit(
    _ series: TimeSeries, variables regressors: ARIMARegressors
  ) throws(ForecastError) -> FittedARIMA {
    try validate()
    let whole = try ARIMASample(
      series, model: name, difference: 0, seasonalDifference: 0, period: 1, regressors: regressors)
    try whole.checkVariables(model: name, hasConstant: true)
    let levels = whole.withoutRegression(hasConstant: true)
    let given = series.cycle(seasonalPeriod)
    let isSeasonal = given > 1 && levels.count > 2 * given
    let period = isSeasonal ? given : 1
    let capital =
      isSeasonal
      ? seasonalDifference
        ?? UnitRoots.seasonalDifferences(
          levels, gaps: whole.places.compactMap { $0.partner == nil ? $0.index : nil }, period: period,
          by: seasonalTest) : 0
    let seasonless = ARIMASample.difference(levels, 0, seasonal: capital, period: period)
    let d = difference ?? UnitRoots.differences(seasonless, limit: 1)
    let sample = try ARIMASample(
      series, model: name, difference: d, seasonalDifference: capital, period: period,
      regressors: regressors)
    guard sample.effective >= 2 else {
      throw .tooFewObservations(
        model: name, series: series.name, needed: d + period * capital + 2, found: sample.observed)
    }
    try sample.checkVariables(model: name, hasConstant: false)
    guard let best = chosen(sample) else {
      if capital > 0, seasonalDifference == nil {
        // Aggregated periods can be collinear with seasonal differences; then none are taken.
        return try AutoARIMA(
          seasonalPeriod: seasonalPeriod, search: search, difference: difference, seasonalDifference: 0
        ).fit(series, variables: regressors)
      }
      // Each variable costs a coefficient, and AICc needs two observations beyond the parameters.
      let count = regressors.names.count
      throw .tooFewObservations(
        model: count > 0 ? "\(name) with \(count) external variables" : name, series: series.name,
        needed: d + period * capital + count + 4, found: sample.observed)
    }
    let objective = ARIMAObjective(sample, order: best.order, hasConstant: best.hasConstant)
    let final = ARIMASearch(objective: objective)
    return try FittedARIMA(
      series: series, search: final, optimum: final.polished(from: best.partials), spread: .misspecified)
  }
}

extension AutoARIMA: DescribedForecaster {
  /// `auto-arima`.
  public static let descriptions = [
    ModelDescription(
      "auto-arima", "the seasonal ARIMA model with the least AICc", AutoARIMA(),
      [
        .season(\.seasonalPeriod),
        ModelOption("search", \.search, .choice(), "how orders are searched"),
        ModelOption(
          "d", \.difference, .optional(.whole(in: 0...2), absent: "auto"),
          "first differences; auto chooses them by a KPSS test"),
        ModelOption(
          "seasonal-d", \.seasonalDifference, .optional(.whole(in: 0...1), absent: "auto"),
          "seasonal differences; auto chooses them by seasonal-test"),
        ModelOption("seasonal-test", \.seasonalTest, .choice(), "how seasonal differences are chosen"),
      ])
  ]
}

extension AutoARIMA {
  /// The best candidate of a sample.
  ///
  /// If many unknowns make a likelihood expensive, the search runs on the series with unknowns at their estimates, first by a
  /// simple model, then by the order found. The exact likelihood then compares the best candidates.
  func chosen(_ sample: ARIMASample) -> ARIMASelection.Candidate? {
    guard sample.isCostly else { return searched(sample).best }
    let d = sample.difference
    let capital = sample.seasonalDifference
    let longest = sample.isGapped ? sample.longestOrder : ARIMASelection.longest
    let plain = ARIMAOrder(
      d + capital > 0 ? 0 : 1, d, d > 0 ? 1 : 0, seasonal: (0, capital, capital), period: sample.period)
    let coefficients = ARIMACoefficients(
      ar: [Double](repeating: 0.5, count: plain.ar), ma: [Double](repeating: -0.5, count: plain.ma),
      seasonalMA: [Double](repeating: -0.5, count: plain.seasonalMA))
    guard
      let guess = ARIMAObjective(sample, order: plain, hasConstant: d + capital == 0).solution(coefficients),
      let rough = searched(sample.completed(by: guess), longest: longest).best,
      let better = ARIMAObjective(sample, order: rough.order, hasConstant: rough.hasConstant).solution(
        ARIMAPartials(rough.order, rough.partials.map { ARMAJet($0) }).coefficients)
    else { return searched(sample, longest: longest).best }
    var exact = ARIMASelection(sample: sample)
    let finalists = searched(sample.completed(by: better), longest: longest).finalists
    for candidate in finalists { exact.compare(candidate) }
    return exact.best ?? searched(sample, longest: longest).best
  }

  private func searched(
    _ sample: ARIMASample, longest: Int = ARIMASelection.longest
  ) -> ARIMASelection {
    var selection = ARIMASelection(sample: sample, longest: longest)
    switch search {
    case .stepwise: selection.stepwise()
    case .exhaustive: selection.exhaustive()
    }
    return selection
  }
}
