internal import Datasets
internal import Forecasting
internal import Reports

/// A bundled series with what the catalogue says of it.
struct BundledDataset: Sendable {
  let entry: DatasetEntry
  let series: TimeSeries

  @ListBuilder<Column<BundledDataset>> fileprivate static var columns: [Column<BundledDataset>] {
    Column("name", "Name") { $0.entry.name }
    Column("title", "Title") { $0.entry.title }.last()
    Column("unit", "Unit") { $0.series.unit }
    Column(text: "Span") { "\($0.series.start) … \($0.series.end)" }
    Column("frequency") { $0.series.frequency.rawValue }
    Column("first") { $0.series.start.description }
    Column("last") { $0.series.end.description }
    Column("observations", "Values") { $0.series.observedCount }
    Column("missing", "Missing") { $0.series.missingCount }
    Column("rule") { $0.entry.rule.rawValue }
    Column("vintage") { $0.entry.vintage }
    Column("licence") { $0.entry.licence }
    Column("file") { "Datasets/" + $0.entry.file }.only(.json)
  }
}

extension Report {
  /// The bundled series, one row per series.
  init(_ datasets: [BundledDataset]) {
    self.init { Table("", datasets) { BundledDataset.columns } }
  }

  /// The values of a bundled series with the sources that they cite.
  init(_ dataset: BundledDataset, sources: [Source]) {
    let (entry, series) = (dataset.entry, dataset.series)
    let decimals = NumberText.writtenDecimals(of: series.values.compactMap(\.self))
    let cited = Set(
      series.observations.flatMap { ($0.source ?? "").split(separator: ";").map(String.init) })
    let lines = sources.filter { cited.contains($0.id) }.map { source in
      let facts = [source.publisher, source.title, source.date, source.address].filter { !$0.isEmpty }
      return "\(source.id): \(facts.joined(separator: ", "))\n"
    }
    self.init {
      Words(
        "\(entry.title) (\(entry.name)), \(series.unit)\n\(series.span), by \(series.frequency.rawValue), "
          + "\(series.observedCount) values, \(series.missingCount) missing; a value is the "
          + "\(entry.rule.rawValue) of its periods\n\(entry.vintage); \(entry.licence)\nDatasets/\(entry.file)\n"
      )
      Members(["about": JSONValue(dataset) { BundledDataset.columns }])
      Table("figures", series.observations, in: [.text, .json]) {
        Column("period", "Period") { $0.span.description }
        Column("value", series.unit, .fixed(decimals)) { $0.value }
        Column("source", "Source") { $0.source }
        Column("note", "Note") { $0.note }
      }
      if !lines.isEmpty { Words("Sources\n" + lines.joined()) }
      // The CSV is the file that --input reads.
      Rows(csv: series.csv())
    }
  }
}
