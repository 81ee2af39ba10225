internal import ForecastModels
internal import Forecasting

/// The parts of a series in text, JSON and CSV.
struct DecompositionReport {
  private let parts: Decomposition
  private let remainder: [Double?]

  init(_ parts: Decomposition) {
    self.parts = parts
    remainder = parts.remainder
  }

  private var strengths: [(name: String, value: Double)] {
    [("trend", parts.trendStrength)]
      + zip(parts.seasonal, parts.seasonalStrengths).map { ("season of \($0.period)", $1) }
  }

  private var seasonTitles: [String] { parts.seasonal.map { "season_\($0.period)" } }

  /// The strengths, and a row a period.
  func text(width: Int?) -> String {
    let series = parts.series
    let unit = series.unit.isEmpty ? "" : ", \(series.unit)"
    var text = "Series \(series.name)\(unit), \(series.span): \(series.observedCount) values\n"
    text += "Strength, 0 to 1: "
    text +=
      strengths.map { "\($0.name) \(NumberText.significant($0.value, 3))" }.joined(separator: ", ") + "\n\n"
    var table = TextTable(
      [.text("Period"), .number("Value"), .number("Trend")]
        + parts.seasonal.map { .number("Season of \($0.period)") } + [
          .number("Remainder"), .number("Weight"),
        ])
    for (place, observation) in series.observations.enumerated() {
      table.add(
        [observation.span.description] + figures(place).map { NumberText.significant($0, 5) }
          + [NumberText.significant(parts.weights[place], 2)])
    }
    text += table.text(width: width)
    for period in parts.leftOut { text += "\nToo short for a season of \(period) periods: left out\n" }
    return text
  }

  /// `period,value,trend,season_M…,remainder,weight`.
  var csv: String {
    var csv = CSVText(["period", "value", "trend"] + seasonTitles + ["remainder", "weight"])
    for (place, observation) in parts.series.observations.enumerated() {
      csv.add(
        [observation.span.description] + figures(place).map { CSVText.number($0) }
          + [CSVText.number(parts.weights[place])])
    }
    return csv.text
  }

  /// Value, trend, seasons and remainder of a period.
  private func figures(_ place: Int) -> [Double?] {
    [parts.series.values[place], parts.trend[place]] + parts.seasonal.map { $0.values[place] }
      + [remainder[place]]
  }

  /// The keys of the JSON form.
  var document: Document {
    Document(
      series: parts.series.name, unit: parts.series.unit, trendStrength: parts.trendStrength,
      seasons: zip(parts.seasonal, parts.seasonalStrengths).map {
        Document.Season(period: $0.period, strength: $1)
      }, leftOut: parts.leftOut,
      rows: parts.series.observations.enumerated().map { place, observation in
        Document.Row(
          period: observation.span.description, value: observation.value, trend: parts.trend[place],
          seasons: parts.seasonal.map { $0.values[place] }, remainder: remainder[place],
          weight: parts.weights[place])
      })
  }

  struct Document: Encodable {
    struct Season: Encodable {
      let period: Int
      let strength: Double
    }
    struct Row: Encodable {
      let period: String
      @Nullable var value: Double?
      let trend: Double
      let seasons: [Double]
      @Nullable var remainder: Double?
      let weight: Double
    }
    let series: String
    let unit: String
    let trendStrength: Double
    let seasons: [Season]
    let leftOut: [Int]
    let rows: [Row]
  }
}
