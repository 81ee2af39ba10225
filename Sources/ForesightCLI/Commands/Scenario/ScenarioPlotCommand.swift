internal import ArgumentParser
internal import Scenarios

/// `foresight scenario plot`: a fan of the years, or an exceedance curve.
struct ScenarioPlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a quantity on the terminal: a fan of the years, or an exceedance curve.",
    usage: "foresight scenario plot <file> <quantity> [...]",
    discussion: """
      A quantity of every year, such as ps2, is a fan of its medians and intervals; one of a single value, such as ps2[2035] \
      or first_gas, is the curve of the probability that it is at least so much. json and csv are the figures drawn.

      EXAMPLES
        foresight scenario plot power-of-siberia-2 ps2
        foresight scenario plot power-of-siberia-2 'ps2[2040]'
        foresight scenario plot power-of-siberia-2 ps2 --format csv
      """)

  @OptionGroup var input: ScenarioInput
  @Argument(help: ArgumentHelp("The quantity, an expression.", valueName: "quantity")) var quantity: String
  @OptionGroup var levels: Levels
  @OptionGroup var drawing: DrawInput
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func run() throws {
    let paths = try input.load().checked().paths(of: [quantity], drawing.options)[0]
    let columns = min(StandardOutput.width ?? 78, 120)
    if paths.years.isEmpty {
      let curve = ExceedanceCurve(paths)
      switch format {
      case .text: try StandardOutput.write(curve.text(columns: columns))
      case .json: try StandardOutput.write(jsonText(curve.document))
      case .csv: try StandardOutput.write(curve.csv)
      }
      return
    }
    let tails = levels.ascending.map { (100 - $0) / 200 }
    let probabilities = Set(tails + tails.map { 1 - $0 } + [0.5]).sorted()
    let outlook = paths.outlook(levels: probabilities)
    switch format {
    case .text:
      guard !outlook.isDate else {
        throw Failure(.input, "\(quantity): is a date of every year and has no fan")
      }
      try StandardOutput.write(FanChart(outlook, columns: columns).text())
    case .json: try StandardOutput.write(jsonText(OutlookDocument(outlook)))
    case .csv:
      var csv = CSVText(
        ["year", "mean"] + probabilities.map { "p\(Levels.label(($0 * 1e6).rounded() / 1e4))" })
      for (place, year) in outlook.years.enumerated() {
        csv.add(["\(year)"] + ([outlook.means[place]] + outlook.quantiles[place]).map { CSVText.number($0) })
      }
      try StandardOutput.write(csv.text)
    }
  }
}

/// The keys of `scenario plot --format json` of a fan.
private struct OutlookDocument: Encodable {
  struct Year: Encodable {
    let year: Int
    @Nullable var mean: Double?
    let quantiles: [Double?]
  }

  let quantity: String
  let unit: String
  let levels: [Double]
  let years: [Year]

  init(_ outlook: QuantityOutlook) {
    quantity = outlook.name
    unit = outlook.unit
    levels = outlook.levels
    years = outlook.years.enumerated().map { place, year in
      Year(
        year: year, mean: outlook.means[place],
        quantiles: outlook.quantiles[place].map { $0.isFinite ? $0 : nil })
    }
  }
}
