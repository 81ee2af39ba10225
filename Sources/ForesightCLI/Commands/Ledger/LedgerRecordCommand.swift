internal import ArgumentParser
internal import Forecasting
internal import ForesightNumerics
internal import Ledger

/// `foresight ledger record`: projections of others, to be scored with the rest.
struct LedgerRecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record a projection made elsewhere, such as a judgment.",
    usage: """
      foresight ledger record <key> --probability <p> [--threshold <x>] [...]
      foresight ledger record <key> --p10 <x> --p50 <x> --p90 <x> [...]
      foresight ledger record --projections <file> [...]
      """,
    discussion: """
      A key is SERIES@PERIOD or SCENARIO.QUESTION; one outcome settles all projections with the same key. A probability is \
      that of a condition or, with a threshold, that of at least the threshold. Three quantiles define a shifted lognormal \
      distribution (a normal distribution if p50 is in the middle). A file has the columns \
      key[,probability][,threshold][,p10,p50,p90][,unit] and one projection per row; all rows are recorded or none.

      EXAMPLES
        foresight ledger record power-of-siberia-2.by_2032 --probability 0.05 --by desk
        foresight ledger record prices/brent@2026-12 --p10 58 --p50 66 --p90 80
        foresight ledger record --projections survey.csv --by survey
      """)

  @Argument(help: ArgumentHelp("The key of the projection.", valueName: "key")) var key: String?
  @Option(help: ArgumentHelp("The probability of the condition.", valueName: "p")) var probability: Double?
  @Option(help: ArgumentHelp("The probability is that of at least this value.", valueName: "x"))
  var threshold: Double?
  @Option(help: ArgumentHelp("The 10% quantile.", valueName: "x")) var p10: Double?
  @Option(help: ArgumentHelp("The median.", valueName: "x")) var p50: Double?
  @Option(help: ArgumentHelp("The 90% quantile.", valueName: "x")) var p90: Double?
  @Option(help: ArgumentHelp("The unit of the outcome.", valueName: "unit")) var unit: String = ""
  @Option(help: ArgumentHelp("A CSV file of projections.", valueName: "file")) var projections: String?
  @Option(help: ArgumentHelp("The author of the projection.", valueName: "name"))
  var by: String = "judgement"
  @Option(help: ArgumentHelp("The last day or period known to the author.", valueName: "date")) var asOf:
    String =
      ""
  @Option(
    name: .customLong("ledger"),
    help: ArgumentHelp("The ledger file.", valueName: "file"))
  var path: String = Ledger.standardPath

  func validate() throws {
    guard (key == nil) != (projections == nil) else {
      throw ValidationError("give either a key with its projection or --projections FILE, not both")
    }
    if path == "" { throw ValidationError("--ledger must name a file") }
  }

  func run() throws {
    var said: [Projection] = []
    var file: SourceFile?
    if let key {
      let figures = [probability, threshold, p10, p50, p90]
      said = [try Self.projection(key, figures, unit: unit)]
    } else if let projections {
      said = try read(projections)
      file = SourceFile(path: projections, bytes: try fileBytes(projections))
    }
    let name = Set(said.map { Self.subject($0.key) }).sorted().joined(separator: ", ")
    let run = LedgerRun(
      kind: .record, name: name, model: by, file: file?.path ?? "", fileHash: file?.hash.description ?? "",
      version: toolVersion, seed: 0, asOf: asOf, projections: said)
    let number = try Ledger(path: path).record(run)
    try StandardOutput.write("\(said.count) recorded as run \(number) in \(path)\n")
  }

  /// The series or scenario in a key.
  private static func subject(_ key: String) -> String {
    let at = key.lastIndex(of: "@") ?? key.firstIndex(of: ".") ?? key.endIndex
    return String(key[..<at])
  }

  /// The projection of a probability with or without a threshold, or of three quantiles.
  private static func projection(_ key: String, _ figures: [Double?], unit: String) throws -> Projection {
    switch (figures[0], figures[1], figures[2], figures[3], figures[4]) {
    case (let p?, let threshold, nil, nil, nil):
      return try Projection(key: key, claim: .probability(p, threshold: threshold), unit: unit)
    case (nil, nil, let low?, let middle?, let high?):
      let law: ShiftedLogNormal
      do throws(NumericsError) {
        law = try ShiftedLogNormal(p10: low, p50: middle, p90: high)
      } catch {
        throw LedgerError.badProjection(key: key, reason: "has quantiles that no distribution has: \(error)")
      }
      return try Projection(
        key: key, claim: .distribution(try QuantileCurve(key: key) { law.quantile($0) }), unit: unit)
    default:
      throw LedgerError.badProjection(
        key: key, reason: "needs either a probability (with or without a threshold) or p10, p50 and p90")
    }
  }

  private func read(_ path: String) throws -> [Projection] {
    let table = try CSVTable(path: path)
    let key = try table.requiredColumn("key")
    let columns = ["probability", "threshold", "p10", "p50", "p90"].map { table.column($0) }
    let unit = table.column("unit")
    return try table.rows.map { row in
      let figures = try columns.map { column -> Double? in
        guard let column, !row.fields[column].isEmpty else { return nil }
        guard let value = Double(decimal: row.fields[column]) else {
          throw ForecastError.data(DataFault(.badNumber(row.fields[column]), file: path, line: row.line))
        }
        return value
      }
      do {
        return try Self.projection(
          row.fields[key], figures, unit: unit.map { row.fields[$0] } ?? self.unit)
      } catch let error as LedgerError {
        throw Failure(.input, "\(path):\(row.line): \(error)")
      }
    }
  }
}
