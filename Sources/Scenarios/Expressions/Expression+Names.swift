extension Expression {
  /// A name that an expression uses, with the year where one is written.
  struct Mention: Hashable {
    let name: String
    let year: Int?
  }

  /// The names used, each once, in the order written.
  var mentions: [Mention] {
    var found: [Mention] = []
    collect(year: nil, &found)
    return found
  }

  private func collect(year: Int?, _ found: inout [Mention]) {
    switch self {
    case .number, .never, .text: break
    case .name(let name, _):
      let mention = Mention(name: name, year: year)
      if !found.contains(mention) { found.append(mention) }
    case .at(let inner, let year, _, _): inner.collect(year: year, &found)
    case .range(let inner, _, _, _), .negative(let inner), .not(let inner, _):
      inner.collect(year: year, &found)
    case .binary(_, let left, let right, _):
      left.collect(year: year, &found)
      right.collect(year: year, &found)
    case .call(_, let arguments, _): for argument in arguments { argument.collect(year: year, &found) }
    }
  }
}
