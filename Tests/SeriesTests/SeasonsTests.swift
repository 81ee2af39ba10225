import Foundation
import Testing

@testable import Series

@Suite struct SeasonsTests {
  private func hours(_ count: Int = 400) throws -> TimeSeries {
    try TimeSeries((0..<count).map { Double($0 % 24) }, start: Period(.hour, ordinal: 0), name: "load")
  }

  @Test func givenSeasonsAreSortedAndTheShortestIsTheSeasonalPeriod() throws {
    let series = try hours().with(seasons: [168, 24])
    #expect(series.seasons == [24, 168] && series.seasonalPeriod == 24 && series.hasGivenSeasons)
    #expect(try hours().seasons == [24] && !(try hours().hasGivenSeasons))
    let year = try hours().with(seasons: [365.25])
    #expect(year.seasonalPeriod == 365 && year.seasons == [365.25])
    #expect(try hours().with(seasons: [1]).seasonalPeriod == 1)
  }

  @Test func partsAndLaterObservationsKeepTheSeasonsAndAnotherPeriodDropsThem() throws {
    let series = try hours().with(seasons: [24, 168])
    #expect(series.prefix(100)?.seasons == [24, 168])
    let longer = try series.appending([Observation(PeriodSpan(series.end + 1), 3)])
    #expect(longer.seasons == [24, 168])
    var other = series
    other.seasonalPeriod = 12
    #expect(other.seasons == [12] && !other.hasGivenSeasons)
    #expect(try Panel([hours()]).with(seasons: [24, 168]).series(0).seasons == [24, 168])
  }

  @Test func seasonsSurviveJSONAndAreCheckedThere() throws {
    let series = try hours(30).with(seasons: [24, 168])
    let data = try JSONEncoder().encode(series)
    #expect(try JSONDecoder().decode(TimeSeries.self, from: data) == series)
    let text = String(decoding: data, as: UTF8.self).replacing("[24,168]", with: "[7,168]")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TimeSeries.self, from: Data(text.utf8))
    }
  }

  @Test(arguments: [[], [0], [1, 24], [24, 24.2], [.nan], [2e6], [-3]]) func seasonsWithoutMeaningAreRefused(
    _ seasons: [Double]
  ) throws {
    #expect(throws: ForecastError.self) { try hours().with(seasons: seasons) }
  }

  @Test func theCalendarStacksCycles() {
    #expect(Frequency.hour.longerSeasons(above: 24) == [168, 8766])
    #expect(Frequency.minutes(30).longerSeasons(above: 48) == [336])
    #expect(Frequency.day.longerSeasons(above: 7) == [365.25])
    #expect(Frequency.month.longerSeasons(above: 12).isEmpty)
    #expect(Frequency.hour.longerSeasons(above: 17).isEmpty)
    #expect(Frequency.index.longerSeasons(above: 48) == [336])
    #expect(Frequency.week.exactSeason(52) == 365.25 / 7 && Frequency.week.exactSeason(10) == 10)
    #expect(Frequency.month.exactSeason(12) == 12)
  }
}
