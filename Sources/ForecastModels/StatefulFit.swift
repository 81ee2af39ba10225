internal import Forecasting
internal import ForesightNumerics

/// A fit that carries its parameters over later observations by its state alone.
protocol ContinuedFit: Sendable {
  var series: TimeSeries { get set }
  var fitted: [Double?] { get set }
  /// The first period of the fit, which times are counted from.
  var origin: Period { get }
  /// Runs on over observations whose first is `first` periods after the origin.
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError)
}

/// One that can also be put back before its first period.
protocol StatefulFit: ContinuedFit {
  /// Puts the state before the first period, with no fitted value.
  mutating func restart()
}

extension ContinuedFit {
  /// What is taken from a series by a fit that is run anew from its first period, else from the end of its own.
  func taken(from series: TimeSeries) -> TakenValues {
    series.start == origin ? .all : .later(origin: origin)
  }

  /// The fit with later observations taken in.
  func continued(with observations: [Observation]) throws(ForecastError) -> Self {
    var copy = self
    copy.series = try series.appending(observations)
    try copy.take(
      Array(copy.series.observations[series.count...]), from: origin.distance(to: series.end) + 1)
    return copy
  }

  /// The fit at the end of a series that overlaps or follows the end of its own.
  func extended(to series: TimeSeries) throws(ForecastError) -> Self {
    try series.requireFrequency(origin.frequency)
    guard series.end >= self.series.end, series.start <= self.series.end + 1 else {
      throw .outsideForecast(
        series: series.name, asked: series.span, reason: "the fit knows no state before its first period")
    }
    return try continued(to: series)
  }

  private func continued(to whole: TimeSeries) throws(ForecastError) -> Self {
    let end = series.end
    let later = whole.observations.filter { $0.span.first > end }
    let offset = series.start.distance(to: whole.start)
    var copy = self
    copy.series = whole
    copy.fitted = (0..<(whole.count - later.count)).map { index -> Double? in
      fitted.indices.contains(index + offset) ? fitted[index + offset] : nil
    }
    try copy.take(later, from: origin.distance(to: end) + 1)
    return copy
  }
}

extension StatefulFit {
  /// The fit at the end of another series: from its start where that is the origin, else from the end of its own.
  func carried(to series: TimeSeries) throws(ForecastError) -> Self {
    guard series.start == origin else { return try extended(to: series) }
    var copy = self
    copy.series = series
    copy.restart()
    copy.fitted = []
    try copy.take(series.observations, from: 0)
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

/// Refuses a value that is so large, in itself or in the unit of a fit, that its square has no place among the numbers.
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
