internal import ArgumentParser
internal import ForecastModels
internal import Forecasting

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The option that takes a fitted model from a file.
struct FittedInput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model that \"fit --save\" wrote, in place of --model; a series given beside it is what the model, its "
        + "parameters held, is brought to.", valueName: "file"))
  var fitted: String?

  /// The model of the file, `nil` when none was given.
  ///
  /// - Throws: `ForecastError.data` for a file that cannot be read, `Failure` of kind `.input` for one that holds no model.
  func load() throws -> FittedModel? {
    guard let fitted else { return nil }
    let bytes = try fileBytes(fitted)
    do {
      return try JSONDecoder().decode(FittedModel.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw Failure(.input, "\(fitted): no fitted model: \(FittedInput.reason(error))")
    }
  }

  /// What a reader says of a document, in one line with the key it is about.
  private static func reason(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
      let path = (context.codingPath + (key.map { [$0] } ?? [])).map {
        $0.intValue.map(String.init) ?? $0.stringValue
      }
      return path.isEmpty ? "" : path.joined(separator: ".") + " "
    }
    switch error {
    case .dataCorrupted(let context):
      // The library's own readers begin with what the fault is about.
      let key = place(context)
      return context.debugDescription.hasPrefix(key)
        ? context.debugDescription : key + context.debugDescription
    case .keyNotFound(let key, let context): return place(context, key) + "is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return place(context) + "is of another kind: \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
  }
}

extension FittedModel {
  /// The model, its parameters held, at the end of a series in its own unit.
  ///
  /// - Throws: `ForecastError.invalidOption` for another unit, and what `updated(to:)` throws.
  func brought(to series: TimeSeries) throws(ForecastError) -> FittedModel {
    guard series.unit == self.series.unit || series.unit.isEmpty || self.series.unit.isEmpty else {
      throw .invalidOption(
        name: "--fitted", value: name,
        reason: "was fitted in \(self.series.unit); the series is in \(series.unit)")
    }
    return try updated(to: series)
  }
}

/// Writes a fitted model to a file, complete or not at all.
///
/// - Throws: `Failure` of kind `.input` for a model without an encoded form or a file that cannot be opened, of kind `.run`
///   for one that takes no more.
func save(_ fitted: any FittedForecaster, to path: String) throws(Failure) {
  let data: Data
  do {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    data = try encoder.encode(FittedModel(fitted))
  } catch {
    throw Failure(.input, "--save \(path): \(fitted.name) has no encoded form")
  }
  let file = try OutputFile(path)
  try file.write(String(decoding: data, as: UTF8.self) + "\n")
  try file.finish()
}
