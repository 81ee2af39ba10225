public import Forecasting

private let customs = "China Customs (GACC) figures as quoted by news agencies; facts, cited"
private let companies = "company and official figures as quoted by news agencies; facts, cited"
private let institute = "Energy Institute Statistical Review, short table quoted with attribution"
private let pinkSheet = "World Bank Pink Sheet, CC BY 4.0"
private let publicDomain = "US government (EIA, Federal Reserve), public domain"

/// All bundled series, in the order of their folders.
public let catalogue: [DatasetEntry] = [
  trade(
    "total", "China–Russia trade in goods, monthly, some months combined", "segments_total", start: "2016-01",
    isGrowing: true),
  trade(
    "exports", "China's exports to Russia, monthly, some months combined", "segments_exports",
    start: "2016-01", isGrowing: true),
  trade(
    "imports", "China's imports from Russia, monthly, some months combined", "segments_imports",
    start: "2016-01", isGrowing: true),
  trade("total-annual", "China–Russia trade in goods, annual", "annual_total", start: "2016"),
  trade("exports-annual", "China's exports to Russia, annual", "annual_exports"),
  trade("imports-annual", "China's imports from Russia, annual", "annual_imports"),
  trade("total-to-date", "China–Russia trade in goods, year to date", "ytd_total", .last, start: "2017-01"),
  trade(
    "exports-to-date", "China's exports to Russia, year to date", "ytd_exports", .last,
    start: "2017-01"),
  trade(
    "imports-to-date", "China's imports from Russia, year to date", "ytd_imports", .last,
    start: "2017-01"),
  energy(
    "crude", "China's crude oil imports from Russia", "china_crude_imports_from_russia_annual", companies,
    isGrowing: true),
  energy(
    "lng", "China's LNG imports from Russia", "china_lng_imports_from_russia_annual", companies,
    isGrowing: true),
  energy("coal", "China's coal imports from Russia", "china_coal_imports_from_russia_annual", companies),
  energy(
    "power-of-siberia-1", "Deliveries through Power of Siberia-1", "power_of_siberia_1_annual", companies,
    isGrowing: true),
  energy(
    "pipeline-gas-to-china", "Pipeline gas from Russia to China", "pipeline_gas_russia_to_china_annual_ei",
    institute, isGrowing: true),
  energy(
    "pipeline-gas-to-europe", "Pipeline gas from Russia to Europe", "pipeline_gas_russia_to_europe_annual_ei",
    institute, isGrowing: true),
  price("brent", "Brent crude oil", "price_brent_monthly", publicDomain, isGrowing: true),
  price("henry-hub", "Henry Hub natural gas", "price_henryhub_monthly", publicDomain),
  price("gas-europe", "Natural gas, Europe", "price_gas_europe_monthly", pinkSheet),
  price("lng-japan", "Liquefied natural gas, Japan", "price_lng_japan_monthly", pinkSheet),
  price("usd-cny", "Yuan per US dollar", "fx_usdcny_monthly", publicDomain),
]

/// Returns the bundled series with a name such as `trade/total`, or with the name of its file, with or without folder and extension.
///
/// - Throws: `ForecastError.unknownName` with the nearest name.
public func entry(named name: String) throws(ForecastError) -> DatasetEntry {
  let bare = name.hasSuffix(".csv") ? String(name.dropLast(4)) : name
  if let found = catalogue.first(where: { $0.name == bare || $0.stem == bare || $0.file == bare + ".csv" }) {
    return found
  }
  let names = catalogue.map(\.name)
  let near =
    nearestName(to: bare, among: names)
    ?? names.first { $0.split(separator: "/").last.map(String.init) == bare.lowercased() }
  throw .unknownName(kind: "dataset", name: name, nearest: near)
}

private func trade(
  _ name: String, _ title: String, _ file: String, _ rule: SpanRule = .sum, start: String? = nil,
  isGrowing: Bool = false
) -> DatasetEntry {
  DatasetEntry(
    name: "trade/" + name, title: title, file: "trade/china_russia_trade_\(file).csv", rule: rule,
    start: start,
    vintage: "compiled 2026-11-23, figures through 2026-04", licence: customs, isGrowing: isGrowing)
}

private func energy(
  _ name: String, _ title: String, _ file: String, _ licence: String, isGrowing: Bool = false
) -> DatasetEntry {
  DatasetEntry(
    name: "energy/" + name, title: title, file: "energy/\(file).csv", rule: .sum, start: nil,
    vintage: "compiled 2026-11-23, figures through 2025", licence: licence, isGrowing: isGrowing)
}

private func price(
  _ name: String, _ title: String, _ file: String, _ licence: String, isGrowing: Bool = false
) -> DatasetEntry {
  DatasetEntry(
    name: "prices/" + name, title: title, file: "prices/\(file).csv", rule: .mean, start: nil,
    vintage: "compiled 2026-11-23, figures through mid 2026", licence: licence, isGrowing: isGrowing)
}
