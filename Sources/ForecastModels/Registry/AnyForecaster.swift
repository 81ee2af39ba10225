public import Forecasting

/// A forecaster of any type: what a wrapper holds whose model is chosen by name.
///
/// Its JSON is the text of the model, such as `"ets:form=AAN"`.
public struct AnyForecaster: Forecaster, Equatable {
  /// The forecaster itself.
  public let model: any Forecaster

  /// A forecaster with its type erased.
  public init(_ model: any Forecaster) { self.model = (model as? AnyForecaster)?.model ?? model }

  /// The model's name.
  public var name: String { model.name }

  /// The model fitted to a series, at the model's own cost.
  ///
  /// - Throws: what the model's `fit` throws.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedModel {
    FittedModel(try model.fit(series))
  }

  /// Whether the model takes external variables.
  public var takesRegressors: Bool { model.takesRegressors }

  /// The model fitted to a series and external variables.
  ///
  /// - Throws: what the model's `fit` throws.
  public func fit(_ series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> FittedModel {
    FittedModel(try model.fit(series, regressors: regressors))
  }

  /// The model as text; `nil` for one that no text describes.
  public var normalForm: String? { (model as? any DescribedForecaster)?.normalForm }

  /// Whether two hold equal models; models without a description are compared by type and name.
  public static func == (one: AnyForecaster, other: AnyForecaster) -> Bool {
    if let described = one.model as? any DescribedForecaster { return described.equals(other.model) }
    return type(of: one.model) == type(of: other.model) && one.name == other.name
  }
}

extension AnyForecaster: Codable {
  /// Writes the model as text.
  ///
  /// - Throws: `EncodingError` for a model that no text describes.
  public func encode(to encoder: any Encoder) throws {
    guard let text = normalForm else {
      throw EncodingError.invalidValue(
        self, .init(codingPath: encoder.codingPath, debugDescription: "no text describes the model \(name)"))
    }
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// Reads a model from its text.
  ///
  /// - Throws: `DecodingError` for a name or option that does not exist.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      self.init(try Registry.model(container.decode(String.self)))
    } catch let error as ForecastError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }
}

extension ModelOption {
  /// The model inside a wrapper, `auto-ets` unless another is named.
  static func model(_ path: any WritableKeyPath<Model, AnyForecaster> & Sendable) -> ModelOption {
    ModelOption(
      model: "model", path, examples: ["auto-ets", "drift"],
      "the model inside; set its options with model.NAME=value",
      read: { name, options throws(ForecastError) in
        AnyForecaster(try Registry.model(named: name, options: options))
      },
      write: { ($0.model as? any DescribedForecaster)?.normalParts })
  }
}

extension OptionSyntax<AnyForecaster> {
  /// A model with its options, in parentheses where they are separated by commas.
  static var model: OptionSyntax {
    OptionSyntax(
      ["MODEL"], examples: ["drift", "ets:form=ANN", "(ets:form=AAN,damped=true)"],
      read: { try? AnyForecaster(model(of: $0)) },
      write: { model in
        model.normalForm.map { text in text.contains(where: { ",+".contains($0) }) ? "(\(text))" : text }
      },
      fault: { text in
        do throws(ForecastError) { _ = try model(of: text) } catch { return error }
        return nil
      })
  }

  private static func model(of text: String) throws(ForecastError) -> any DescribedForecaster {
    let inner = text.hasPrefix("(") && text.hasSuffix(")") ? text.dropFirst().dropLast() : text[...]
    return try Registry.model(String(inner))
  }
}
