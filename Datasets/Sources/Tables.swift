public import Forecasting

/// A claim in the text from which this project started, and what later data say about it.
public struct Claim: Sendable, Hashable, Codable {
  /// A short name.
  public let id: String
  /// What was claimed.
  public let text: String
  /// The claimed value.
  public let value: Double
  /// Its unit.
  public let unit: String
  /// The period of the claim.
  public let period: PeriodSpan
  /// `right`, `wrong` or `not verified`.
  public let verdict: String
  /// The value in later data, if there is one.
  public let laterValue: Double?
  /// What later data say.
  public let laterText: String
  /// The sources of the verdict.
  public let sources: [String]
}

/// A source from which values are cited.
public struct Source: Sendable, Hashable, Codable {
  /// The id that series files use.
  public let id: String
  /// Who published it.
  public let publisher: String
  /// Its title.
  public let title: String
  /// Its date, as far as known.
  public let date: String
  /// Its address; empty if there is none.
  public let address: String
  /// A note on its terms.
  public let licence: String
}

/// The throughput of a pipeline in a year of its operation.
public struct RampUpYear: Sendable, Hashable, Codable {
  /// The pipeline.
  public let pipeline: String
  /// The year of operation, counted from 1.
  public let yearOfOperation: Int
  /// The calendar year.
  public let year: Int
  /// Throughput in bcm.
  public let throughput: Double
  /// Nameplate capacity in bcm per year, if a source gives it.
  public let nameplate: Double?
  /// The source.
  public let source: String
}

/// Returns the claims of the source text with what later data say about them.
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

/// Returns every source that a bundled series cites.
public func sources() throws(ForecastError) -> [Source] {
  try rows("sources.csv") { field throws(ForecastError) in
    Source(
      id: try field("source_id"), publisher: try field("publisher"), title: try field("title"),
      date: try field("date"), address: try field("address"), licence: try field("license_note"))
  }
}

/// Returns the throughput by year of operation of pipelines comparable to Power of Siberia-2.
public func rampUpAnalogues() throws(ForecastError) -> [RampUpYear] {
  try rows("energy/ramp_up_analogues.csv") { field throws(ForecastError) in
    RampUpYear(
      pipeline: try field("pipeline"), yearOfOperation: Int(try number(field("year_of_operation"))),
      year: Int(try number(field("period"))), throughput: try number(field("throughput_bcm")),
      nameplate: try optionalNumber(field("nameplate_bcm")), source: try field("source_id"))
  }
}

/// Returns the path of a bundled file such as `scenarios/power-of-siberia-2.yaml`.
///
/// - Throws: `ForecastError.data` that names the file if it does not exist.
public func path(of file: String) throws(ForecastError) -> String { try ResourceFolder.path(of: file) }

/// Reads a bundled table such as `contradictions.csv`, unchanged.
///
/// - Throws: `ForecastError.data` if it is missing or malformed.
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
