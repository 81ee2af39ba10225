public import Forecasting

/// What every forecaster owes its callers, checked on a series: for the authors of models of their own.
///
/// ```swift
/// import ForesightTesting
/// import Testing
///
/// @Test func keepsTheContract() throws {
///   let contract = ForecasterContract(WindowMean(window: 24), on: sales)
///   #expect(contract.violations() == [])
/// }
/// ```
///
/// It needs no test framework: `violations()` returns what is broken, clause by clause. A model that cannot keep a clause for a good reason
/// names it in `exempt`. Cost: about ten fits and as many forecasts.
public struct ForecasterContract<Model: Forecaster>: Sendable {
  /// The model.
  public let model: Model
  /// The series that it is fitted to.
  public let series: TimeSeries
  /// The number of steps that are forecast.
  public let horizon: Int
  /// The clauses that are not checked.
  public let exempt: Set<ContractClause>

  /// Creates the contract of a model on a series that it can be fitted to, by default 60 months with a trend, a season and noise.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - series: The series.
  ///   - horizon: The number of steps that are forecast.
  ///   - exempt: The clauses that are not checked.
  public init(
    _ model: Model, on series: TimeSeries? = nil, horizon: Int = 8, exempt: Set<ContractClause> = []
  ) {
    self.model = model
    self.series = series ?? ContractSeries.months(60)
    self.horizon = min(max(1, horizon), 100)
    self.exempt = exempt
  }

  /// Returns what the model breaks; empty if it keeps the contract.
  public func violations() -> [ContractViolation] {
    var found: [ContractViolation] = []
    for clause in ContractClause.allCases where !exempt.contains(clause) {
      do throws(ForecastError) {
        if let what = try broken(clause) { found.append(ContractViolation(clause: clause, what: what)) }
      } catch {
        found.append(ContractViolation(clause: clause, what: "throws: \(error)"))
      }
    }
    return found
  }
}

/// A clause of the contract of a forecaster.
public enum ContractClause: String, Sendable, Hashable, Codable, CaseIterable {
  /// A forecast has as many steps as asked for, begins after the series, and has finite means and medians; fitted values fit the observations.
  case horizon
  /// The same fit forecasts the same numbers, and two fits of one series do.
  case determinism
  /// Quantiles increase with the probability, intervals are nested, and a quantile's cdf is its probability.
  case quantiles
  /// Sample paths have the size asked for, depend on the seed alone, begin with the same paths whatever their number, and have the marginal
  /// distributions of the steps.
  case paths
  /// Totals over several steps have the mean of the steps.
  case totals
  /// A horizon outside 1 to 10,000 and external variables that are not supported are typed errors.
  case refusals
  /// A series of missing values, of one value, of equal values or of huge values is fitted, or refused with a typed error.
  case missingValues = "missing-values"
  /// A fit that follows observations is the same after an update to its own series, and moves on with new observations.
  case updates
  /// A fit that can be coded forecasts the same numbers after it was written and read.
  case coding
}

/// A clause that a model breaks.
public struct ContractViolation: Sendable, Hashable, CustomStringConvertible {
  /// The clause.
  public let clause: ContractClause
  /// What is wrong.
  public let what: String

  /// `quantiles: the 0.9 quantile of step 3 is below the 0.5 quantile`.
  public var description: String { "\(clause.rawValue): \(what)" }
}
