internal import RealModule
internal import Yams

extension ScenarioFile {
  /// The correlations of inputs, and those of series' innovations.
  static func correlations(_ node: Node, _ reader: NodeReader) -> ([Correlation], [SeriesCorrelation]) {
    var inputs: [Correlation] = []
    var series: [SeriesCorrelation] = []
    for item in reader.list(node, "correlations") ?? [] {
      switch correlation(item, reader) {
      case .inputs(let pair): inputs.append(pair)
      case .series(let pair): series.append(pair)
      case nil: break
      }
    }
    return (inputs, series)
  }

  private enum Pair {
    case inputs(Correlation)
    case series(SeriesCorrelation)
  }

  private static func correlation(_ item: Node, _ reader: NodeReader) -> Pair? {
    guard
      let fields = reader.fields(
        item, of: "a correlation",
        keys: [
          "between", "gaussian_copula", "t_copula", "df", "parameter", "repair", "estimate", "from", "basis",
          "src",
        ],
        later: ["matrix"])
    else { return nil }
    _ = reader.sources(fields["src"]?.value, "correlations")
    _ = basis(fields["basis"], reader, "correlations")
    if fields["between"] == nil { reader.missing("between", of: "a correlation", item) }
    guard let between = fields["between"], let pair = reader.list(between.value, "between", count: 2),
      let first = reader.text(pair[0], "between"), let second = reader.text(pair[1], "between")
    else { return nil }
    let suffix = ".innovations"
    let ofSeries = [first, second].filter { $0.hasSuffix(suffix) }
    guard !ofSeries.isEmpty else {
      if let wrong = fields["estimate"] ?? fields["from"] {
        reader.fail(
          "\(wrong.key) belongs to the innovations of series, between: [a.innovations, b.innovations]",
          wrong.keyNode)
        return nil
      }
      return inputPair(item, fields, first, second, reader.place(pair[0]), reader).map { .inputs($0) }
    }
    guard ofSeries.count == 2 else {
      reader.fail(
        "innovations are correlated with innovations: write both names with \(suffix)", between.value)
      return nil
    }
    let names = [first, second].map { String($0.dropLast(suffix.count)) }
    return seriesPair(item, fields, names, reader.place(pair[0]), reader).map { .series($0) }
  }

  private static func seriesPair(
    _ item: Node, _ fields: [String: NodeReader.Entry], _ names: [String], _ place: FilePlace,
    _ reader: NodeReader
  ) -> SeriesCorrelation? {
    if let wrong = fields["t_copula"] ?? fields["df"] {
      reader.fail(
        "the innovations of series take gaussian_copula, or estimate: rank, from: history", wrong.keyNode)
      return nil
    }
    var score: Double?
    if let estimate = fields["estimate"] {
      if let wrong = fields["gaussian_copula"] ?? fields["parameter"] {
        reader.fail("a correlation is given or estimated, not both", wrong.keyNode)
        return nil
      }
      guard let text = reader.text(estimate.value, "estimate") else { return nil }
      guard text == "rank" else {
        reader.fail("estimate is rank, not \"\(text)\"", estimate.value)
        return nil
      }
      if let from = fields["from"], let text = reader.text(from.value, "from"), text != "history" {
        reader.fail("from is history, not \"\(text)\"", from.value)
        return nil
      }
    } else {
      guard let entry = fields["gaussian_copula"] else {
        reader.missing("gaussian_copula", of: "a correlation of innovations", item)
        return nil
      }
      guard let value = reader.number(entry.value, "gaussian_copula") else { return nil }
      guard abs(value) <= 1 else {
        reader.fail("a correlation lies between -1 and 1, not at \(value)", entry.value)
        return nil
      }
      score = isRank(fields["parameter"], false, reader) ? self.score(rank: value, nil) : value
    }
    return SeriesCorrelation(
      first: names[0], second: names[1], normalScore: score, repairs: repairs(fields["repair"], reader),
      place: place)
  }

  private static func inputPair(
    _ item: Node, _ fields: [String: NodeReader.Entry], _ first: String, _ second: String, _ place: FilePlace,
    _ reader: NodeReader
  ) -> Correlation? {
    let isStudent = fields["t_copula"] != nil
    let key = isStudent ? "t_copula" : "gaussian_copula"
    if fields[key] == nil { reader.missing(key, of: "a correlation", item) }
    if isStudent, let other = fields["gaussian_copula"] {
      reader.fail("a correlation takes gaussian_copula or t_copula, not both", other.keyNode)
    }
    if isStudent, fields["df"] == nil { reader.missing("df", of: "a correlation by t_copula", item) }
    if !isStudent, let df = fields["df"] { reader.fail("df belongs to a t_copula", df.keyNode) }
    let degrees = isStudent ? fields["df"].flatMap { reader.number($0.value, "df") } : nil
    guard let copula = fields[key], let value = reader.number(copula.value, key), !isStudent || degrees != nil
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
      degreesOfFreedom: degrees, repairs: repairs(fields["repair"], reader), place: place)
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
