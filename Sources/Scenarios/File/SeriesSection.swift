internal import Forecasting

/// The section `series`: forecasts of fitted models.
enum SeriesSection {
  private static let file = Field(required: "file", .name, "a CSV file, relative to the file that names it")
  private static let id = Field(optional: "series", .name, "the series, in a file with several")
  private static let rule = Field(
    "rule", default: .sum, "sum", .choice(SpanRule.self), "what a value says about its period")
  private static let frequency = Field(
    optional: "frequency", .choice(Frequency.self), "the length of a base period, where dates do not tell")

  /// A dataset, and the file that it is, where it is one of the scenario's own.
  private struct Source: Sendable {
    let name: String
    let file: SeriesFile?
  }

  private static let source = Shape<String>.name.called("a dataset or CSV file").then { name, _ in
    Source(name: name, file: name.hasSuffix(".csv") ? SeriesFile(path: name, rule: .sum) : nil)
  }.or(
    .object(Layout(fields: [file, id, rule, frequency])) {
      Source(
        name: $0[file],
        file: SeriesFile(path: $0[file], id: $0[id], rule: $0[rule], frequency: $0[frequency]))
    })

  private static let data = Field(
    required: "data", source, "a dataset of the data source, or a CSV file such as `demand.csv`")
  private static let unit = Field(required: "unit", .unit, "the unit of one observation")
  private static let model = Field(required: "model", .name, "the model, as in `foresight models`")
  private static let from = Field(optional: "from", .name, "the first period that is fitted")
  private static let to = Field(
    optional: "to", .whole(in: 1900...2500), "the last year that is drawn; the end of the horizon by default")

  /// The section.
  static let shape = Shape<FittedSeries>.object(
    Layout(
      fields: [data, unit, model, from, to] + Provenance.keys,
      elsewhere: [
        "fit":
          "write model: NAME with its options beside it; to choose among several by backtest, use model: combination with rule: rolling-origin",
        "paths": "a model draws its own paths; model: bootstrap refits to resampled residuals",
        "column": "data names one series, such as trade/china_russia_trade_annual_exports",
        "innovations": "write correlations: [{between: [a.innovations, b.innovations], …}]",
        "reconcile": "use it in coherence",
      ], others: "Other keys are options of the model.")
  ) { part in
    FittedSeries(
      name: part.name, data: part[data].name, file: part[data].file, from: part[from], to: part[to],
      unit: part[unit],
      rule: part[data].file?.rule ?? .sum,
      model: part[model], options: part.others, dataPlace: part.place(data) ?? part.spot.place,
      modelPlace: part.place(model) ?? part.spot.place, place: part.spot.keyPlace)
  }.section()
}
