internal import ArgumentParser
internal import Forecasting

/// The option that gives the seasonal cycles of a series.
struct SeasonInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Base periods in a seasonal cycle, or in several: 12, 24+168, 7+365.25; 1 for none. (default: implied by the frequency)",
      valueName: "m+m"))
  var season: String?

  /// The cycles given, shortest first; `nil` if none were.
  ///
  /// - Throws: `ValidationError`.
  func seasons() throws(ValidationError) -> [Double]? {
    guard let season else { return nil }
    let parts = season.split(omittingEmptySubsequences: false) { "+,".contains($0) }
    let numbers = parts.compactMap { Double(decimal: String($0)) }.sorted()
    let least = numbers.count == 1 ? 1.0 : 2.0
    let isSound =
      numbers.count == parts.count && numbers.allSatisfy { ($0 == 1 || $0 >= 2) && $0 >= least && $0 <= 1e6 }
      && zip(numbers, numbers.dropFirst()).allSatisfy { $0.rounded() != $1.rounded() }
    guard isSound else {
      throw ValidationError(
        "--season must be numbers from 2 to 1000000 joined by +, such as 24+168, or 1 for none, not \(season)"
      )
    }
    return numbers
  }

  func validate() throws { _ = try seasons() }

  /// A series with the cycles given.
  ///
  /// - Throws: `ForecastError.invalidOption`; none after validation.
  func applied(to series: TimeSeries) throws(ForecastError) -> TimeSeries {
    guard let seasons = try? seasons() else { return series }
    return try series.with(seasons: seasons)
  }
}
