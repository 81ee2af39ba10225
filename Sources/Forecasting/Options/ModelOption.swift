/// An option of a model: a name, the property that it sets, and how its values are written.
///
/// ```swift
/// ModelOption("adjustment", \.adjustment, .choice(), "how the seasonal component is removed")
/// ```
public struct ModelOption<Model>: Sendable {
  /// The option's name, such as `noise`.
  public let name: String
  /// What it does, in one line.
  public let summary: String
  /// What it takes: words, and descriptions such as `a number above 0`.
  public let alternatives: [String]
  /// Texts that it accepts, every word of `alternatives` among them.
  public let examples: [String]
  /// Another option's setting, such as `method=adaptive`, without which this option has no effect and is refused.
  public let needs: String?
  /// A setting of other options under which every value of this one is accepted.
  public let setting: String?
  /// Whether the value is a model, whose options are written `NAME.option`.
  let isModel: Bool
  let read: @Sendable ([String: String], inout Model) throws(ForecastError) -> Void
  let write: @Sendable (Model) -> [(name: String, value: String)]?
  let copy: @Sendable (Model, inout Model) -> Void
  let check: @Sendable (Model) throws(ForecastError) -> Void

  /// An option that sets a property.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - path: The property.
  ///   - syntax: How its values are written.
  ///   - summary: What it does, in one line.
  ///   - needs: A setting `option=value` of an earlier option without which this one has no effect.
  ///   - setting: A setting of other options under which every value is accepted, if the defaults are not.
  public init<Value>(
    _ name: String, _ path: any WritableKeyPath<Model, Value> & Sendable, _ syntax: OptionSyntax<Value>,
    _ summary: String, needs: String? = nil, setting: String? = nil
  ) {
    self.name = name
    self.summary = summary
    self.needs = needs
    self.setting = setting ?? needs
    alternatives = syntax.alternatives
    examples = syntax.examples
    isModel = false
    read = { texts, model throws(ForecastError) in
      guard let text = texts[name] else { return }
      model[keyPath: path] = try syntax.value(of: text, option: name)
    }
    write = { model in syntax.text(of: model[keyPath: path]).map { [(name, $0)] } }
    copy = { source, target in target[keyPath: path] = source[keyPath: path] }
    check = { model throws(ForecastError) in
      let value = model[keyPath: path]
      guard syntax.text(of: value) == nil else { return }
      throw syntax.refusal(of: "\(value)", option: name)
    }
  }

  /// An option whose value is a model by name, with the options of that model written `NAME.option=value`.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - path: The property that holds the model.
  ///   - examples: Names of models.
  ///   - summary: What it does, in one line.
  ///   - read: The model of a name and options; a `nil` name keeps the default model, with these options.
  ///   - write: The name and options of a model, `nil` if no text says them.
  public init<Value>(
    model name: String, _ path: any WritableKeyPath<Model, Value> & Sendable, examples: [String],
    _ summary: String,
    read: @escaping @Sendable (String, [String: String]) throws(ForecastError) -> Value,
    write: @escaping @Sendable (Value) -> (name: String, options: [(name: String, value: String)])?
  ) {
    self.name = name
    self.summary = summary
    self.examples = examples
    alternatives = ["a model's name"]
    needs = nil
    setting = nil
    isModel = true
    let prefix = name + "."
    self.read = { texts, model throws(ForecastError) in
      var inner: [String: String] = [:]
      for (key, value) in texts where key.hasPrefix(prefix) {
        inner[String(key.dropFirst(prefix.count))] = value
      }
      guard let chosen = texts[name] ?? (inner.isEmpty ? nil : write(model[keyPath: path])?.name) else {
        return
      }
      model[keyPath: path] = try read(chosen, inner)
    }
    self.write = { model in
      guard let parts = write(model[keyPath: path]) else { return nil }
      return [(name, parts.name)] + parts.options.map { (prefix + $0.name, $0.value) }
    }
    copy = { source, target in target[keyPath: path] = source[keyPath: path] }
    check = { _ throws(ForecastError) in }
  }

  private init<Part>(_ part: ModelOption<Part>, of path: any WritableKeyPath<Model, Part> & Sendable) {
    name = part.name
    summary = part.summary
    alternatives = part.alternatives
    examples = part.examples
    needs = part.needs
    setting = part.setting
    isModel = part.isModel
    read = { texts, model throws(ForecastError) in try part.read(texts, &model[keyPath: path]) }
    write = { part.write($0[keyPath: path]) }
    copy = { source, target in part.copy(source[keyPath: path], &target[keyPath: path]) }
    check = { model throws(ForecastError) in try part.check(model[keyPath: path]) }
  }
}

extension ModelOption {
  /// Refuses a model whose value the option does not take.
  ///
  /// - Throws: `ForecastError.invalidOption` with everything that the option takes.
  package func validate(_ model: Model) throws(ForecastError) { try check(model) }

  /// The option of a model that holds the one that this option belongs to.
  package func of<Whole>(_ path: any WritableKeyPath<Whole, Model> & Sendable) -> ModelOption<Whole> {
    ModelOption<Whole>(self, of: path)
  }
}

/// What is known of an option without its model's type: a row of help.
public struct OptionDescription: Sendable, Hashable {
  /// The option's name, such as `noise`.
  public let name: String
  /// What it takes: words, and descriptions such as `a number above 0`.
  public let alternatives: [String]
  /// The text of the value that it has when it is not given.
  public let defaultText: String
  /// What it does, in one line.
  public let summary: String
  /// Texts that it accepts, every word of `alternatives` among them.
  public let examples: [String]
  /// A setting of other options under which every value of this one is accepted, if the defaults are not.
  public let setting: String?

  /// What it takes as one text: `additive|multiplicative|poisson`.
  public var values: String { alternatives.joined(separator: "|") }
}
