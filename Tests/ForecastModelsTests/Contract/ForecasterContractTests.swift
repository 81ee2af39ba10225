import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// What holds for every forecaster of the catalogue, whatever its model.
///
/// That an unfitted model cannot forecast holds by type: `Forecaster` has no forecast, only its `Fitted` has.
@Suite struct ForecasterContractTests {
  /// A forecast has the length asked for, begins after the series, and a longer one continues a shorter one.
  @Test(arguments: ContractSubject.all) func theHorizonIsObeyed(_ subject: ContractSubject) throws {
    let fit = try ContractFits.shared.fit(subject.name)
    let long = try fit.forecast(13)
    for horizon in [1, 5, 13] {
      let forecast = try fit.forecast(horizon)
      #expect(forecast.horizon == horizon && forecast.mean.count == horizon)
      #expect(forecast.periods.first == fit.series.end + 1)
      #expect(areFinite(forecast.mean))
      expectClose(forecast.mean, Array(long.mean.prefix(horizon)), within: 1e-9)
    }
    #expect(fit.fitted.count == fit.series.count)
    #expect(fit.hasConverged == (fit.summary.shortfall == nil))
    #expect(areFinite(fit.residuals.compactMap(\.self)))
  }

  @Test(arguments: ContractSubject.all) func quantilesRise(_ subject: ContractSubject) throws {
    let forecast = try ContractFits.shared.fit(subject.name).forecast(13)
    let rows = [0.0005, 0.01, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.99, 0.9995].map(forecast.quantile)
    for (lower, upper) in zip(rows, rows.dropFirst()) {
      #expect(zip(lower, upper).allSatisfy { $0.isFinite && $0 <= $1 })
    }
    let intervals = try [0.5, 0.8, 0.95, 0.99].map(forecast.interval)
    for (inner, outer) in zip(intervals, intervals.dropFirst()) {
      #expect(zip(inner, outer).allSatisfy { $1.lower <= $0.lower && $0.upper <= $1.upper })
    }
  }

  @Test(arguments: ContractSubject.all.filter { $0.obeys(.growingVariance) })
  func varianceDoesNotFall(_ subject: ContractSubject) throws {
    let fit = try Registry.model(subject.model).fit(ContractSeries.plain(40))
    let spread = try fit.forecast(13).standardDeviation
    #expect(zip(spread, spread.dropFirst()).allSatisfy { $1 >= $0 * (1 - 1e-9) }, "\(spread)")
  }

  /// A model with multiplicative parts is held to it in its additive form, where it has one.
  @Test(arguments: ContractSubject.all.filter { $0.obeys(.shift) })
  func aShiftOfTheDataShiftsTheForecast(_ subject: ContractSubject) throws {
    let model = try Registry.model(subject.additiveForm)
    let series = ContractSeries.seasonal(48)
    let fit = try model.fit(series)
    let moved = try model.fit(series.mapped { $0 + 64 })
    let (before, after) = try (fit.forecast(13), moved.forecast(13))
    for p in [0.05, 0.5, 0.95] {
      expectClose(after.quantile(p), before.quantile(p).map { $0 + 64 }, within: 1e-5)
    }
  }

  @Test(arguments: ContractSubject.all.filter { $0.obeys(.scale) })
  func aFactorOfTheDataIsOneOfTheForecast(_ subject: ContractSubject) throws {
    let fit = try ContractFits.shared.fit(subject.name)
    let scaled = try Registry.model(subject.model).fit(fit.series.mapped { $0 * 1024 })
    let (before, after) = try (fit.forecast(13), scaled.forecast(13))
    for p in [0.05, 0.5, 0.95] {
      expectClose(after.quantile(p), before.quantile(p).map { $0 * 1024 }, within: subject.precision)
    }
  }

  /// Joint paths fall below the margins' quantiles as often as these say, within five standard errors of the count; a margin
  /// with mass on single values may hold more than p up to its quantile.
  @Test(arguments: ContractSubject.all) func pathsAgreeWithMargins(_ subject: ContractSubject) throws {
    let forecast = try ContractFits.shared.fit(subject.name).forecast(6)
    let count = 2_000
    let paths = forecast.samplePaths(count, seed: 7)
    for p in [0.1, 0.5, 0.9] {
      for (step, quantile) in forecast.quantile(p).enumerated() {
        let share = forecast.marginal(step).cdf(quantile)
        #expect(share >= p - 1e-6, "step \(step), probability \(p): \(share)")
        let bound = 5 * (Double(count) * p * (1 - p)).squareRoot()
        let below = (0..<count).count { paths[step, $0] <= quantile }
        #expect(
          abs(Double(below) - share * Double(count)) <= bound, "step \(step), probability \(p): \(below)")
      }
    }
  }

  /// Two observations taken in one after the other lead where both at once do, and none leads nowhere.
  @Test(arguments: ContractSubject.all.filter { $0.obeys(.appending) })
  func observationsCanBeTakenIn(_ subject: ContractSubject) throws {
    let fit = try ContractFits.shared.fit(subject.name)
    let later = ContractSeries.seasonal(fit.series.count + 2)
    let once = try fit.updated(to: later)
    let twice = try fit.updated(to: later.first(fit.series.count + 1)).updated(to: later)
    let appended = try fit.appending(Array(later.observations.suffix(2)))
    #expect(once.series == later && twice.series == later && appended.series == later)
    for p in [0.1, 0.5, 0.9] {
      try expectClose(once.forecast(6).quantile(p), twice.forecast(6).quantile(p), within: 1e-9)
      try expectClose(once.forecast(6).quantile(p), appended.forecast(6).quantile(p), within: 1e-9)
      expectClose(
        try fit.updated(to: fit.series).forecast(6).quantile(p), try fit.forecast(6).quantile(p), within: 1e-9
      )
    }
  }

  /// A revised series that begins with the first period fitted is gone through anew by a model read from its file as by the
  /// fit in memory, and moves a forecast that says it takes all values; of one that begins later, a model that says so takes
  /// the later values alone.
  @Test(arguments: ContractSubject.all.filter { $0.obeys(.coding) && $0.obeys(.appending) })
  func revisedValuesAreTakenAsSaid(_ subject: ContractSubject) throws {
    let fit = try ContractFits.shared.fit(subject.name)
    guard let fit = fit as? any FittedForecaster & Codable else {
      Issue.record("\(subject.name) is not both updatable and written")
      return
    }
    // The additive trend that the wrapped model finds here is a straight line, whose smoothing parameters are zero.
    // What sums over intervals must know a series from its first period on, and refuses one that begins later.
    try checkRevision(
      fit, moves: subject.name != "transformed", refusesLate: ["adida", "imapa"].contains(subject.name))
  }

  private func checkRevision<Fit: FittedForecaster & Codable>(
    _ fit: Fit, moves: Bool, refusesLate: Bool
  ) throws {
    let count = fit.series.count
    let revised = ContractSeries.monthly(
      fit.series.values.enumerated().map { t, value in value.map { t < count - 6 ? $0 : 1.2 * $0 } })
    let read = try JSONDecoder().decode(Fit.self, from: JSONEncoder().encode(fit))
    let moved = try fit.updated(to: revised)
    try expectSame(read.updated(to: revised).forecast(6), moved.forecast(6))
    let taken = read.valuesTaken(from: revised)
    #expect(taken == fit.valuesTaken(from: revised))
    #expect(taken == fit.valuesTaken(from: fit.series))
    let same = try moved.forecast(13).mean == fit.forecast(13).mean
    #expect(same == (taken == .none || !moves), "\(taken)")
    let late = try #require(revised.slice(from: revised.start + 12))
    switch read.valuesTaken(from: late) {
    case .all: #expect(try read.updated(to: late).forecast(6).mean.allSatisfy(\.isFinite))
    case .later(let origin):
      #expect(origin == fit.series.start)
      guard !refusesLate else {
        #expect(throws: ForecastError.self) { try read.updated(to: late) }
        return
      }
      let held = try read.updated(to: late)
      try expectClose(held.forecast(6).mean, fit.forecast(6).mean, within: 1e-12)
    case .none: try expectSame(read.updated(to: late).forecast(6), fit.forecast(6))
    }
  }

  /// Quarters are no later data of months.
  @Test(arguments: ContractSubject.all.filter { $0.obeys(.appending) })
  func anotherFrequencyIsRefused(_ subject: ContractSubject) throws {
    let fit = try ContractFits.shared.fit(subject.name)
    for start in [Period.quarter(2010, 1), Period(.quarter, ordinal: fit.series.start.ordinal)] {
      let quarters = try TimeSeries(ContractSeries.seasonal(60).values, start: start, name: "quarters")
      #expect(throws: ForecastError.data(DataFault(.mixedFrequencies(.quarter, .month), series: "quarters")))
      {
        _ = try fit.updated(to: quarters)
      }
      #expect(throws: ForecastError.data(DataFault(.mixedFrequencies(.quarter, .month), series: "contract")))
      {
        _ = try fit.appending(Array(quarters.observations.suffix(2)))
      }
    }
  }

  /// Values whose squares overflow are refused, or leave a forecast that can be asked for; `checked` says what it is worth.
  @Test(arguments: ContractSubject.all.filter { $0.obeys(.appending) })
  func hugeValuesAreRefusedOrForecast(_ subject: ContractSubject) throws {
    let fit = try ContractFits.shared.fit(subject.name)
    for value in [1e160, -1e160, 1e300, 1e142] {
      let next = Observation(PeriodSpan(fit.series.end + 1), value)
      do throws(ForecastError) {
        let later = try fit.appending([next])
        #expect(try later.forecast(4).mean.count == 4)
        #expect(try fit.updated(to: fit.series.appending([next])).forecast(4).mean.count == 4)
      } catch {
        switch error {
        case .numerics, .notPositive, .outsideDomain, .notFinite: break
        default: Issue.record("\(error)")
        }
      }
    }
  }

  @Test(arguments: ContractSubject.all.filter { $0.obeys(.coding) })
  func writtenModelsForecastTheSame(_ subject: ContractSubject) throws {
    let fit = try ContractFits.shared.fit(subject.name)
    guard let fit = fit as? any FittedForecaster & Codable else {
      Issue.record("\(subject.name) cannot be written, and nothing exempts it")
      return
    }
    try expectSameAfterCoding(fit)
  }

  /// Holes inside, at either end, and observation spans: a forecast of finite numbers or a typed error that says why.
  @Test(arguments: ContractSubject.all) func holesAreForecastOrRefused(_ subject: ContractSubject) throws {
    let whole = ContractSeries.seasonal(36)
    let spans = try TimeSeries(
      rule: .mean,
      observations: [Observation(PeriodSpan(whole.start, count: 2), 81)] + whole.observations.dropFirst(2))
    let model = try Registry.model(subject.model)
    for series in [whole.withMissing([0, 10, 25, 26, 35]), spans] {
      do throws(ForecastError) {
        let forecast = try model.fit(series).forecast(6)
        #expect(forecast.start == series.end + 1)
        #expect(areFinite(forecast.mean + forecast.quantile(0.01) + forecast.quantile(0.99)))
      } catch {
        switch error {
        case .missingValue, .spanNotSupported: break
        default: Issue.record("\(error)")
        }
      }
    }
  }

  /// The same bits from a panel, whatever the number of workers, as from the series alone.
  @Test(arguments: ContractSubject.all) func workersDoNotMatter(_ subject: ContractSubject) async throws {
    let fit = try ContractFits.shared.fit(subject.name)
    var short = fit.series.first(30)
    short.name = "short"
    let panel = try Panel([fit.series, short])
    let model = try Registry.model(subject.model)
    let two = try await quantiles(of: model, panel, workers: 2)
    let eight = try await quantiles(of: model, panel, workers: 8)
    #expect(two == eight)
    #expect(try two[0] == quantiles(fit.forecast(4)))
  }

  private func quantiles(
    of model: some Forecaster, _ panel: Panel, workers: Int
  ) async throws -> [[Double]] {
    try await panel.forecast(model, horizon: 4, workers: workers).map { quantiles(try $0.result.get()) }
  }

  private func quantiles(_ forecast: Forecast) -> [Double] {
    forecast.mean + forecast.quantile(0.1) + forecast.quantile(0.9)
  }
}

/// The fits that most laws are asked of, made once.
final class ContractFits: Sendable {
  static let shared = ContractFits()

  private let fits: [String: Result<any FittedForecaster, ForecastError>]

  private init() {
    let series = ContractSeries.seasonal(48)
    var fits: [String: Result<any FittedForecaster, ForecastError>] = [:]
    for subject in ContractSubject.all {
      do throws(ForecastError) {
        fits[subject.name] = .success(try Registry.model(subject.model).fit(series))
      } catch {
        fits[subject.name] = .failure(error)
      }
    }
    self.fits = fits
  }

  func fit(_ name: String) throws -> any FittedForecaster { try #require(fits[name]).get() }
}

private func areFinite(_ values: [Double]) -> Bool { values.allSatisfy { $0.isFinite } }

/// Whether two lists agree, each difference within a share of the largest number.
func expectClose(
  _ found: [Double], _ expected: [Double], within share: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let size = expected.reduce(0) { max($0, abs($1)) }
  let gap = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
  #expect(
    found.count == expected.count && gap <= share * size, "largest difference \(gap), largest number \(size)",
    sourceLocation: sourceLocation)
}
