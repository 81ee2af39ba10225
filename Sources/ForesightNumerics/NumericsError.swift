/// What was wrong with the data or parameters given to a numerical routine.
public enum NumericsError: Error, Sendable, Equatable {
  /// An entry is NaN or infinite.
  case nonFinite(row: Int, column: Int)
  /// Two lengths or shapes that must agree do not.
  case dimensionMismatch(expected: Int, found: Int)
  /// The matrix is not positive definite; elimination stopped at this pivot.
  case notPositiveDefinite(pivot: Int)
  /// The columns are linearly dependent.
  case rankDeficient(rank: Int, columns: Int)
  /// There are fewer observations than the calculation needs.
  case tooFewObservations(needed: Int, found: Int)
  /// A parameter lies outside its range.
  case invalidParameter(name: String, value: Double)
  /// A LAPACK routine reported failure.
  case lapackFailure(routine: String, info: Int)
  /// A root was asked for between two points where the function does not change sign.
  case notBracketed(lower: Double, upper: Double)
}
