/// Parses an expression: `or` binds weakest, then `and`, `not`, one comparison, sums, products, signs, powers, indices.
struct ExpressionParser {
  private var lexer: ExpressionLexer
  private var depth = 0
  /// The longest text that is parsed, in characters.
  private static let longest = 1_000_000

  /// Returns the expression that a text says, in time linear in its length.
  static func parse(_ text: String) throws(ExpressionFault) -> Expression {
    guard text.utf8.count <= longest else {
      throw ExpressionFault(what: "the expression is longer than \(longest) characters", offset: 0)
    }
    var parser = ExpressionParser(lexer: try ExpressionLexer(text))
    let result = try parser.disjunction()
    guard parser.lexer.token == .end else { throw parser.unexpected() }
    return result
  }

  private mutating func disjunction() throws(ExpressionFault) -> Expression {
    try enter()
    defer { depth -= 1 }
    let left = try conjunction()
    var links: [Expression.Link] = []
    while lexer.token == .name("or") {
      let offset = lexer.tokenOffset
      try lexer.advance()
      links.append(Expression.Link(operation: .or, right: try conjunction(), offset: offset))
    }
    return .joined(left, links)
  }

  /// Enters one more level of nesting.
  private mutating func enter() throws(ExpressionFault) {
    depth += 1
    guard depth < 200 else {
      throw ExpressionFault(what: "the expression is nested more than 100 deep", offset: lexer.tokenOffset)
    }
  }

  private mutating func conjunction() throws(ExpressionFault) -> Expression {
    let left = try negation()
    var links: [Expression.Link] = []
    while lexer.token == .name("and") {
      let offset = lexer.tokenOffset
      try lexer.advance()
      links.append(Expression.Link(operation: .and, right: try negation(), offset: offset))
    }
    return .joined(left, links)
  }

  private mutating func negation() throws(ExpressionFault) -> Expression {
    guard lexer.token == .name("not") else { return try comparison() }
    let offset = lexer.tokenOffset
    try lexer.advance()
    return .not(try comparison(), offset: offset)
  }

  private mutating func comparison() throws(ExpressionFault) -> Expression {
    let left = try sum()
    guard case .sign(let sign) = lexer.token, ["==", "!=", "<", "<=", ">", ">="].contains(sign),
      let operation = Expression.Operator(rawValue: sign)
    else { return left }
    let offset = lexer.tokenOffset
    try lexer.advance()
    let result = Expression.binary(operation, left, try sum(), offset: offset)
    if case .sign(let next) = lexer.token, ["==", "!=", "<", "<=", ">", ">="].contains(next) {
      throw ExpressionFault(
        what: "comparisons cannot be chained; write \"a < b and b < c\"", offset: lexer.tokenOffset)
    }
    return result
  }

  private mutating func sum() throws(ExpressionFault) -> Expression {
    let left = try product()
    var links: [Expression.Link] = []
    while case .sign(let sign) = lexer.token, sign == "+" || sign == "-" {
      let offset = lexer.tokenOffset
      try lexer.advance()
      let operation: Expression.Operator = sign == "+" ? .add : .subtract
      links.append(Expression.Link(operation: operation, right: try product(), offset: offset))
    }
    return .joined(left, links)
  }

  private mutating func product() throws(ExpressionFault) -> Expression {
    let left = try signed()
    var links: [Expression.Link] = []
    while case .sign(let sign) = lexer.token, sign == "*" || sign == "/" {
      let offset = lexer.tokenOffset
      try lexer.advance()
      let operation: Expression.Operator = sign == "*" ? .multiply : .divide
      links.append(Expression.Link(operation: operation, right: try signed(), offset: offset))
    }
    return .joined(left, links)
  }

  private mutating func signed() throws(ExpressionFault) -> Expression {
    var negative = false
    while case .sign(let sign) = lexer.token, sign == "-" || sign == "+" {
      if sign == "-" { negative.toggle() }
      try lexer.advance()
    }
    let value = try power()
    return negative ? .negative(value) : value
  }

  private mutating func power() throws(ExpressionFault) -> Expression {
    try enter()
    defer { depth -= 1 }
    let base = try indexed()
    guard lexer.token == .sign("^") else { return base }
    let offset = lexer.tokenOffset
    try lexer.advance()
    return .binary(.power, base, try signedPower(), offset: offset)
  }

  private mutating func signedPower() throws(ExpressionFault) -> Expression {
    if lexer.token == .sign("-") {
      try lexer.advance()
      return .negative(try power())
    }
    return try power()
  }

  private mutating func indexed() throws(ExpressionFault) -> Expression {
    let value = try primary()
    guard lexer.token == .sign("[") else { return value }
    let offset = lexer.tokenOffset
    try lexer.advance()
    let from = try yearIfAny()
    if lexer.token == .sign("..") {
      try lexer.advance()
      let to = try yearIfAny()
      try expect("]")
      return .range(value, from: from, to: to, offset: offset)
    }
    guard let year = from else {
      throw ExpressionFault(
        what: "expected a year such as [2035] or a range such as [..2032]", offset: offset)
    }
    let month = try monthIfAny()
    guard lexer.token != .sign("..") else {
      throw ExpressionFault(
        what: "a range takes years, such as [2030..2032], not months", offset: offset)
    }
    try expect("]")
    return .at(value, year: year, month: month, offset: offset)
  }

  /// The month of `2035-07`.
  private mutating func monthIfAny() throws(ExpressionFault) -> Int? {
    guard lexer.token == .sign("-") else { return nil }
    try lexer.advance()
    guard case .number(let number) = lexer.token, number == number.rounded(), (1...12).contains(number) else {
      throw ExpressionFault(what: "a month must be from 01 to 12, as in [2035-07]", offset: lexer.tokenOffset)
    }
    try lexer.advance()
    return Int(number)
  }

  private mutating func yearIfAny() throws(ExpressionFault) -> Int? {
    guard case .number(let number) = lexer.token else { return nil }
    guard number == number.rounded(), abs(number) < 1e6 else {
      throw ExpressionFault(what: "\(number) is not a calendar year", offset: lexer.tokenOffset)
    }
    try lexer.advance()
    return Int(number)
  }

  private mutating func primary() throws(ExpressionFault) -> Expression {
    let offset = lexer.tokenOffset
    switch lexer.token {
    case .number(let value):
      try lexer.advance()
      return .number(value)
    case .text(let text):
      try lexer.advance()
      return .text(text)
    case .name(let name):
      if ["and", "or", "not"].contains(name) { throw unexpected() }
      try lexer.advance()
      if lexer.token == .sign("(") { return try call(name, offset) }
      return name == "never" ? .never : .name(name, at: offset)
    case .sign("("):
      try lexer.advance()
      let inner = try disjunction()
      try expect(")")
      return inner
    default: throw unexpected()
    }
  }

  private mutating func call(_ name: String, _ offset: Int) throws(ExpressionFault) -> Expression {
    try expect("(")
    var arguments: [Expression] = []
    if lexer.token != .sign(")") {
      arguments.append(try disjunction())
      while lexer.token == .sign(",") {
        try lexer.advance()
        arguments.append(try disjunction())
      }
    }
    try expect(")")
    return .call(name, arguments, offset: offset)
  }

  private mutating func expect(_ sign: String) throws(ExpressionFault) {
    guard lexer.token == .sign(sign) else {
      throw ExpressionFault(what: "\"\(sign)\" is missing" + found, offset: lexer.tokenOffset)
    }
    try lexer.advance()
  }

  private var found: String {
    switch lexer.token {
    case .end: " at the end"
    case .number(let value): " before \(value)"
    case .name(let name): " before \"\(name)\""
    case .text(let text): " before '\(text)'"
    case .sign(let sign): " before \"\(sign)\""
    }
  }

  private func unexpected() -> ExpressionFault {
    let what =
      lexer.token == .end
      ? "the expression ends where a value is expected" : "expected a value" + found
    return ExpressionFault(what: what, offset: lexer.tokenOffset)
  }
}
