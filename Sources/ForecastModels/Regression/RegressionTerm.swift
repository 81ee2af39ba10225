public import Forecasting
internal import RealModule

/// One part of a regression's mean: what it adds to every base period.
///
/// Time t counts base periods from 0 at the first period of the series, as in the growth curves.
public enum RegressionTerm: Sendable, Hashable, Codable {
  /// The constant 1.
  case intercept
  /// t, t², … up to a degree.
  case trend(degree: Int = 1)
  /// t and, for each knot k, max(0, t − k): a line that changes its slope at the knots.
  case piecewiseTrend(knots: [Period])
  /// One level for each season of a cycle; beside an intercept the first season is the reference.
  ///
  /// The cycle is the series' own unless one is given.
  case seasonalDummies(period: Int? = nil)
  /// sin and cos of 2πkt/m for k = 1 … K; m is the series' cycle, each of them if it has several, unless one is given, and need not be
  /// whole: without one, weeks have 52.18 to the year.
  ///
  /// Where 2K = m the last sine is zero everywhere and left out.
  case fourier(period: Double? = nil, harmonics: Int)
  /// The number of days in the base period.
  case daysInPeriod
  /// 1 from a period on: a lasting change of level.
  case step(Period)
  /// 1 in one period: a passing effect.
  case pulse(Period)
  /// The number of periods since one, held from another on where one is given: a gradual change of level.
  case ramp(from: Period, through: Period? = nil)
}

/// A column of the design: its name and its value in a base period.
struct RegressionColumn: Sendable {
  let name: String
  let value: @Sendable (Period) -> Double
}

extension RegressionTerm {
  /// The columns for a series; `besideIntercept` leaves the first season out.
  func columns(for series: TimeSeries, besideIntercept: Bool) throws(ForecastError) -> [RegressionColumn] {
    let start = series.start
    switch self {
    case .intercept: return [RegressionColumn(name: "(intercept)") { _ in 1 }]
    case .trend(let degree):
      guard (1...20).contains(degree) else {
        throw .invalidOption(name: "trend", value: "\(degree)", reason: "must be a whole number from 1 to 20")
      }
      return (1...degree).map { power in
        RegressionColumn(name: power == 1 ? "trend" : "trend^\(power)") {
          integerPower(Double(start.distance(to: $0)), power)
        }
      }
    case .piecewiseTrend(let knots):
      var columns = [RegressionColumn(name: "trend") { Double(start.distance(to: $0)) }]
      for knot in knots {
        try RegressionTerm.require(knot, "knot", in: series)
        columns.append(
          RegressionColumn(name: "trend after \(knot)") { Double(max(0, knot.distance(to: $0))) })
      }
      return columns
    case .seasonalDummies(let given):
      let cycle = series.cycle(given)
      guard cycle > 1 else {
        throw .invalidOption(
          name: "season", value: "\(cycle)", reason: "must be a cycle of at least 2 periods")
      }
      return ((besideIntercept ? 1 : 0)..<cycle).map { season in
        let name = RegressionTerm.seasonName(season, cycle: cycle, frequency: series.frequency)
        return RegressionColumn(name: name) { $0.season(of: cycle) == season ? 1 : 0 }
      }
    case .fourier(let given, let harmonics):
      let seasons = given.map { [$0] } ?? series.exactSeasons
      guard seasons.count > 1 else {
        return try RegressionTerm.fourierColumns(seasons.first ?? 1, harmonics)
      }
      var columns: [RegressionColumn] = []
      for season in seasons {
        columns += try RegressionTerm.fourierColumns(
          season, max(1, min(harmonics, Int(season / 2))), suffix: " of \(TimeSeries.seasonText(season))")
      }
      return columns
    case .daysInPeriod:
      guard start.days != nil else {
        throw .invalidOption(
          name: "calendar", value: "days", reason: "has no meaning for \(series.frequency.rawValue) periods")
      }
      return [RegressionColumn(name: "days") { Double($0.days ?? 0) }]
    case .step(let at):
      try RegressionTerm.require(at, "step", in: series)
      return [RegressionColumn(name: "step \(at)") { $0 >= at ? 1 : 0 }]
    case .pulse(let at):
      try RegressionTerm.require(at, "pulse", in: series)
      return [RegressionColumn(name: "pulse \(at)") { $0 == at ? 1 : 0 }]
    case .ramp(let from, let through):
      try RegressionTerm.require(from, "ramp", in: series, before: true)
      if let through {
        guard through.frequency == from.frequency, through > from else {
          throw .invalidOption(name: "ramp", value: "\(from)/\(through)", reason: "ends before it rises")
        }
      }
      return [
        RegressionColumn(name: "ramp \(from)" + (through.map { "/\($0)" } ?? "")) { period in
          Double(max(0, from.distance(to: through.map { min($0, period) } ?? period)))
        }
      ]
    }
  }

  private static func fourierColumns(
    _ period: Double, _ harmonics: Int, suffix: String = ""
  ) throws(ForecastError) -> [RegressionColumn] {
    guard period > 1, period.isFinite, harmonics >= 1, 2 * Double(harmonics) <= period else {
      throw .invalidOption(
        name: "fourier", value: "\(harmonics)",
        reason: "harmonics need a cycle of at least twice as many periods; it is \(period)")
    }
    return (1...harmonics).flatMap { k in
      // The remainder is exact, so that late periods lose no digits.
      let angle: @Sendable (Period) -> Double = { time in
        2 * Double.pi * Double(k) * Double(time.ordinal).truncatingRemainder(dividingBy: period) / period
      }
      let cosine = RegressionColumn(name: "cos \(k)\(suffix)") { Double.cos(angle($0)) }
      guard 2 * Double(k) < period else { return [cosine] }
      return [RegressionColumn(name: "sin \(k)\(suffix)") { Double.sin(angle($0)) }, cosine]
    }
  }

  /// A change whose effect no observation shows cannot be estimated.
  private static func require(
    _ period: Period, _ what: String, in series: TimeSeries, before: Bool = false
  ) throws(ForecastError) {
    guard period.frequency == series.frequency else {
      throw .invalidOption(
        name: what, value: "\(period)", reason: "is no \(series.frequency.rawValue) period")
    }
    let last = before ? series.end - 1 : series.end
    guard period >= series.start, period <= last else {
      throw .invalidOption(
        name: what, value: "\(period)",
        reason: "lies outside the series (\(series.span)), which cannot show its effect")
    }
  }

  private static func seasonName(_ season: Int, cycle: Int, frequency: Frequency) -> String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    switch (frequency, cycle) {
    case (.month, 12): return months[season]
    case (.quarter, 4): return "Q\(season + 1)"
    case (.half, 2): return "H\(season + 1)"
    default: return "season \(season + 1)"
    }
  }
}

/// xᵏ by repeated products, exact while it is a whole number below 2⁵³.
private func integerPower(_ x: Double, _ k: Int) -> Double { (0..<k).reduce(1) { product, _ in product * x } }
