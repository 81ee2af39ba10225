import Datasets
import ForecastModels
import Forecasting
import Testing

@testable import ForesightCLI

@Suite struct FanChartTests {
  @Test func everyStepHasItsColumnAndFitsTheWidth() throws {
    let fitted = try ExponentialGrowth().fit(Datasets.chinaRussiaTrade.total())
    for (horizon, columns) in [(1, 40), (24, 78), (200, 60)] {
      let text = try FanChart(fitted.forecast(horizon), levels: [80, 95], columns: columns).text(rows: 12)
      let lines = text.split(separator: "\n")
      #expect(lines.count == 14)
      for line in lines.dropFirst() { #expect(line.count <= columns) }
      let medians = lines.dropFirst().reduce(0) { $0 + $1.count { $0 == "o" } }
      #expect(medians >= min(horizon, 20))
    }
  }

  @Test func aConstantSeriesIsALevelLine() throws {
    let series = try TimeSeries([2, 2, 2, 2], start: .year(2020))
    let text = FanChart(try Mean().fit(series).forecast(2), levels: [90], columns: 40).text()
    let drawn = text.split(separator: "\n").dropFirst().compactMap { line in
      line.firstIndex { $0 == "┤" || $0 == "│" }.map { String(line[line.index(after: $0)...]) }
    }
    // Four observations and two medians at one height, with intervals of no width.
    #expect(drawn.count == 16 && drawn.filter { !$0.isEmpty } == ["••••oo"])
  }
}
