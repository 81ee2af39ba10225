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

extension Expression {
  /// A year, or a month of it.
  struct Moment: Hashable {
    let year: Int
    var month: Int?

    /// `2035` or `2035-07`.
    var text: String { "\(year)" + (month.map { ($0 < 10 ? "-0" : "-") + "\($0)" } ?? "") }
  }

  /// A name that an expression uses, with the year or month where one is written.
  struct Mention: Hashable {
    let name: String
    let moment: Moment?
  }

  /// The names used, each once, in the order written.
  var mentions: [Mention] {
    var found: [Mention] = []
    collect(nil, &found)
    return found
  }

  private func collect(_ moment: Moment?, _ found: inout [Mention]) {
    switch self {
    case .number, .never, .text: break
    case .name(let name, _):
      let mention = Mention(name: name, moment: moment)
      if !found.contains(mention) { found.append(mention) }
    case .at(let inner, let year, let month, _):
      inner.collect(Moment(year: year, month: month), &found)
    case .range(let inner, _, _, _), .negative(let inner), .not(let inner, _):
      inner.collect(moment, &found)
    case .binary(_, let left, let right, _):
      left.collect(moment, &found)
      right.collect(moment, &found)
    case .call(_, let arguments, _): for argument in arguments { argument.collect(moment, &found) }
    }
  }
}

extension SourcedExpression {
  /// The expression of a text outside the file; places count its characters.
  init(outside text: String) throws(ScenarioError) {
    let place = FilePlace(file: "\"\(text)\"", line: 1, column: 1)
    do throws(ExpressionFault) {
      self.init(text: text, place: place, expression: try ExpressionParser.parse(text))
    } catch {
      throw ScenarioError(error.what, at: FilePlace(file: place.file, line: 1, column: 1 + error.offset))
    }
  }
}

extension Expression {
  /// The names of a plain sum of two or more; `nil` for anything else.
  var addends: [String]? {
    guard case .binary(.add, let left, let right, _) = self else { return nil }
    func names(_ expression: Expression) -> [String]? {
      if case .name(let name, _) = expression { return [name] }
      return expression.addends
    }
    guard let left = names(left), let right = names(right) else { return nil }
    return left + right
  }
}
