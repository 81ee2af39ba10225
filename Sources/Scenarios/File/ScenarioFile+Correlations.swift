internal import RealModule
internal import Yams

extension ScenarioFile {
  static func correlations(_ node: Node, _ reader: NodeReader) -> [Correlation] {
    reader.list(node, "correlations")?.compactMap { correlation($0, reader) } ?? []
  }

  private static func correlation(_ item: Node, _ reader: NodeReader) -> Correlation? {
    guard
      let fields = reader.fields(
        item, of: "a correlation",
        keys: ["between", "gaussian_copula", "t_copula", "df", "parameter", "repair", "basis", "src"],
        later: ["estimate", "from", "matrix"])
    else { return nil }
    _ = reader.sources(fields["src"]?.value, "correlations")
    _ = basis(fields["basis"], reader, "correlations")
    if fields["between"] == nil { reader.missing("between", of: "a correlation", item) }
    let isStudent = fields["t_copula"] != nil
    let key = isStudent ? "t_copula" : "gaussian_copula"
    if fields[key] == nil { reader.missing(key, of: "a correlation", item) }
    if isStudent, let other = fields["gaussian_copula"] {
      reader.fail("a correlation takes gaussian_copula or t_copula, not both", other.keyNode)
    }
    if isStudent, fields["df"] == nil { reader.missing("df", of: "a correlation by t_copula", item) }
    if !isStudent, let df = fields["df"] { reader.fail("df belongs to a t_copula", df.keyNode) }
    let degrees = isStudent ? fields["df"].flatMap { reader.number($0.value, "df") } : nil
    guard let between = fields["between"], let copula = fields[key],
      let pair = reader.list(between.value, "between", count: 2),
      let first = reader.text(pair[0], "between"), let second = reader.text(pair[1], "between"),
      let value = reader.number(copula.value, key), !isStudent || degrees != nil
    else { return nil }
    guard abs(value) <= 1 else {
      reader.fail("a correlation lies between -1 and 1, not at \(value)", copula.value)
      return nil
    }
    if let degrees, let df = fields["df"], degrees < 1 || degrees > 1000 {
      reader.fail("df lies between 1 and 1000, not at \(degrees)", df.value)
      return nil
    }
    return Correlation(
      first: first, second: second,
      normalScore: isRank(fields["parameter"], isStudent, reader) ? score(rank: value, degrees) : value,
      degreesOfFreedom: degrees, repairs: repairs(fields["repair"], reader), place: reader.place(pair[0]))
  }

  private static func isRank(_ entry: NodeReader.Entry?, _ isStudent: Bool, _ reader: NodeReader) -> Bool {
    guard let entry, let text = reader.text(entry.value, "parameter") else { return false }
    let known = [isStudent ? "t-score" : "normal-score", "spearman"]
    if !known.contains(text) {
      reader.fail(
        "parameter is \(known[0]) or spearman, not \"\(text)\"" + suggestion(for: text, among: known),
        entry.value)
    }
    return text == "spearman"
  }

  private static func repairs(_ entry: NodeReader.Entry?, _ reader: NodeReader) -> Bool {
    guard let entry, let text = reader.text(entry.value, "repair") else { return false }
    if text != "nearest" { reader.fail("repair is nearest, not \"\(text)\"", entry.value) }
    return text == "nearest"
  }

  /// The correlation of scores that gives a rank correlation ρ: 2 sin(πρ/6) for the Gaussian copula.
  private static func score(rank rho: Double, _ degrees: Double?) -> Double {
    guard let degrees, let curve = try? RankCorrelation(degreesOfFreedom: degrees) else {
      return 2 * .sin(.pi * rho / 6)
    }
    return curve.parameter(rho)
  }
}
