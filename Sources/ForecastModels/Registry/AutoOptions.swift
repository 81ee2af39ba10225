public import Forecasting

extension Auto: DescribedForecaster {
  /// `auto`.
  public static let descriptions = [
    ModelDescription(
      "auto", "the default: a pool of models, weighed by how well they forecast the end of the series",
      Auto(),
      [
        ModelOption(
          "season", \.seasonalPeriods, .seasons,
          "base periods in each seasonal cycle; auto takes those that the frequency suggests"),
        ModelOption(
          "pool", \.models, .list(.model, shownAs: "MODEL+MODEL…", empty: "auto"),
          "the members; auto is the pool that suits the series"),
        ModelOption("domain", \.domain, .domain, "the values that the series can take"),
        ModelOption("robust", \.isRobust, .flag, "whether a last value far outside is taken for an error"),
      ]
    ).listing(AutoPool.explained)
  ]

  /// Whether two weigh equal members in the same way.
  public static func == (one: Auto, other: Auto) -> Bool {
    one.models == other.models && one.pool?.members.map(\.prior) == other.pool?.members.map(\.prior)
      && one.pool?.members.map(\.isSpecialist) == other.pool?.members.map(\.isSpecialist)
      && one.pool?.steepness == other.pool?.steepness && one.pool?.squaresErrors == other.pool?.squaresErrors
      && one.seasonalPeriods == other.seasonalPeriods && one.domain == other.domain
      && one.isRobust == other.isRobust
  }

  private var models: [AnyForecaster] {
    get { pool?.members.map { AnyForecaster($0.model) } ?? [] }
    set { pool = newValue.isEmpty ? nil : AutoPool(newValue.map { AutoPool.Member($0.model) }) }
  }
}

extension OptionSyntax<[Int]> {
  /// The base periods in each cycle; 1 is no season.
  fileprivate static var seasons: OptionSyntax {
    .list(.count(), shownAs: "PERIODS+PERIODS…, whole numbers from 1 to 1000000", empty: "auto")
  }
}
