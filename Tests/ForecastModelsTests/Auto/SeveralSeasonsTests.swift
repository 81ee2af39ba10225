import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite struct SeveralSeasonsTests {
  private func wave(_ t: Int, _ period: Double) -> Double {
    sin(2 * Double.pi * Double(t) / period)
  }

  private func series(_ frequency: Frequency, _ count: Int, _ value: (Int) -> Double) throws -> TimeSeries {
    let noise = AutoTests.noise(count)
    return try TimeSeries(
      (0..<count).map { value($0) + 0.5 * noise[$0] }, start: Period(frequency, ordinal: 0), name: "load")
  }

  @Test func cyclesOfTheSeriesReachTheModels() throws {
    let own = try series(.hour, 500) { 50 + 10 * wave($0, 24) + 6 * wave($0, 168) }
    #expect(own.cycles([]) == [24, 168, 8766] && own.cycles([12]) == [12])
    let given = try own.with(seasons: [24, 168])
    #expect(given.cycles([]) == [24, 168])
    #expect(MSTL().periods(of: given).used == [24, 168] && MSTL().periods(of: own).used == [24])
    #expect(try MSTL().decompose(given).seasonal.map(\.period) == [24, 168])
    #expect(try RidgeAutoregression().fit(given).name == RidgeAutoregression().name)
  }

  @Test func fourierTermsTakeEveryCycleAtItsExactLength() throws {
    let truth: (Int) -> Double = { 50 + 10 * self.wave($0, 24) + 6 * self.wave($0, 168) }
    let given = try series(.hour, 700, truth).with(seasons: [24, 168])
    let fit = try LinearRegression([.intercept, .fourier(harmonics: 1)]).fit(given)
    let names = fit.summary.coefficients.map(\.name)
    #expect(names == ["(intercept)", "sin 1 of 24", "cos 1 of 24", "sin 1 of 168", "cos 1 of 168"])
    let mean = try fit.forecast(168).mean
    #expect((0..<168).allSatisfy { abs(mean[$0] - truth(700 + $0)) < 0.3 })
    // A year of 52.18 weeks does not slip against the calendar in twenty years.
    let weeks = try series(.week, 1040) { 20 + 5 * self.wave($0, 365.25 / 7) }
    let yearly = try LinearRegression([.intercept, .fourier(harmonics: 1)]).fit(weeks).forecast(52).mean
    #expect((0..<52).allSatisfy { abs(yearly[$0] - 20 - 5 * wave(1040 + $0, 365.25 / 7)) < 0.2 })
  }

  @Test func aCycleThatDoesNotPayIsDroppedAndSaidSo() throws {
    let paying = try Auto().fit(series(.hour, 700) { 50 + 10 * wave($0, 24) + 20 * wave($0, 168) })
    #expect(paying.summary.notes.contains { $0.hasPrefix("season of 168 periods: kept") })
    #expect(paying.summary.notes.contains { $0.hasPrefix("season of 8766 periods: left out") })
    let month = try Auto(
      pool: AutoPool([AutoPool.Member(Mean()), AutoPool.Member(SeasonalNaive(seasonalPeriod: 7))])
    )
    .fit(series(.day, 200) { 50 + 40 * wave($0, 7) })
    #expect(month.summary.notes.contains { $0.hasPrefix("season of 7 periods: kept") })
    #expect(month.summary.notes.contains { $0.contains("left out: Mean") })
  }

  @Test func theSummarySaysWhatEachMemberWeighsInWords() throws {
    let fit = try Auto().fit(series(.month, 120) { 50 + 10 * wave($0, 12) })
    let notes = fit.summary.notes
    #expect(notes[0].hasPrefix("\(fit.members.max { $0.weight < $1.weight }?.fit.name ?? "") has "))
    #expect(
      notes.contains { $0.contains("the least of all") } && notes.contains { $0.hasPrefix("held back: ") })
    #expect(notes.contains { $0.hasPrefix("width: ") } && notes.contains { $0.hasPrefix("domain: ") })
  }

  @Test func theMembersOfThePoolAreListedWithTheirPurpose() throws {
    let members = try Registry.description(of: "auto").members
    #expect(members.count > 30 && members.allSatisfy { !$0.purpose.isEmpty && !$0.name.isEmpty })
    let monthly = members.filter { $0.data == "months" }.map(\.name)
    #expect(monthly == AutoPool.standard(cycles: [12], count: 200).members.map(\.model.name))
    #expect(try Registry.description(of: "naive").members.isEmpty)
  }
}
