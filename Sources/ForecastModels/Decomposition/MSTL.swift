public import Forecasting

/// Seasonal-trend decomposition with several seasons: STL for each in turn on what the others leave, shortest cycle first.
///
/// K. Bandara, R. J. Hyndman and C. Bergmeir, *Int. J. Operational Research* 52 (2025) 79–98, arXiv:2107.13462. By default,
/// the window of the k-th season has 7 + 4k cycles.
public struct MSTL: Sendable, Hashable {
  /// The seasonal periods in base periods, ascending; empty for those of the series.
  public var seasonalPeriods: [Int]
  /// The window of every season; `nil` for 7 + 4k cycles for the k-th.
  public var seasonalWindow: SeasonalWindow?
  /// The window of the trend in base periods; `nil` to derive it from the last season.
  public var trendWindow: Int?
  /// Whether outliers are downweighted.
  public var isRobust: Bool
  /// The number of rounds over the seasons if there are several.
  public var rounds: Int

  /// Creates a decomposition.
  public init(
    seasonalPeriods: [Int] = [], seasonalWindow: SeasonalWindow? = nil, trendWindow: Int? = nil,
    isRobust: Bool = false, rounds: Int = 2
  ) {
    self.seasonalPeriods = Set(seasonalPeriods).sorted()
    self.seasonalWindow = seasonalWindow
    self.trendWindow = trendWindow
    self.isRobust = isRobust
    self.rounds = rounds
  }

  /// The seasonal periods of which the series has more than two cycles, and those for which it is too short.
  func periods(of series: TimeSeries) -> (used: [Int], left: [Int]) {
    let all =
      seasonalPeriods.isEmpty ? series.seasons.map { Int($0.rounded()) }.filter { $0 > 1 } : seasonalPeriods
    return (all.filter { 2 * $0 < series.count }, all.filter { 2 * $0 >= series.count })
  }

  /// Decomposes a series; seasons with two cycles of data or fewer are left out.
  ///
  /// Cost: O(n) per season, round and loop.
  ///
  /// - Throws: `ForecastError.tooFewObservations` if no season is left, `.unseenSeason` if a position of a cycle is never
  ///   observed, `.spanNotSupported` for an aggregated observation, `.notFinite` if sums overflow, and `.invalidOption` for a
  ///   seasonal period below 2, a window that is not an odd number of at least 3, or no round.
  public func decompose(_ series: TimeSeries) throws(ForecastError) -> Decomposition {
    try validate()
    let periods = self.periods(of: series)
    guard !periods.used.isEmpty else {
      let first = periods.left.first ?? series.seasonalPeriod
      guard first > 1 else {
        throw .invalidOption(
          name: "series", value: series.name,
          reason:
            "has no seasonal period by \(series.frequency.rawValue); give one of at least 2 base periods")
      }
      throw .tooFewObservations(
        model: "MSTL", series: series.name, needed: 2 * first + 1, found: series.count)
    }
    let values = try series.singlePeriodValues(for: "MSTL")
    for period in periods.used {
      try STL.requireCycles(values, period: period, of: series, for: "MSTL")
    }
    var seasons = periods.used.map { _ in [Double](repeating: 0, count: values.count) }
    var rest = values
    var parts = STLParts(trend: [], seasonal: [], weights: [])
    for _ in 0..<(periods.used.count > 1 ? rounds : 1) {
      for (place, period) in periods.used.enumerated() {
        for k in rest.indices { rest[k] += seasons[place][k] }
        let stl = STL(
          seasonalPeriod: period, seasonalWindow: seasonalWindow ?? .cycles(11 + 4 * place),
          trendWindow: trendWindow, isRobust: isRobust)
        parts = CalendarFold(series, cycle: period).parts(of: rest, by: stl, period: period)
        seasons[place] = parts.seasonal
        for k in rest.indices { rest[k] -= seasons[place][k] }
      }
    }
    return try Decomposition(
      series: series, trend: parts.trend,
      seasonal: zip(periods.used, seasons).map { SeasonalComponent(period: $0, values: $1) },
      weights: parts.weights, leftOut: periods.left)
  }
}

extension MSTL {
  /// The options by which a decomposition is written as text.
  static let options: [ModelOption<MSTL>] = [
    ModelOption(
      "periods", \.cycles, .cycles, "base periods in each cycle; auto is the series' own"),
    ModelOption(
      "window", \.seasonalWindow, .window,
      "cycles over which a seasonal component is smoothed; auto is 11 for the first, 4 more for each further one"
    ),
    ModelOption(
      "trend", \.trendWindow, .optional(.oddWidth, absent: "auto"),
      "periods over which the trend is smoothed; auto follows from the cycle"),
    ModelOption("robust", \.isRobust, .flag, "whether outliers are weighted down"),
  ]

  /// A decomposition whose cycles and windows are given as text; cycles are joined by plus signs or commas.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  package init(periods: String?, window: String?, trend: String?, isRobust: Bool) throws(ForecastError) {
    self.init(isRobust: isRobust)
    if let periods {
      cycles = try OptionSyntax.cycles.value(
        of: periods.replacing(",", with: "+"), option: "periods")
    }
    if let window { seasonalWindow = try OptionSyntax.window.value(of: window, option: "window") }
    if let trend {
      trendWindow = try OptionSyntax.optional(.oddWidth, absent: "auto").value(of: trend, option: "trend")
    }
  }

  /// Refuses cycles and windows without meaning.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  func validate() throws(ForecastError) {
    for option in MSTL.options { try option.validate(self) }
    guard rounds > 0 else {
      throw .invalidOption(name: "rounds", value: "\(rounds)", reason: "must be at least 1")
    }
  }

  private var cycles: [Int] {
    get { seasonalPeriods }
    set { seasonalPeriods = Set(newValue).sorted() }
  }
}

extension OptionSyntax<[Int]> {
  /// The periods in each cycle.
  static var cycles: OptionSyntax {
    .list(.count(atLeast: 2), shownAs: "PERIODS+PERIODS…, whole numbers from 2 to 1000000", empty: "auto")
  }
}

extension OptionSyntax<Int> {
  /// The width of a window.
  static var oddWidth: OptionSyntax {
    OptionSyntax(
      ["an odd number from 3 to 999999"], examples: ["3", "13"],
      read: { text in Int(text).flatMap { isWindow($0) && $0 < 1_000_000 ? $0 : nil } },
      write: { isWindow($0) && $0 < 1_000_000 ? "\($0)" : nil })
  }
}

extension OptionSyntax<SeasonalWindow?> {
  /// The window of seasonal components.
  static var window: OptionSyntax {
    .optional(
      .oneOf(
        .word("periodic", .periodic),
        OptionSyntax<Int>.oddWidth.map(
          { .cycles($0) }, { window in if case .cycles(let width) = window { width } else { nil } })),
      absent: "auto")
  }
}
