internal import Yams

extension NodeReader {
  /// The law in a node such as `{triangular: [1, 2, 4]}`, `{constant: 60}`, `never` or a number.
  func law(_ node: Node, _ subject: String) -> Law? {
    if let scalar = node.scalar {
      if scalar.string == "never" { return .never }
      if let value = NodeReader.number(scalar.string), scalar.style == .plain { return .constant(value) }
      fail(
        "\(subject) is a law such as {triangular: [low, mode, high]}, a number or never, not \(kind(node))",
        node)
      return nil
    }
    guard let entries = entries(node, of: subject) else { return nil }
    guard entries.count == 1, let entry = entries.first else {
      fail("\(subject) is one law, not \(entries.count)", node)
      return nil
    }
    guard Law.names.contains(entry.key) else {
      fail(
        "\(subject): there is no law \"\(entry.key)\"" + suggestion(for: entry.key, among: Law.names),
        entry.keyNode)
      return nil
    }
    return law(named: entry.key, entry.value, subject)
  }

  /// The law of a name with its parameters.
  func law(named name: String, _ node: Node, _ subject: String) -> Law? {
    let what = "\(subject): \(name)"
    switch name {
    case "constant":
      return number(node, what).map { .constant($0) }
    case "uniform":
      guard let p = numbers(node, what, count: 2) else { return nil }
      return checked(p[0] < p[1], "\(what) needs low < high", node, .uniform(low: p[0], high: p[1]))
    case "triangular", "pert":
      guard let p = numbers(node, what, count: 3) else { return nil }
      let law: Law =
        name == "pert"
        ? .pert(low: p[0], mode: p[1], high: p[2]) : .triangular(low: p[0], mode: p[1], high: p[2])
      return checked(
        p[0] <= p[1] && p[1] <= p[2] && p[0] < p[2], "\(what) needs low ≤ mode ≤ high, low < high", node, law)
    case "normal":
      guard let p = parameters(node, what, ["mean", "sd"]) else { return nil }
      return checked(p[1] > 0, "\(what) needs sd > 0", node, .normal(mean: p[0], deviation: p[1]))
    case "lognormal":
      guard let p = parameters(node, what, ["median", "sigma"]) else { return nil }
      return checked(
        p[0] > 0 && p[1] > 0, "\(what) needs median > 0 and sigma > 0", node,
        .lognormal(shift: 0, scale: p[0], sigma: p[1]))
    case "shifted_lognormal":
      guard let p = parameters(node, what, ["p10", "p50", "p90"]) else { return nil }
      let law = Law.shiftedLognormal(p10: p[0], p50: p[1], p90: p[2])
      return checked(
        law != nil, "\(what) needs p10 < p50 < p90 and p90 - p50 > p50 - p10", node, law ?? .never)
    default:
      guard let values = numbers(node, what) else { return nil }
      return checked(!values.isEmpty, "\(what) needs a value", node, .empirical(values.sorted()))
    }
  }

  private func checked(_ good: Bool, _ what: String, _ node: Node, _ law: Law) -> Law? {
    if good { return law }
    fail(what, node)
    return nil
  }

  private func parameters(_ node: Node, _ subject: String, _ names: [String]) -> [Double]? {
    guard let fields = fields(node, of: subject, keys: names) else { return nil }
    var values: [Double] = []
    for name in names {
      guard let entry = fields[name] else {
        missing(name, of: subject, node)
        return nil
      }
      guard let value = number(entry.value, "\(subject).\(name)") else { return nil }
      values.append(value)
    }
    return values
  }
}
