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
