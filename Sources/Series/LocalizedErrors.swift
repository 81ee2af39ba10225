public import ForesightNumerics

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What apps and servers log of an error: `localizedDescription` is the one line of `description`.
extension ForecastError: LocalizedError {
  /// What is wrong, with the model, the series and the period involved.
  public var errorDescription: String? { description }

  /// The kind of failure.
  public var failureReason: String? {
    switch self {
    case .tooFewObservations, .tooFewPeriods, .unseenSeason: "The series is too short for the model."
    case .notPositive, .outsideDomain: "A value lies outside the domain of the model."
    case .missingValue, .spanNotSupported, .constantSeries, .unsupported:
      "The model does not support what was asked of it."
    case .data(let fault): fault.failureReason
    case .invalidOption: "An argument has a value that is not allowed."
    case .missingRegressor: "An external variable does not cover every period."
    case .noMember: "No member of the combination could be fitted."
    case .outsideForecast: "The periods are not covered by the series and its forecast."
    case .notFinite, .explodes: "The forecast leaves the range of the data."
    case .unknownName: "The name is not known."
    case .numerics: "The numerical problem has no solution."
    }
  }

  /// What to do about it.
  public var recoverySuggestion: String? {
    switch self {
    case .tooFewObservations(_, _, let needed, _), .tooFewPeriods(_, _, let needed, _):
      "Give at least \(needed) of them, or choose a simpler model such as Naive."
    case .unseenSeason: "Give a value at every position of the cycle, or a model without a season."
    case .notPositive: "Use an additive model, or remove or mend the value."
    case .outsideDomain: "Widen the bounds, or mend the value."
    case .missingValue: "Use a model that supports missing values, such as AutoETS, or fill them in."
    case .spanNotSupported: "Use a model that supports aggregated periods, such as AutoETS."
    case .constantSeries: "Use Naive, which continues a constant."
    case .data(let fault): fault.recoverySuggestion
    case .invalidOption(_, _, let reason): "The argument \(reason)."
    case .missingRegressor(let name, _, let period): "Give a value of \(name) for \(period)."
    case .noMember: "Choose members that can be fitted to so short a series."
    case .outsideForecast: "Ask for periods within the series and the horizon, or forecast a longer horizon."
    case .notFinite: "Forecast a shorter horizon, or use a model without exponential growth."
    case .explodes: "Use a damped model, or allow a larger reach."
    case .unsupported(_, _, let models):
      models.isEmpty ? "Use another model." : "Use one of: \(models.joined(separator: ", "))."
    case .unknownName(_, _, let nearest):
      nearest.map { "Did you mean \"\($0)\"?" } ?? "Choose one that exists."
    case .numerics(_, _, let error): error.recoverySuggestion
    }
  }
}

extension DataFault: LocalizedError {
  /// `file:line: what is wrong (series NAME)`.
  public var errorDescription: String? { description }

  /// The kind of fault.
  public var failureReason: String? {
    switch kind {
    case .unreadable: "The file cannot be read."
    case .missingColumn, .repeatedColumn, .severalColumns, .noColumn, .fieldCount, .separator,
      .unterminatedQuote:
      "The table does not have the expected layout."
    case .badPeriod, .ambiguousPeriod, .mixedFrequencies: "A period cannot be read."
    case .badNumber, .ambiguousNumber, .badCell: "A value is not a finite number."
    case .mixedUnits, .badKey: "A row does not fit the others."
    case .duplicate, .overlap, .disorder, .gap: "The observations do not follow one another in time."
    case .empty: "There are no observations."
    }
  }

  /// What to do about it.
  public var recoverySuggestion: String? {
    switch kind {
    case .unreadable: "Check the path, the permissions and the encoding of the file."
    case .missingColumn, .severalColumns, .noColumn: "Name the columns of periods and values."
    case .repeatedColumn: "Give each column a name of its own."
    case .fieldCount: "Give the row as many fields as the header has."
    case .separator: "Separate the fields with commas, or read the table with TableOptions."
    case .unterminatedQuote: "Close the quoted field."
    case .badPeriod, .ambiguousPeriod: "Write periods such as 2020-01-31, 2020-01, 2020-Q1, 2020-W05 or 2020."
    case .badNumber, .ambiguousNumber, .badCell:
      "Write numbers such as 6.9. For missing values, give nil or an empty field, or use TimeSeries(nanIsMissing:start:)."
    case .mixedFrequencies: "Give all rows periods of one length."
    case .mixedUnits: "Give all rows one unit."
    case .badKey: "Give each row the name of its series."
    case .duplicate, .overlap: "Keep one row for each period, or aggregate them."
    case .disorder: "Sort the rows by time."
    case .gap: "Give the periods a row, or allow gaps."
    case .empty: "Give at least one observation."
    }
  }
}

extension NumericsError: LocalizedError {
  /// What is wrong, in one line.
  public var errorDescription: String? { description }

  /// The kind of failure.
  public var failureReason: String? {
    switch self {
    case .nonFinite: "A number is not finite."
    case .dimensionMismatch: "Two sizes that must agree differ."
    case .notPositiveDefinite, .rankDeficient, .lapackFailure: "The matrix does not have the factorization."
    case .tooFewObservations: "There are too few observations."
    case .invalidParameter, .outsideRange: "A parameter is outside its domain."
    case .notBracketed: "The bracket does not hold a root."
    }
  }

  /// What to do about it.
  public var recoverySuggestion: String? {
    switch self {
    case .nonFinite: "Remove NaN and infinity, or scale the data down."
    case .dimensionMismatch(let expected, _): "Give \(expected) of them."
    case .notPositiveDefinite: "Give a symmetric matrix with positive eigenvalues."
    case .rankDeficient: "Remove columns that depend on others, or solve with SVD.solve(_:tolerance:)."
    case .lapackFailure: "Scale the matrix so that its entries are of a similar size."
    case .tooFewObservations(let needed, _): "Give at least \(needed)."
    case .invalidParameter: "Give a finite value inside the domain."
    case .outsideRange(_, _, let lower, let upper): "Give a value between \(lower) and \(upper)."
    case .notBracketed: "Choose ends at which the function has opposite signs."
    }
  }
}
