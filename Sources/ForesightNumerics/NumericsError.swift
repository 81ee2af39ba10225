/// Why a numerical problem was refused; every case carries the numbers at fault.
public enum NumericsError: Error, Sendable, Equatable, Codable {
  /// An entry is NaN or infinite.
  case nonFinite(row: Int, column: Int)
  /// Two sizes that must agree do not.
  case dimensionMismatch(expected: Int, found: Int)
  /// A pivot of a Cholesky factorisation is not positive.
  case notPositiveDefinite(pivot: Int)
  /// The columns are linearly dependent to working precision.
  case rankDeficient(rank: Int, columns: Int)
  /// There are too few observations.
  case tooFewObservations(needed: Int, found: Int)
  /// A parameter has no meaning.
  case invalidParameter(name: String, value: Double)
  /// A figure lies outside the range in which the arithmetic can go on.
  case outsideRange(name: String, value: Double, lower: Double, upper: Double)
  /// A LAPACK routine reported failure.
  case lapackFailure(routine: String, info: Int)
  /// A root was asked for between two points where the function does not change sign.
  case notBracketed(lower: Double, upper: Double)
}

extension NumericsError: CustomStringConvertible {
  /// One line that says what is wrong.
  public var description: String {
    switch self {
    case .nonFinite(let row, let column): "the entry in row \(row), column \(column) is not finite"
    case .dimensionMismatch(let expected, let found): "a size is \(found) where \(expected) is needed"
    case .notPositiveDefinite(let pivot): "the matrix is not positive definite (pivot \(pivot))"
    case .rankDeficient(let rank, let columns): "\(columns) columns have rank \(rank)"
    case .tooFewObservations(let needed, let found):
      "\(found) \(found == 1 ? "observation" : "observations") where \(needed) are needed"
    case .invalidParameter(let name, let value):
      value.isFinite ? "\(name) cannot be \(value)" : "\(name) is no finite number"
    case .outsideRange(let name, let value, let lower, let upper):
      "\(name) is \(value.isFinite ? short(value) : "no finite number"), not between \(short(lower)) and \(short(upper))"
    case .lapackFailure(let routine, let info): "LAPACK's \(routine) failed with info \(info)"
    case .notBracketed(let lower, let upper): "no change of sign between \(lower) and \(upper)"
    }
  }
}

/// A number in three digits.
private func short(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
  let places = (logarithm(abs(value)) / logarithm(10)).rounded(.down)
  let digits = (value / exponential(places * logarithm(10)) * 100).rounded() / 100
  return abs(places) < 5 ? "\((value * 1000).rounded() / 1000)" : "\(digits)e\(Int(places))"
}
