internal import ArgumentParser
internal import ForecastModels
internal import Forecasting

/// The options of the default model that have a flag of their own.
struct DefaultInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The values that the series can take, for the default model: auto, real, nonnegative, unit, or bounds such as 0..100. (default: auto: no value below 0 if none is)",
      valueName: "range"))
  var domain: String?

  @Flag(help: "Take a last value far outside for an error, in the default model.") var robust = false

  /// Whether one of them is given.
  var isGiven: Bool { domain != nil || robust }

  /// The options of a model with those given.
  ///
  /// - Throws: `ForecastError.invalidOption` for a model that has no such option, or one that is given twice.
  func options(for model: String, _ given: [String: String]) throws(ForecastError) -> [String: String] {
    var options = given
    let flags = [("domain", domain), ("robust", robust ? "true" : nil)]
    for (name, value) in flags {
      guard let value else { continue }
      guard options.updateValue(value, forKey: name) == nil else {
        throw .invalidOption(name: "--\(name)", value: value, reason: "is given twice")
      }
    }
    guard isGiven else { return options }
    let base = String(model.prefix { $0 != ":" })
    let known = try Registry.description(of: base).options.map(\.name)
    for (name, value) in flags where value != nil && !(base == "auto" && known.contains(name)) {
      throw .invalidOption(
        name: "--\(name)", value: value ?? "", reason: "is an option of the model auto, not of \(base)")
    }
    return options
  }

  /// The text of each model with the options given, where it is the default model.
  ///
  /// - Throws: `ForecastError.invalidOption` if none of them is.
  func applied(to models: [String]) throws(ForecastError) -> [String] {
    guard isGiven else { return models }
    func isDefault(_ model: String) -> Bool { model.prefix { $0 != ":" } == "auto" }
    guard models.contains(where: isDefault) else {
      throw .invalidOption(
        name: domain != nil ? "--domain" : "--robust", value: domain ?? "true",
        reason: "is an option of the model auto, which is not among the models")
    }
    let added = [domain.map { "domain=\($0)" }, robust ? "robust=true" : nil].compactMap(\.self)
    return models.map { model in
      isDefault(model) ? model + (model.contains(":") ? "," : ":") + added.joined(separator: ",") : model
    }
  }
}
