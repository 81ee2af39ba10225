/// What a series shows of its base periods: one value per span of periods.
///
/// A value that covers several periods is a weight times their sum, or the value of the last one. The filter carries the
/// sum beside the state, cₜ = [cₜ₋₁ +] yₜ with the sum started anew at the first period of a span, and observes it at the
/// end of the span (A. C. Harvey, *Forecasting, Structural Time Series Models and the Kalman Filter*, 1989, §6.3). Spans and
/// missing values are therefore exact.
struct Cumulator: Sendable {
  /// One observation.
  struct Span: Sendable {
    /// The first base period, counted from the start of the filter.
    let first: Int
    /// The number of base periods.
    let count: Int
    /// Whether the observation sums its periods; otherwise it is the value of the last one.
    var sums = true
    /// The weight of the sum: 1/count for a mean.
    var weight = 1.0
    /// Whether there is a value.
    var isObserved = true

    /// The base period at whose end the observation is made.
    var last: Int { first + count - 1 }
  }

  /// The observations in time order, which do not overlap.
  let spans: [Span]
  /// The number of base periods to the end of the series.
  let periods: Int
}
