/// What becomes of several rows of a period, of periods without a row, and of the end of each series of a panel.
public struct RowPolicy: Sendable, Hashable {
  /// How several rows of a period become one value; `nil` refuses them.
  public var aggregate: SpanRule?
  /// What periods without a row are.
  public var gaps: GapPolicy
  /// The period at which every series ends: later rows are left out, and periods without a row up to it are gaps.
  public var until: String?

  /// Creates a policy, by default that of `TimeSeries(csv:)`.
  public init(aggregate: SpanRule? = nil, gaps: GapPolicy = .missing, until: String? = nil) {
    self.aggregate = aggregate
    self.gaps = gaps
    self.until = until
  }

  /// The sum, mean or last of the values that are there, in file order; NaN if none is.
  static func value(of values: [Double], by rule: SpanRule) -> Double {
    let present = values.filter { !$0.isNaN }
    guard let last = present.last else { return .nan }
    switch rule {
    case .sum: return present.reduce(0, +)
    case .mean: return present.reduce(0, +) / Double(present.count)
    case .last: return last
    }
  }

  /// Values that end at the last period.
  ///
  /// - Throws: `ForecastError.data` for a series that has no period up to it, or of another frequency.
  func ended(_ values: [Double], start: Period) throws(ForecastError) -> [Double] {
    guard let until else { return values }
    guard let last = Period(until, frequency: start.frequency) else {
      throw .data(DataFault(.badPeriod(until)))
    }
    let count = start.distance(to: last) + 1
    guard count > 0 else { throw .data(DataFault(.empty)) }
    if count <= values.count { return Array(values[..<count]) }
    guard count - values.count <= longestGap, gaps != .refuse else {
      throw .data(DataFault(.gap(PeriodSpan(start + values.count, through: last))))
    }
    return values + [Double](repeating: gaps == .zero ? 0 : .nan, count: count - values.count)
  }
}
