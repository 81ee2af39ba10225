internal import Forecasting
internal import Yams

extension ScenarioFile {
  /// The shapes of ramps by the words of the file.
  private enum RampWord: String, CaseIterable {
    case linear, concave, logistic, empirical, schedule

    /// The keys that give it its numbers.
    var keys: [String] {
      switch self {
      case .linear: ["years"]
      case .concave: ["years", "k"]
      case .logistic: ["years", "steepness"]
      case .empirical: ["shares", "means", "from"]
      case .schedule: ["quantities"]
      }
    }
  }

  static func ramp(_ node: Node, _ subject: String, _ reader: NodeReader) -> Ramp? {
    let what = "\(subject).ramp"
    let numbers = ["years", "k", "steepness", "shares", "means", "from", "quantities"]
    guard
      let fields = reader.fields(node, of: what, keys: ["shape"] + numbers + ["basis", "src", "note"])
    else { return nil }
    _ = reader.sources(fields["src"]?.value, what)
    _ = basis(fields["basis"], reader, what)
    let word = fields["shape"].map { reader.choice($0.value, "\(what).shape", RampWord.self) } ?? .linear
    guard let word else { return nil }
    for key in numbers where !word.keys.contains(key) {
      guard let wrong = fields[key] else { continue }
      reader.fail(
        "\(what): a ramp that is \(word.rawValue) takes \(word.keys.joined(separator: ", ")), not \"\(key)\"",
        wrong.keyNode)
    }
    switch word {
    case .empirical, .schedule: return table(word, fields, what, node, reader)
    case .linear, .concave, .logistic: break
    }
    guard let years = fields["years"] else {
      reader.missing("years", of: what, node)
      return nil
    }
    guard let length = reader.expression(years.value, "\(what).years"),
      let shape = smooth(word, fields, what, reader)
    else { return nil }
    return Ramp(shape: shape, years: length, place: reader.place(node))
  }

  /// The steepness of a logistic ramp that says none: the shares at ¼ and ¾ of the way are then about 0.07 and 0.93.
  private static let steepness = 10.0

  private static func smooth(
    _ word: RampWord, _ fields: [String: NodeReader.Entry], _ what: String, _ reader: NodeReader
  ) -> RampShape? {
    func number(_ key: String, standard: Double, in range: ClosedRange<Double>) -> Double? {
      guard let entry = fields[key] else { return standard }
      guard let value = reader.number(entry.value, "\(what).\(key)") else { return nil }
      guard range.contains(value) else {
        reader.fail(
          "\(what).\(key) is \(value): it lies between \(range.lowerBound) and \(range.upperBound)",
          entry.value)
        return nil
      }
      return value
    }
    return switch word {
    case .concave: number("k", standard: 2, in: 1...100).map { .concave(exponent: $0) }
    case .logistic: number("steepness", standard: steepness, in: 0.1...100).map { .logistic(steepness: $0) }
    default: .linear
    }
  }

  private static func table(
    _ word: RampWord, _ fields: [String: NodeReader.Entry], _ what: String, _ node: Node,
    _ reader: NodeReader
  ) -> Ramp? {
    let given = word.keys.compactMap { fields[$0] }
    guard let entry = given.first else {
      reader.fail(
        "\(what) lacks " + word.keys.map { "\"\($0)\"" }.joined(separator: " or "), node)
      return nil
    }
    guard given.count == 1 else {
      reader.fail(
        "\(what) takes one of \(word.keys.joined(separator: ", ")), not \"\(given[1].key)\" too",
        given[1].keyNode)
      return nil
    }
    let place = reader.place(entry.value)
    if entry.key == "from" {
      return reader.text(entry.value, "\(what).from").map {
        Ramp(shape: .analogue($0), years: nil, place: place)
      }
    }
    guard let values = reader.numbers(entry.value, "\(what).\(entry.key)") else { return nil }
    guard let largest = values.max(), largest > 0, values.allSatisfy({ $0 >= 0 }), values.count <= 100 else {
      reader.fail(
        "\(what).\(entry.key) is a list of up to 100 numbers, none below 0 and not all 0", entry.value)
      return nil
    }
    let shape: RampShape =
      switch entry.key {
      case "shares": .yearEnds(values)
      case "means": .yearMeans(values)
      default: .quantities(values)
      }
    return Ramp(shape: shape, years: nil, place: place)
  }

  /// Puts the shares of a line in the place of its name, and cites their sources.
  ///
  /// - Throws: `ScenarioError` for a line that the source does not know, or not from its first year on.
  mutating func lookUpRamps(_ data: any SeriesSource) throws(ScenarioError) {
    var problems: [ScenarioProblem] = []
    for index in assets.indices {
      guard let ramp = assets[index].ramp, case .analogue(let name) = ramp.shape else { continue }
      let what = "assets.\(assets[index].name).ramp"
      do throws(ForecastError) {
        let years = try data.rampShares(of: name).sorted { $0.year < $1.year }
        let shares = years.compactMap(\.share)
        guard !years.isEmpty, shares.count == years.count, years.map(\.year) == Array(1...years.count) else {
          problems.append(
            ScenarioProblem(
              "\(what).from: the shares of \"\(name)\" are not known for each year of operation from the first",
              at: ramp.place))
          continue
        }
        assets[index].ramp?.shape = .yearMeans(shares)
        var cited: Set<String> = []
        for year in years where cited.insert(year.source).inserted {
          citations.append(Citation(source: year.source, subject: what, place: ramp.place))
        }
      } catch {
        problems.append(ScenarioProblem("\(what).from: \(error)", at: ramp.place))
      }
    }
    if !problems.isEmpty { throw ScenarioError(problems) }
  }
}
