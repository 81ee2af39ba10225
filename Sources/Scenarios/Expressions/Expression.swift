/// A parsed expression: what was written, not yet what it means.
public indirect enum Expression: Sendable, Hashable {
  /// A number.
  case number(Double)
  /// No date: +∞.
  case never
  /// A text, which only `convert` takes.
  case text(String)
  /// A name, or a name and a member, such as `ps2` or `ps2.before_ceiling`.
  case name(String, at: Int)
  /// A value at a year, or in a month of it.
  case at(Expression, year: Int, month: Int?, offset: Int)
  /// The years of a range, ends included; an open end is the end of the horizon.
  case range(Expression, from: Int?, to: Int?, offset: Int)
  /// An operation on two values.
  case binary(Operator, Expression, Expression, offset: Int)
  /// The negative.
  case negative(Expression)
  /// The negation.
  case not(Expression, offset: Int)
  /// A function of values.
  case call(String, [Expression], offset: Int)

  /// The operations on two values, by their sign.
  public enum Operator: String, Sendable, Hashable {
    case or
    case and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
  }
}

/// What is wrong with the text of an expression, and where in it, from 0.
struct ExpressionFault: Error, Equatable {
  let what: String
  let offset: Int
}

/// An expression with its text and place in the file.
public struct SourcedExpression: Sendable, Hashable {
  /// The text as written.
  public let text: String
  /// The place of its first character.
  public let place: FilePlace
  /// What it says.
  public let expression: Expression

  /// The place of a character of the text.
  func place(at offset: Int) -> FilePlace {
    FilePlace(file: place.file, line: place.line, column: place.column + offset)
  }
}
