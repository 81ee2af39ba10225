/// A forecaster that can be chosen by name: its options are described once, and everything else follows.
///
/// ```swift
/// extension Theta: DescribedForecaster {
///   public static let descriptions = [
///     ModelDescription(
///       "theta", "smoothing with half the slope of a line as drift", Theta(),
///       [
///         ModelOption("adjustment", \.adjustment, .choice(), "how the seasonal component is removed")
///       ])
///   ]
/// }
/// ```
public protocol DescribedForecaster: Forecaster, Equatable {
  /// The names under which it can be chosen, each with what sets it apart.
  static var descriptions: [ModelDescription] { get }

  /// Refuses options that have no meaning, alone or together. `fit` calls it first.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  func validate() throws(ForecastError)
}

extension DescribedForecaster {
  /// Refuses every value that the syntax of its option does not take.
  public func validate() throws(ForecastError) { try validateOptions() }

  /// Refuses every value that the syntax of its option does not take: what a `validate` of its own calls first.
  ///
  /// - Throws: `ForecastError.invalidOption` with everything that the option takes.
  public func validateOptions() throws(ForecastError) {
    for description in Self.descriptions { try description.check(self) }
  }

  /// The model as text, such as `theta:season=7,adjustment=additive`: options that have their default are left out.
  ///
  /// The text reads back to an equal model; `nil` for a model that no text describes, such as a regression weighted period
  /// by period.
  public var normalForm: String? { normalParts.map { ModelText.text($0.name, $0.options) } }

  /// The name and the options that differ from their defaults.
  package var normalParts: (name: String, options: [(name: String, value: String)])? {
    for description in Self.descriptions {
      if let options = description.options(of: self) { return (description.name, options) }
    }
    return nil
  }

  /// Whether another forecaster is equal to this one.
  package func equals(_ other: any Forecaster) -> Bool { (other as? Self) == self }
}

/// A name under which a model can be chosen, with its options: reading, refusals, defaults and help.
public struct ModelDescription: Sendable {
  /// The name, such as `exponential-growth`.
  public let name: String
  /// What the model is, in one line.
  public let summary: String
  /// The options it takes.
  public let options: [OptionDescription]
  /// The models that it is made of, if it chooses among several, with what each is for.
  public private(set) var members: [Member] = []
  /// The type of a fit of the model.
  public let fittedType: any FittedForecaster.Type
  private let make: @Sendable ([String: String]) throws(ForecastError) -> any DescribedForecaster
  private let write: @Sendable (any DescribedForecaster) -> [(name: String, value: String)]?
  private let validate: @Sendable (any DescribedForecaster) throws(ForecastError) -> Void

  /// A named model.
  ///
  /// - Parameters:
  ///   - name: The name by which it is chosen.
  ///   - summary: What it is, in one line.
  ///   - base: The model without options; defaults are read off it.
  ///   - options: The options, in the order in which they are read.
  public init<Model: DescribedForecaster>(
    _ name: String, _ summary: String, _ base: Model, _ options: [ModelOption<Model>]
  ) {
    self.name = name
    self.summary = summary
    fittedType = Model.Fitted.self
    let defaults = options.map { $0.write(base)?.first?.value ?? "" }
    self.options = zip(options, defaults).map { option, text in
      OptionDescription(
        name: option.name, alternatives: option.alternatives, defaultText: text, summary: option.summary,
        examples: option.examples, setting: option.setting)
    }
    make = { texts throws(ForecastError) in
      try ModelDescription.requireKnown(Array(texts.keys), options, model: name)
      var model = base
      for (option, standard) in zip(options, defaults) {
        // The value is judged before what it needs, and what it needs before it has an effect.
        var next = model
        try option.read(texts, &next)
        if let text = texts[option.name], text != standard, let needed = option.needs {
          try ModelDescription.require(needed, for: option.name, text, of: model, options)
        }
        model = next
      }
      try model.validate()
      return model
    }
    write = { described in
      guard let model = described as? Model else { return nil }
      var copy = base
      for option in options { option.copy(model, &copy) }
      guard copy == model else { return nil }
      var result: [(name: String, value: String)] = []
      for option in options {
        guard let own = option.write(model), let usual = option.write(base) else { return nil }
        guard !own.elementsEqual(usual, by: ==) else { continue }
        // The default model inside a wrapper goes without its name: `model.damped=true`.
        let isNamed = own.count == 1 || usual.count != 1 || own[0] != usual[0]
        result += isNamed ? own : Array(own.dropFirst())
      }
      return result
    }
    validate = { described throws(ForecastError) in
      guard let model = described as? Model else { return }
      for option in options { try option.check(model) }
    }
  }

  /// A model that another one chooses or weighs.
  public struct Member: Sendable, Equatable {
    /// The data for which it is in the choice.
    public let data: String
    /// Its name.
    public let name: String
    /// Its weight before the data speak, relative to 1; `nil` if it must earn its place.
    public let prior: Double?
    /// What it is there for.
    public let purpose: String

    /// A member.
    public init(data: String, name: String, prior: Double?, purpose: String) {
      self.data = data
      self.name = name
      self.prior = prior
      self.purpose = purpose
    }
  }

  /// The description with the models that it is made of.
  public func listing(_ members: [Member]) -> ModelDescription {
    var copy = self
    copy.members = members
    return copy
  }

  /// The model with options given as text.
  ///
  /// - Throws: `ForecastError.unknownName` for an option that the model does not have, with the nearest name;
  ///   `.invalidOption` for a value that it refuses, with the values that it takes.
  public func model(_ options: [String: String] = [:]) throws(ForecastError) -> any DescribedForecaster {
    try make(options)
  }

  /// The options of a model that differ from the defaults; `nil` if this description does not describe it.
  func options(of model: any DescribedForecaster) -> [(name: String, value: String)]? { write(model) }

  /// Refuses values that the options do not take.
  func check(_ model: any DescribedForecaster) throws(ForecastError) { try validate(model) }

  private static func requireKnown<Model>(
    _ given: [String], _ options: [ModelOption<Model>], model: String
  ) throws(ForecastError) {
    let names = options.map(\.name)
    for name in given.sorted() where !names.contains(name) {
      let isInner = options.contains { $0.isModel && name.hasPrefix($0.name + ".") }
      guard !isInner else { continue }
      throw .unknownName(
        kind: "option of \(model)", name: name, nearest: nearestName(to: name, among: names))
    }
  }

  /// Refuses an option that has no effect without the setting of another.
  private static func require<Model>(
    _ setting: String, for name: String, _ text: String, of model: Model, _ options: [ModelOption<Model>]
  ) throws(ForecastError) {
    let pair = setting.split(separator: "=", maxSplits: 1)
    let value = options.first { $0.name == pair[0] }?.write(model)?.first?.value
    guard value != String(pair[1]) else { return }
    throw .invalidOption(name: name, value: text, reason: "needs \(setting)")
  }
}
