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
    if let fault = Seal.fault(in: bytes) { throw Failure(.input, "\(fitted): \(fault)") }
    let data = Data(bytes)
    do {
      return try JSONDecoder().decode(FittedModel.self, from: data)
    } catch let error as DecodingError {
      throw Failure(.input, "\(fitted): not a fitted model: \(FittedInput.reason(error))")
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
  /// The model to forecast with: its parameters held, at the end of the series given, if one is.
  ///
  /// - Throws: `ForecastError.invalidOption` for another unit, a series that ends before the fit's own, and variables that
  ///   the model does not use or lacks, and what `updated(to:regressors:)` throws.
  func brought(to later: TimeSeries?, regressors: Regressors?) throws(ForecastError) -> FittedModel {
    if let later, !(later.unit == series.unit || later.unit.isEmpty || series.unit.isEmpty) {
      throw .invalidOption(
        name: "--fitted", value: name, reason: "was fitted in \(series.unit); the series is in \(later.unit)")
    }
    if let later, later.frequency == series.frequency, later.end < series.end {
      throw .invalidOption(
        name: "--fitted", value: name,
        reason: "was fitted through \(series.end); the series ends before that, at \(later.end)")
    }
    guard !usesRegressors || regressors != nil else {
      throw .invalidOption(
        name: "--fitted", value: name, reason: "needs --regressors with its variables over the horizon")
    }
    try refuseUnused(regressors)
    guard let later else { return self }
    guard later.frequency == series.frequency, later.start > series.end else {
      return try updated(to: later, regressors: regressors)
    }
    // Only what is new was given: it follows the fit.
    guard later.start == series.end + 1 else {
      let lacking = PeriodSpan(series.end + 1, through: later.start - 1)
      throw .invalidOption(
        name: "--fitted", value: name,
        reason: "was fitted through \(series.end) and the series begins with \(later.start): \(lacking) "
          + "\(lacking.count == 1 ? "is" : "are") missing; add \(lacking.count == 1 ? "its row" : "their rows"), "
          + "with an empty value where it is unknown")
    }
    return try appending(later.observations, regressors: regressors)
  }

  /// The fitted values with those of a series that begins later, on which the reach of a forecast is measured; `nil` if they do not join.
  func whole(with later: TimeSeries) -> TimeSeries? {
    guard later.frequency == series.frequency, later.start > series.start else { return nil }
    let before = series.observations.prefix { $0.span.last < later.start }
    guard before.last?.span.next == later.start else { return nil }
    return try? TimeSeries(
      name: later.name, unit: later.unit.isEmpty ? series.unit : later.unit, rule: later.rule,
      observations: before + later.observations, seasonalPeriod: later.seasonalPeriod,
      provenance: later.provenance)
  }

  /// A note on values that the fit holds and a series gives differently, where they are not used; `nil` for none.
  ///
  /// A fit holds the last cycles of its series; of earlier values nothing is known.
  func note(on later: TimeSeries) -> String? {
    let remedy: String
    switch valuesTaken(from: later) {
    case .all: return nil
    case .later(let origin) where origin != later.start:
      remedy = "give the series from its first period, \(origin), or fit again"
    case .later, .none: remedy = "fit again"
    }
    let held = Dictionary(uniqueKeysWithValues: series.observations.map { ($0.span, $0.value) })
    let revised = later.observations.filter { observation in
      held[observation.span].map { $0 != observation.value } ?? false
    }
    guard let first = revised.first, let old = held[first.span] else { return nil }
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "none" }
    let change = "\(text(old)) fitted, \(text(first.value)) given"
    let subject =
      revised.count == 1
      ? "1 value, at \(first.span), differs from the one fitted (\(change)); it was not used"
      : "\(revised.count) values from \(first.span) on differ from those fitted (first: \(first.span), \(change)); "
        + "they were not used"
    return "\(subject): \(remedy)"
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
    throw Failure(.input, "--save \(path): a fit of \(fitted.name) cannot be saved")
  }
  try writeWhole(Seal.sealed(String(decoding: data, as: UTF8.self)) + "\n", to: path)
}
