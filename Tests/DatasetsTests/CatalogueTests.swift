import Datasets
import Forecasting
import Testing

@Suite struct CatalogueTests {
  @Test(arguments: Datasets.catalogue) func `every series can be read and says what it is`(
    entry: DatasetEntry
  ) throws {
    let series = try entry.series()
    #expect(series.name == entry.name)
    #expect(!series.unit.isEmpty)
    #expect(series.observedCount > 0)
    #expect(series.rule == entry.rule)
    #expect(series.provenance.licence == entry.licence)
    #expect(series.provenance.file == entry.file)
    #expect(series.observations.allSatisfy { ($0.value == nil) == ($0.source == nil) })
    if let start = entry.start { #expect(series.start.description.hasPrefix(start)) }
  }

  @Test func `names are unique, and short, file and folder names find the same series`() throws {
    #expect(Set(Datasets.catalogue.map(\.name)).count == Datasets.catalogue.count)
    let entry = try Datasets.entry(named: "trade/total")
    for name in [
      "china_russia_trade_segments_total", "china_russia_trade_segments_total.csv",
      "trade/china_russia_trade_segments_total", "trade/china_russia_trade_segments_total.csv",
    ] { #expect(try Datasets.entry(named: name) == entry) }
    #expect(throws: ForecastError.unknownName(kind: "dataset", name: "trade/totl", nearest: "trade/total")) {
      try Datasets.entry(named: "trade/totl")
    }
    #expect(throws: ForecastError.unknownName(kind: "dataset", name: "Brent", nearest: "prices/brent")) {
      try Datasets.entry(named: "Brent")
    }
  }

  @Test func `typed access gives the catalogue's series, from another start where asked`() throws {
    let total = try Datasets.chinaRussiaTrade.total()
    #expect(total == (try Datasets.entry(named: "trade/total").series()))
    let late = try Datasets.chinaRussiaTrade.total(from: .month(2022, 2))
    #expect(late.start == .month(2022, 3))
    #expect(try Datasets.chinaRussiaTrade.total(from: .month(2009, 1)).missingCount > 0)
    #expect(throws: ForecastError.self) { try Datasets.chinaRussiaTrade.total(from: .month(2030, 1)) }
    #expect(throws: ForecastError.self) { try Datasets.chinaRussiaTrade.total(from: .year(2022)) }
    let all = [
      try Datasets.chinaRussiaTrade.exports(), try Datasets.chinaRussiaTrade.imports(),
      try Datasets.chinaRussiaTrade.annualTotal(), try Datasets.chinaRussiaTrade.annualExports(),
      try Datasets.chinaRussiaTrade.annualImports(), try Datasets.energy.crude(), try Datasets.energy.lng(),
      try Datasets.energy.coal(), try Datasets.energy.powerOfSiberia1(),
      try Datasets.energy.pipelineGasToChina(),
      try Datasets.energy.pipelineGasToEurope(), try Datasets.prices.brent(), try Datasets.prices.henryHub(),
      try Datasets.prices.gasEurope(), try Datasets.prices.lngJapan(), try Datasets.prices.usdCny(),
    ]
    #expect(Set(all.map(\.name)).count == 16)
  }

  @Test func `monthly prices have no gaps, and the lengths of their editions`() throws {
    let lengths = [
      "prices/brent": 471, "prices/henry-hub": 355, "prices/usd-cny": 546, "prices/gas-europe": 797,
      "prices/lng-japan": 593,
    ]
    for (name, count) in lengths {
      let series = try Datasets.entry(named: name).series()
      #expect(series.count == count)
      #expect(series.periodCount == count)
      #expect(series.missingCount == 0 && series.gapCount == 0)
    }
  }

  @Test func `the year that was not published is missing, not zero`() throws {
    let lng = try Datasets.energy.lng()
    #expect(lng.values == [6.5, 8, nil, 9.8])
    #expect(lng.gapCount == 1)
  }

  @Test func `pipelines fill as they were reported`() throws {
    let years = try Datasets.rampUpAnalogues()
    let first = years.filter { $0.pipeline == "Power of Siberia 1" }
    #expect(first.map { ($0.throughput / ($0.nameplate ?? 0) * 100).rounded() } == [11, 27, 41, 60, 82, 102])
    #expect(Set(years.map(\.pipeline)).count == 6)
    #expect(years.filter { $0.pipeline == "TAP" }.allSatisfy { $0.nameplate == nil })
    for pipeline in Set(years.map(\.pipeline)) {
      let own = years.filter { $0.pipeline == pipeline }
      #expect(own.allSatisfy { $0.year - $0.yearOfOperation == own[0].year - own[0].yearOfOperation })
    }
  }

  @Test func `a file that is not bundled is an error that names it`() {
    #expect(throws: ForecastError.self) { try Datasets.table("trade/none.csv") }
    #expect(throws: ForecastError.self) { try Datasets.path(of: "scenarios/none.yaml") }
  }
}
