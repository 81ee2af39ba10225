internal import Forecasting

/// The key `ramp` of an asset: how it fills from its start.
enum RampSection {
  private static let years = Field(required: "years", .expression, "how long it takes")
  private static let exponent = Field(
    "k", default: 2, "2", .number(.within(1...100)), "the exponent of 1 − (1 − x)^k")
  /// The shares at ¼ and ¾ of the way are about 0.07 and 0.93 with the default.
  private static let steepness = Field(
    "steepness", default: 10, "10", .number(.within(0.1...100)), "the steepness of the logistic curve")

  private static let table = Shape.number(.atLeast(0)).list(in: 1...100).called(
    "a list of up to 100 numbers of at least 0, not all 0"
  ) { $0.contains { $0 > 0 } }
  private static let shares = Field(
    optional: "shares", table, "the share at the end of each year of operation, straight between them")
  private static let means = Field(optional: "means", table, "the share throughout each year of operation")
  private static let from = Field(
    optional: "from", .name, "a pipeline whose yearly shares the dataset `ramp_up_analogues` has")
  private static let quantities = Field(
    required: "quantities", table, "a contract's quantity in each contract year, in the unit of the capacity")

  /// What `ramp` may be.
  static let shape = Shape<Ramp>.tagged(
    "shape", "its shape", default: "linear", common: Provenance.keys,
    [
      Variant("linear", Layout(fields: [years])) { smooth($0, .linear) },
      Variant("concave", Layout(fields: [years, exponent])) { smooth($0, .concave(exponent: $0[exponent])) },
      Variant("logistic", Layout(fields: [years, steepness])) {
        smooth($0, .logistic(steepness: $0[steepness]))
      },
      Variant(
        "empirical",
        Layout(fields: [shares, means, from], rules: [.oneOf([["shares"], ["means"], ["from"]])])
      ) { part in
        if let values = part[shares] { return tabled(.yearEnds(values), part.place(shares)) }
        if let values = part[means] { return tabled(.yearMeans(values), part.place(means)) }
        return part[from].flatMap { tabled(.analogue($0), part.place(from)) }
      },
      Variant("schedule", Layout(fields: [quantities])) {
        tabled(.quantities($0[quantities]), $0.place(quantities))
      },
    ])

  private static func smooth(_ part: Part, _ shape: RampShape) -> Ramp {
    Ramp(shape: shape, years: part[years], place: part.spot.place)
  }

  private static func tabled(_ shape: RampShape, _ place: FilePlace?) -> Ramp? {
    place.map { Ramp(shape: shape, years: nil, place: $0) }
  }
}

extension ScenarioFile {
  /// Replaces the names of pipelines by their yearly shares, and cites their sources.
  ///
  /// - Throws: `ScenarioError` for a pipeline that the source does not know, or does not know from its first year on.
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
