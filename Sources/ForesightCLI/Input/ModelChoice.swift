internal import ArgumentParser
internal import ForecastModels
internal import Forecasting

/// The options that choose a model.
struct ModelChoice: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model as listed by \"foresight models\", with options as NAME:option=value,option=value. (default: auto)",
      valueName: "name"), completion: .list(Registry.models.map(\.name)))
  var model: String?

  @Option(
    name: .customLong("option"),
    help: ArgumentHelp("An option of the model; may be repeated.", valueName: "name=value"))
  var options: [String] = []

  @OptionGroup var usual: DefaultInput
  @OptionGroup var holidays: HolidayInput

  /// Whether a model was asked for.
  var isGiven: Bool { model != nil || !options.isEmpty || usual.isGiven || holidays.isGiven }

  /// The choice as it was written.
  var text: String {
    let flags = [usual.domain.map { "domain=\($0)" }, usual.robust ? "robust=true" : nil].compactMap(\.self)
    return ([model ?? "auto"] + options + flags + holidays.texts).joined(separator: " ")
  }

  /// The model.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name, `.invalidOption`.
  func forecaster() throws(ForecastError) -> any Forecaster {
    var values: [String: String] = [:]
    for option in options {
      let pair = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[0].isEmpty, values[String(pair[0])] == nil else {
        throw .invalidOption(
          name: "--option", value: option, reason: "options are written name=value, each once")
      }
      values[String(pair[0])] = String(pair[1])
    }
    return try holidays.around(
      try Registry.model(model ?? "auto", options: try usual.options(for: model ?? "auto", values)))
  }
}
