public import Forecasting

/// An option of a model that is chosen by name.
public struct ModelOption: Sendable, Hashable, Codable {
  /// The option's name, such as `noise`.
  public let name: String
  /// The values it takes, as a reader writes them: `additive|multiplicative|poisson`, `a number above 0`.
  public let values: String
  /// The value it has when it is not given.
  public let standard: String
  /// One line that says what it does.
  public let summary: String

  /// An option with its values and what it does.
  public init(_ name: String, values: String, standard: String, summary: String) {
    self.name = name
    self.values = values
    self.standard = standard
    self.summary = summary
  }
}

/// A model that can be chosen by name, with options as text: what a command line or a scenario file asks for.
public struct ModelEntry: Sendable {
  /// The name, such as `exponential-growth`.
  public let name: String
  /// One line that says what the model is.
  public let summary: String
  /// The options it takes.
  public let options: [ModelOption]
  private let build: @Sendable (ModelOptions) throws(ForecastError) -> any Forecaster

  /// A named model, made from its options.
  public init(
    _ name: String, summary: String, options: [ModelOption] = [],
    build: @escaping @Sendable (ModelOptions) throws(ForecastError) -> any Forecaster
  ) {
    self.name = name
    self.summary = summary
    self.options = options
    self.build = build
  }

  /// The model with options given as text.
  ///
  /// - Throws: `ForecastError.unknownName` for an option that the model lacks, `.invalidOption` for a value it refuses.
  public func model(_ values: [String: String] = [:]) throws(ForecastError) -> any Forecaster {
    let names = options.map(\.name)
    let wraps = names.contains("model")
    for name in values.keys.sorted() where !names.contains(name) && !(wraps && name.hasPrefix("model.")) {
      throw .unknownName(
        kind: "option of \(self.name)", name: name, nearest: nearestName(to: name, among: names))
    }
    return try build(ModelOptions(values))
  }
}

/// The options given to a named model, read as what they must be.
public struct ModelOptions: Sendable {
  private let values: [String: String]

  init(_ values: [String: String]) { self.values = values }

  /// The text of an option, `nil` when it was not given.
  public func text(_ name: String) -> String? { values[name] }

  /// The model that a wrapper is put around: the option `model`, with the options written `model.NAME`.
  ///
  /// - Throws: what the named model's entry throws.
  public func wrapped(standard: String) throws(ForecastError) -> any Forecaster {
    let prefix = "model."
    var inner: [String: String] = [:]
    for (key, value) in values where key.hasPrefix(prefix) {
      inner[String(key.dropFirst(prefix.count))] = value
    }
    return try ModelCatalogue.model(named: values["model"] ?? standard, options: inner)
  }

  /// An option that is a finite number, `nil` when it was not given.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  public func number(_ name: String) throws(ForecastError) -> Double? {
    guard let text = values[name] else { return nil }
    guard let value = Double(text), value.isFinite else {
      throw .invalidOption(name: name, value: text, reason: "is no finite number")
    }
    return value
  }

  /// An option that is a whole number of at least `least`, `nil` when it was not given.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  public func whole(_ name: String, atLeast least: Int = 0) throws(ForecastError) -> Int? {
    guard let text = values[name] else { return nil }
    guard let value = Int(text), value >= least else {
      throw .invalidOption(name: name, value: text, reason: "is no whole number of at least \(least)")
    }
    return value
  }

  /// An option that is `true` or `false`, `nil` when it was not given.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  public func flag(_ name: String) throws(ForecastError) -> Bool? {
    guard let text = values[name] else { return nil }
    guard let value = Bool(text) else {
      throw .invalidOption(name: name, value: text, reason: "is neither true nor false")
    }
    return value
  }

  /// An option that is one of an enumeration's raw values, `nil` when it was not given.
  ///
  /// - Throws: `ForecastError.invalidOption` with the values that it takes.
  public func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Choice.Type = Choice.self
  ) throws(ForecastError) -> Choice? where Choice.RawValue == String {
    guard let text = values[name] else { return nil }
    guard let value = Choice(rawValue: text) else {
      let all = Choice.allCases.map(\.rawValue)
      let near = nearestName(to: text, among: all).map { "; did you mean \"\($0)\"?" } ?? ""
      throw .invalidOption(
        name: name, value: text, reason: "is none of \(all.joined(separator: ", "))" + near)
    }
    return value
  }
}

/// Every model that can be chosen by name.
public enum ModelCatalogue {
  /// The models, family by family.
  public static let entries: [ModelEntry] =
    ModelEntry.baselines + ModelEntry.growth + ModelEntry.regression + ModelEntry.exponentialSmoothing
    + ModelEntry.complexSmoothing + ModelEntry.theta + ModelEntry.arima + ModelEntry.intermittent
    + ModelEntry.decomposition
    + ModelEntry.combination
    + ModelEntry.wrappers

  /// The model of a name, with options given as text.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name, `.invalidOption`.
  public static func model(
    named name: String, options: [String: String] = [:]
  ) throws(ForecastError) -> any Forecaster {
    try entry(named: name).model(options)
  }

  /// The model written as `name` or `name:option=value,option=value`, with further options.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name, `.invalidOption`.
  public static func model(
    _ text: String, options further: [String: String] = [:]
  ) throws(ForecastError) -> any Forecaster {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    var options = further
    if parts.count == 2 {
      for option in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
        let pair = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2, options[String(pair[0])] == nil else {
          throw .invalidOption(
            name: "model", value: text,
            reason: "options are written name:option=value,option=value, each once")
        }
        options[String(pair[0])] = String(pair[1])
      }
    }
    return try model(named: String(parts.first ?? ""), options: options)
  }

  /// The entry of a name.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name.
  public static func entry(named name: String) throws(ForecastError) -> ModelEntry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .unknownName(
        kind: "model", name: name, nearest: nearestName(to: name, among: entries.map(\.name)))
    }
    return entry
  }
}
