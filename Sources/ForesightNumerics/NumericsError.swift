/// Why a numerical problem could not be solved; every case carries the offending values.
public enum NumericsError: Error, Sendable, Equatable, Codable {
  /// An entry is NaN or infinite.
  case nonFinite(row: Int, column: Int)
  /// Two sizes that must agree differ.
  case dimensionMismatch(expected: Int, found: Int)
  /// A pivot of a Cholesky factorization is not positive: the matrix is not positive definite.
  case notPositiveDefinite(pivot: Int)
  /// The columns are linearly dependent to working precision.
  case rankDeficient(rank: Int, columns: Int)
  /// There are too few observations.
  case tooFewObservations(needed: Int, found: Int)
  /// A parameter is outside its domain.
  case invalidParameter(name: String, value: Double)
  /// A value lies outside the range that the arithmetic supports.
  case outsideRange(name: String, value: Double, lower: Double, upper: Double)
  /// A LAPACK routine reported failure.
  case lapackFailure(routine: String, info: Int)
  /// The function does not change sign between the ends of the bracket; the values there are given.
  case notBracketed(lower: Double, upper: Double)
}

extension NumericsError: CustomStringConvertible {
  /// What is wrong, in one line.
  public var description: String {
    switch self {
    case .nonFinite(let row, let column): "row \(row), column \(column) is not a finite number"
    case .dimensionMismatch(let expected, let found): "the size must be \(expected), not \(found)"
    case .notPositiveDefinite(let pivot): "the matrix is not positive definite (pivot \(pivot))"
    case .rankDeficient(let rank, let columns): "the \(columns) columns are linearly dependent (rank \(rank))"
    case .tooFewObservations(let needed, let found):
      "needs at least \(needed) \(needed == 1 ? "observation" : "observations"); found \(found)"
    case .invalidParameter(let name, let value):
      value.isFinite ? "\(name) cannot be \(value)" : "\(name) is not a finite number"
    case .outsideRange(let name, let value, let lower, let upper):
      value.isFinite
        ? "\(name) must be between \(short(lower)) and \(short(upper)), not \(short(value))"
        : "\(name) is not a finite number; it must be between \(short(lower)) and \(short(upper))"
    case .lapackFailure(let routine, let info): "the LAPACK routine \(routine) failed (info \(info))"
    case .notBracketed(let lower, let upper):
      "the function does not change sign: it is \(lower) and \(upper) at the ends of the bracket"
    }
  }
}

/// A number to three digits.
private func short(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
  let places = (logarithm(abs(value)) / logarithm(10)).rounded(.down)
  let digits = (value / exponential(places * logarithm(10)) * 100).rounded() / 100
  return abs(places) < 5 ? "\((value * 1000).rounded() / 1000)" : "\(digits)e\(Int(places))"
}
