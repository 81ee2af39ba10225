internal import Forecasting
internal import ForesightNumerics

/// A fit that carries its parameters over later observations by its state.
///
/// A family says how its state is put back before the first period and how it takes in observations; updating and appending
/// are written here once.
protocol StatefulFit: FittedForecaster {
  var series: TimeSeries { get set }
  var fitted: [Double?] { get set }
  /// The first period of the fit, which times are counted from.
  var origin: Period { get }
  /// The external variables that observations taken in go with.
  var known: Regressors? { get set }

  /// Puts the state before the first period, with no fitted value.
  mutating func restart()

  /// Runs on over observations whose first is `first` periods after the origin.
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError)

  /// The fit at the end of a whole series where taking in its new observations would not do; else `nil`.
  ///
  /// - Parameters:
  ///   - whole: The series.
  ///   - isRestarted: Whether it is gone through from its first period, which is the origin.
  func refiltered(_ whole: TimeSeries, isRestarted: Bool) throws(ForecastError) -> Self?
}

extension StatefulFit {
  /// None: most models take no external variables.
  var known: Regressors? {
    get { nil }
    set {}
  }

  /// `nil`: the state does.
  func refiltered(_ whole: TimeSeries, isRestarted: Bool) throws(ForecastError) -> Self? { nil }

  /// True: the state follows.
  public var followsObservations: Bool { true }

  /// All values of a series that begins with the first period fitted, else those after the end of the fit.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    series.start == origin ? .all : .later(origin: origin)
  }

  /// The same parameters with the state brought to the end of another series of the same kind.
  ///
  /// A series with the first period fitted is run from the initial state; any other must reach past the end of the fitted
  /// one, and its later observations are taken in.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins nor ends so, `.data` for one of another
  ///   frequency, and what `fit` throws of an observation.
  public func updated(to series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Self {
    try refuseUnused(regressors)
    try series.requireFrequency(origin.frequency)
    var copy = self
    copy.known = regressors
    let isRestarted = series.start == origin
    if let again = try copy.refiltered(series, isRestarted: isRestarted) { return again }
    guard isRestarted else {
      guard series.end >= self.series.end, series.start <= self.series.end + 1 else {
        throw .outsideForecast(
          series: series.name, asked: series.span, reason: "the fit knows no state before its first period")
      }
      return try copy.continued(to: series)
    }
    copy.series = series
    copy.restart()
    copy.fitted = []
    try copy.take(series.observations, from: 0)
    return copy
  }

  /// The fit with later observations taken in: parameters stay, the state moves on over the new periods alone.
  ///
  /// Equal to a fit of the whole series with parameters and initial state held.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series, and what `fit` throws of an observation.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> Self {
    try refuseUnused(regressors)
    var copy = self
    copy.known = regressors
    return try copy.continued(to: series.appending(observations))
  }

  private func continued(to whole: TimeSeries) throws(ForecastError) -> Self {
    if let again = try refiltered(whole, isRestarted: false) { return again }
    let end = series.end
    let held = (whole.observations.lastIndex { $0.span.first <= end } ?? -1) + 1
    let offset = series.start.distance(to: whole.start)
    var copy = self
    copy.series = whole
    if offset != 0 || held != fitted.count {
      copy.fitted = (0..<held).map { index -> Double? in
        fitted.indices.contains(index + offset) ? fitted[index + offset] : nil
      }
    }
    try copy.take(Array(whole.observations[held...]), from: origin.distance(to: end) + 1)
    return copy
  }
}

extension TimeSeries {
  /// Refuses a series of another frequency than that of a fit.
  ///
  /// - Throws: `ForecastError.data`.
  func requireFrequency(_ fitted: Frequency) throws(ForecastError) {
    guard frequency == fitted else {
      throw .data(DataFault(.mixedFrequencies(frequency, fitted), series: name))
    }
  }
}

/// Refuses a value that is so large, in itself or in the unit of a fit, that its square overflows.
///
/// - Throws: `ForecastError.numerics`.
func requireRange(
  _ value: Double, unit: Double = 1, model: String, series: TimeSeries
) throws(ForecastError) {
  guard abs(value) < 0x1p480, abs(value / unit) < 0x1p480 else {
    throw .numerics(
      model: model, series: series.name,
      .outsideRange(name: "|y|", value: abs(value), lower: 0, upper: 0x1p480))
  }
}

extension FittedForecaster {
  /// What numerics find, or their error under the names of fit and series.
  func numerics<Result>(
    _ body: () throws(NumericsError) -> Result
  ) throws(ForecastError) -> Result {
    do throws(NumericsError) {
      return try body()
    } catch {
      if case .nonFinite(let row, _) = error {
        throw .notFinite(model: name, series: series.name, span: PeriodSpan(series.end + (row + 1)))
      }
      throw .numerics(model: name, series: series.name, error)
    }
  }
}
