public import Forecasting

/// A claim of the text that this project began from, and what later data says of it.
public struct Claim: Sendable, Hashable, Codable {
  /// A short name.
  public let id: String
  /// What was claimed.
  public let text: String
  /// The claimed figure.
  public let value: Double
  /// Its unit.
  public let unit: String
  /// The period it speaks of.
  public let period: PeriodSpan
  /// `right`, `wrong` or `not verified`.
  public let verdict: String
  /// The figure of later data, where there is one.
  public let laterValue: Double?
  /// What later data says.
  public let laterText: String
  /// The sources of the verdict.
  public let sources: [String]
}

/// A source that figures are cited from.
public struct Source: Sendable, Hashable, Codable {
  /// The id that series files use.
  public let id: String
  /// Who published it.
  public let publisher: String
  /// Its title.
  public let title: String
  /// Its date, as far as it is known.
  public let date: String
  /// Its address, empty where there is none.
  public let address: String
  /// A note on its terms.
  public let licence: String
}

/// Throughput of a pipeline in a year of its operation.
public struct RampUpYear: Sendable, Hashable, Codable {
  /// The pipeline.
  public let pipeline: String
  /// The year of operation, counted from 1.
  public let yearOfOperation: Int
  /// The calendar year.
  public let year: Int
  /// Throughput in bcm.
  public let throughput: Double
  /// Nameplate capacity in bcm a year, where a source gives one.
  public let nameplate: Double?
  /// The source.
  public let source: String
}

/// The source text's claims beside what later data says of them.
public func claims() throws(ForecastError) -> [Claim] {
  try rows("claims.csv") { field throws(ForecastError) in
    let period = try field("period")
    guard let span = PeriodSpan(period) else {
      throw .data(DataFault(.badPeriod(period), file: "claims.csv"))
    }
    return Claim(
      id: try field("claim_id"), text: try field("claim"), value: try number(field("claimed_value")),
      unit: try field("unit"), period: span, verdict: try field("verdict"),
      laterValue: try optionalNumber(field("later_value")), laterText: try field("later_text"),
      sources: try field("source_ids").split(separator: ";").map(String.init))
  }
}

/// Every source that a bundled series cites.
public func sources() throws(ForecastError) -> [Source] {
  try rows("sources.csv") { field throws(ForecastError) in
    Source(
      id: try field("source_id"), publisher: try field("publisher"), title: try field("title"),
      date: try field("date"), address: try field("address"), licence: try field("license_note"))
  }
}

/// Throughput by year of operation of the pipelines that Power of Siberia-2 can be compared with.
public func rampUpAnalogues() throws(ForecastError) -> [RampUpYear] {
  try rows("energy/ramp_up_analogues.csv") { field throws(ForecastError) in
    RampUpYear(
      pipeline: try field("pipeline"), yearOfOperation: Int(try number(field("year_of_operation"))),
      year: Int(try number(field("period"))), throughput: try number(field("throughput_bcm")),
      nameplate: try optionalNumber(field("nameplate_bcm")), source: try field("source_id"))
  }
}

/// The path of a bundled file such as `scenarios/power-of-siberia-2.yaml`.
///
/// - Throws: `ForecastError.data` naming the file when it is not there.
public func path(of file: String) throws(ForecastError) -> String { try ResourceFolder.path(of: file) }

/// A bundled table such as `contradictions.csv` as it stands in the file.
///
/// - Throws: `ForecastError.data` when it is missing or malformed.
public func table(_ file: String) throws(ForecastError) -> CSVTable {
  try CSVTable(path: ResourceFolder.path(of: file))
}

private func rows<Row>(
  _ file: String, _ make: ((String) throws(ForecastError) -> String) throws(ForecastError) -> Row
) throws(ForecastError) -> [Row] {
  let table = try table(file)
  var result: [Row] = []
  for row in table.rows {
    let read: (String) throws(ForecastError) -> String = { (name) throws(ForecastError) in
      row.fields[try table.requiredColumn(name)]
    }
    result.append(try make(read))
  }
  return result
}

private func number(_ text: String) throws(ForecastError) -> Double {
  guard let value = Double(text), value.isFinite else { throw .data(DataFault(.badNumber(text))) }
  return value
}

private func optionalNumber(_ text: String) throws(ForecastError) -> Double? {
  text.isEmpty ? nil : try number(text)
}
