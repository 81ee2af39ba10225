internal import ArgumentParser
internal import ForecastModels
internal import Forecasting

/// The options that take the effects of holidays out of a series and put them back on its forecast.
struct HolidayInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Countries whose holidays have effects, such as CN,RU, and RETAIL for Black Friday and the weeks around Christmas.",
      valueName: "codes"))
  var holidays: String?

  @Option(
    help: ArgumentHelp(
      "Days before and after each holiday with effects of their own. (default: 0,0)",
      valueName: "before,after"))
  var holidayWindow: String?

  /// Whether holidays are asked for.
  var isGiven: Bool { holidays != nil }

  /// The options as they were written.
  var texts: [String] {
    [holidays.map { "holidays=\($0)" }, holidayWindow.map { "window=\($0)" }].compactMap(\.self)
  }

  func validate() throws {
    guard holidayWindow == nil || isGiven else {
      throw ValidationError("--holiday-window needs --holidays")
    }
    _ = try window()
  }

  /// A model of the series without the effects; the model itself if no holidays are asked for.
  ///
  /// - Throws: `ForecastError.unknownName` for a calendar that is not built in, `.invalidOption`.
  func around(_ model: any DescribedForecaster) throws(ForecastError) -> any Forecaster {
    guard let holidays else { return model }
    let codes = holidays.split { ",+".contains($0) }.map(String.init)
    let days = (try? window()) ?? (0, 0)
    return HolidayAdjusted(
      AnyForecaster(model), holidays: try HolidayColumns(codes, before: days.0, after: days.1))
  }

  private func window() throws(ValidationError) -> (Int, Int) {
    guard let holidayWindow else { return (0, 0) }
    let days = holidayWindow.split(separator: ",", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard days.count == 2, days.allSatisfy({ (0...HolidayColumns.longestWindow).contains($0) }) else {
      throw ValidationError(
        "--holiday-window must be two numbers of days from 0 to \(HolidayColumns.longestWindow) such as 2,1, not \(holidayWindow)"
      )
    }
    return (days[0], days[1])
  }
}
