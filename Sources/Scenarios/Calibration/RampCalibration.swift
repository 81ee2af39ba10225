internal import ForecastModels
public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// A prior of the years that a pipeline takes to fill, from pipelines that have filled.
///
/// Each analogue's shares of its nameplate are fitted by a linear ramp from the date of first gas, calendar means integrated
/// exactly, up to a change of nameplate and ten years at most. With y the logarithms of the lengths and s their standard errors,
/// y_j ~ N(θ_j, s_j²) and θ_j ~ N(μ, τ²), μ flat and τ half-normal with scale ½; the length of a new line is the mixture of
/// N(μ̂(τ), V(τ) + τ²) over the posterior of τ on a grid (Gelman, Carlin, Stern, Dunson, Vehtari and Rubin, *Bayesian Data
/// Analysis*, 3rd ed., section 5.4). With few analogues the prior of τ matters, and the answer says how many there were.
public struct RampCalibration: Sendable {
  /// A pipeline that was fitted.
  public struct Analogue: Sendable, Hashable {
    /// Its name.
    public let pipeline: String
    /// The years that were fitted.
    public let fitted: ClosedRange<Int>
    /// First gas in decimal years.
    public let start: Double
    /// The capacity that shares are of.
    public let nameplate: Double
    /// The length of the ramp in years.
    public let years: Double
    /// Its standard error.
    public let standardError: Double
    /// The root-mean-square error over the nameplate.
    public let relativeError: Double
    /// The length after shrinkage toward the others: exp of the posterior mean of θ_j.
    public let pooledYears: Double
    /// What is missing, if anything.
    public let note: String?
  }

  /// A pipeline that was left out.
  public struct Omission: Sendable, Hashable {
    /// Its name.
    public let pipeline: String
    /// Why.
    public let reason: String
  }

  /// The pipelines used, in the order of the table.
  public let analogues: [Analogue]
  /// The pipelines left out.
  public let omissions: [Omission]
  /// The posterior mean of τ, the spread of log lengths between pipelines.
  public let spread: Double
  /// The predictive quantiles of a new line's length in years, by probability.
  public let quantiles: [Double: Double]

  /// The probabilities of `quantiles`.
  public static let probabilities = [0.1, 0.5, 0.9]

  /// The calibration by a table with columns pipeline, year_of_operation, period, throughput_bcm, nameplate_bcm and, where known,
  /// first_gas as YYYY-MM.
  ///
  /// - Throws: `ForecastError.data` naming file and line, `.tooFewObservations` with fewer than two pipelines to fit.
  public init(_ table: CSVTable) throws(ForecastError) {
    var fits: [(line: RampRecord, fit: FittedRampToCapacity)] = []
    var omissions: [Omission] = []
    for record in try RampRecord.read(table) {
      if let reason = record.obstacle {
        omissions.append(Omission(pipeline: record.pipeline, reason: reason))
        continue
      }
      let series = try TimeSeries(
        record.shares.map { Optional($0) }, start: .year(record.firstYear), name: record.pipeline)
      fits.append((record, try RampToCapacity(capacity: 1, start: record.start).fit(series)))
    }
    guard fits.count >= 2 else {
      throw .tooFewObservations(
        model: "Ramp calibration", series: table.file ?? "", needed: 2, found: fits.count)
    }
    let logs = fits.map { Double.log($0.fit.years.value) }
    // An exact fit has no error estimate; a twentieth stands for the rounding of published figures.
    let errors = fits.map { fit in max((fit.fit.years.standardError ?? 0) / fit.fit.years.value, 0.05) }
    let pooling = PartialPooling(logs, standardErrors: errors, scale: 0.5)
    analogues = fits.enumerated().map { k, pair in
      Analogue(
        pipeline: pair.line.pipeline,
        fitted: pair.line.firstYear...(pair.line.firstYear + pair.line.shares.count - 1),
        start: pair.line.start, nameplate: pair.line.nameplate ?? 0, years: pair.fit.years.value,
        standardError: errors[k] * pair.fit.years.value, relativeError: pair.fit.relativeError,
        pooledYears: Double.exp(pooling.means[k]), note: pair.line.note)
    }
    self.omissions = omissions
    spread = pooling.spread
    var quantiles: [Double: Double] = [:]
    for p in RampCalibration.probabilities { quantiles[p] = Double.exp(pooling.quantile(p)) }
    self.quantiles = quantiles
  }

  /// The prior as it is written in a scenario file.
  public var law: String {
    let p = RampCalibration.probabilities.map { quantiles[$0] ?? .nan }
    func text(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
    return "shifted_lognormal: {p10: \(text(p[0])), p50: \(text(p[1])), p90: \(text(p[2]))}"
  }
}

/// The rows of a pipeline.
private struct RampRecord {
  var pipeline: String
  var firstYear: Int
  var start: Double
  var nameplate: Double?
  var shares: [Double] = []
  var note: String?
  var obstacle: String?

  static func read(_ table: CSVTable) throws(ForecastError) -> [RampRecord] {
    let names = try table.requiredColumn("pipeline")
    let operation = try table.requiredColumn("year_of_operation")
    let period = try table.requiredColumn("period")
    let flow = try table.requiredColumn("throughput_bcm")
    let capacity = try table.requiredColumn("nameplate_bcm")
    let opening = table.column("first_gas")
    var records: [RampRecord] = []
    for row in table.rows {
      func number(_ column: Int) throws(ForecastError) -> Double {
        guard let value = Double(row.fields[column]), value.isFinite, value >= 0 else {
          throw .data(DataFault(.badNumber(row.fields[column]), file: table.file, line: row.line))
        }
        return value
      }
      let year = Int(try number(period))
      let count = Int(try number(operation))
      let throughput = try number(flow)
      let nameplate = row.fields[capacity].isEmpty ? nil : try number(capacity)
      let name = row.fields[names]
      guard let place = records.firstIndex(where: { $0.pipeline == name }) else {
        var record = RampRecord(pipeline: name, firstYear: year, start: Double(year), nameplate: nameplate)
        if let opening, !row.fields[opening].isEmpty {
          guard let month = Period(row.fields[opening], frequency: .month),
            month.decimalYear < Double(year + 1)
          else {
            throw .data(DataFault(.badPeriod(row.fields[opening]), file: table.file, line: row.line))
          }
          record.start = month.decimalYear
        }
        if let nameplate, nameplate > 0 {
          record.shares = [throughput / nameplate]
          if count != 1 { record.obstacle = "its first \(count - 1) years are not in the table" }
        } else {
          record.obstacle = "it has no nameplate"
        }
        records.append(record)
        continue
      }
      // After a gap or a change of nameplate the data no longer describe the ramp.
      guard records[place].obstacle == nil, records[place].note == nil, let first = records[place].nameplate
      else {
        continue
      }
      let expected = records[place].firstYear + records[place].shares.count
      if nameplate != first {
        records[place].note = "to \(expected - 1), when its nameplate changed"
      } else if year != expected {
        records[place].note = "to \(expected - 1), before a gap"
      } else if records[place].shares.count < 10 {
        records[place].shares.append(throughput / first)
      }
    }
    for place in records.indices where records[place].obstacle == nil {
      let count = records[place].shares.count
      if count < 2 { records[place].obstacle = "a single year gives no standard error" }
      if count == 2 { records[place].note = "two years only" }
    }
    return records
  }
}
