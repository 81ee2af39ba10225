public import Forecasting

/// China–Russia trade: `Datasets.chinaRussiaTrade.total()`.
public let chinaRussiaTrade = ChinaRussiaTrade()

/// Oil, gas and coal from Russia: `Datasets.energy.crude()`.
public let energy = EnergySeries()

/// World prices and the exchange rate: `Datasets.prices.brent()`.
public let prices = PriceSeries()

/// China–Russia trade in USD bn, as published by China Customs: single months, and months published together.
public struct ChinaRussiaTrade: Sendable {
  /// Returns exports plus imports, by default from 2016-01, where the part without gaps begins.
  public func total(from: Period? = nil) throws(ForecastError) -> TimeSeries { try read("trade/total", from) }
  /// Returns China's exports to Russia; unpublished months are missing.
  public func exports(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("trade/exports", from)
  }
  /// Returns China's imports from Russia; unpublished months are missing.
  public func imports(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("trade/imports", from)
  }
  /// Returns annual exports plus imports, by default from 2016.
  public func annualTotal(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("trade/total-annual", from)
  }
  /// Returns China's annual exports to Russia.
  public func annualExports(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("trade/exports-annual", from)
  }
  /// Returns China's annual imports from Russia.
  public func annualImports(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("trade/imports-annual", from)
  }
}

/// Annual series of oil, gas and coal from Russia.
public struct EnergySeries: Sendable {
  /// China's crude oil imports from Russia, Mt.
  public func crude(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("energy/crude", from)
  }
  /// China's LNG imports from Russia, Mt; 2024 is missing.
  public func lng(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("energy/lng", from)
  }
  /// China's coal imports from Russia, Mt; the three values have three different definitions.
  public func coal(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("energy/coal", from)
  }
  /// Deliveries through Power of Siberia-1, in bcm as measured by Gazprom.
  public func powerOfSiberia1(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("energy/power-of-siberia-1", from)
  }
  /// Pipeline gas from Russia to China, bcm at 40 MJ/m³.
  public func pipelineGasToChina(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("energy/pipeline-gas-to-china", from)
  }
  /// Pipeline gas from Russia to Europe, bcm at 40 MJ/m³.
  public func pipelineGasToEurope(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("energy/pipeline-gas-to-europe", from)
  }
}

/// Monthly means of world prices and the exchange rate.
public struct PriceSeries: Sendable {
  /// Brent crude oil, USD/bbl.
  public func brent(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("prices/brent", from)
  }
  /// Henry Hub natural gas, USD/MMBtu.
  public func henryHub(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("prices/henry-hub", from)
  }
  /// Natural gas in Europe, USD/MMBtu; the definition changes over time.
  public func gasEurope(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("prices/gas-europe", from)
  }
  /// Liquefied natural gas in Japan, USD/MMBtu; the last two months are estimates.
  public func lngJapan(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("prices/lng-japan", from)
  }
  /// Yuan per US dollar.
  public func usdCny(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    try read("prices/usd-cny", from)
  }
}

private func read(_ name: String, _ from: Period?) throws(ForecastError) -> TimeSeries {
  try entry(named: name).series(from: from)
}
