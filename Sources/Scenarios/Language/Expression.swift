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
  /// Two or more operations of one precedence, from the left: a + b − c.
  ///
  /// A list, not nested operations, so that a sum of 100,000 terms is as deep as one of two.
  case chain(Expression, [Link])
  /// The negative.
  case negative(Expression)
  /// The negation.
  case not(Expression, offset: Int)
  /// A function of values.
  case call(String, [Expression], offset: Int)

  /// An operation of a chain and its right operand.
  public struct Link: Sendable, Hashable {
    /// The operation.
    public let operation: Operator
    /// The right operand.
    public let right: Expression
    /// The position of the sign in the text.
    public let offset: Int
  }

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
    var seen: Set<Mention> = []
    collect(nil, &found, &seen)
    return found
  }

  private func collect(_ moment: Moment?, _ found: inout [Mention], _ seen: inout Set<Mention>) {
    switch self {
    case .number, .never, .text: break
    case .name(let name, _):
      let mention = Mention(name: name, moment: moment)
      if seen.insert(mention).inserted { found.append(mention) }
    case .at(let inner, let year, let month, _):
      inner.collect(Moment(year: year, month: month), &found, &seen)
    case .range(let inner, _, _, _), .negative(let inner), .not(let inner, _):
      inner.collect(moment, &found, &seen)
    case .binary(_, let left, let right, _):
      left.collect(moment, &found, &seen)
      right.collect(moment, &found, &seen)
    case .chain(let first, let links):
      first.collect(moment, &found, &seen)
      for link in links { link.right.collect(moment, &found, &seen) }
    case .call(_, let arguments, _):
      for argument in arguments { argument.collect(moment, &found, &seen) }
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
    func names(_ expression: Expression) -> [String]? {
      if case .name(let name, _) = expression { return [name] }
      return expression.addends
    }
    let operands: [Expression]
    switch self {
    case .binary(.add, let left, let right, _): operands = [left, right]
    case .chain(let first, let links):
      guard links.allSatisfy({ $0.operation == .add }) else { return nil }
      operands = [first] + links.map(\.right)
    default: return nil
    }
    var all: [String] = []
    for operand in operands {
      guard let own = names(operand) else { return nil }
      all += own
    }
    return all
  }
}

extension Expression {
  /// Operations of one precedence from the left: the first operand itself where there are none.
  static func joined(_ first: Expression, _ links: [Link]) -> Expression {
    guard let link = links.first else { return first }
    return links.count == 1
      ? .binary(link.operation, first, link.right, offset: link.offset) : .chain(first, links)
  }
}
