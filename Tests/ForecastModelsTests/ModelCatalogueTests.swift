import Forecasting
import Testing

@testable import ForecastModels

@Suite("Models by name")
struct ModelCatalogueTests {
  @Test("every name is used once and makes its model from no option")
  func names() throws {
    let names = ModelCatalogue.entries.map(\.name)
    #expect(Set(names).count == names.count)
    for entry in ModelCatalogue.entries { #expect(try !entry.model().name.isEmpty) }
  }

  @Test("options are read from text")
  func options() throws {
    let model = try ModelCatalogue.model("exponential-growth:noise=poisson")
    #expect((model as? ExponentialGrowth)?.noise == .poisson)
    let seasonal = try ModelCatalogue.model("seasonal-naive:season=7")
    #expect((seasonal as? SeasonalNaive)?.seasonalPeriod == 7)
  }

  @Test("a slip is answered with the nearest name")
  func slips() {
    #expect(
      throws: ForecastError.unknownName(kind: "model", name: "naiv", nearest: "naive")
    ) { try ModelCatalogue.model("naiv") }
    #expect(
      throws: ForecastError.unknownName(kind: "option of exponential-growth", name: "nois", nearest: "noise")
    ) { try ModelCatalogue.model("exponential-growth:nois=additive") }
    #expect(
      throws: ForecastError.invalidOption(
        name: "season", value: "0", reason: "is no whole number of at least 1")
    ) { try ModelCatalogue.model("seasonal-naive:season=0") }
    #expect(throws: ForecastError.self) { try ModelCatalogue.model("seasonal-naive:season=4,season=5") }
  }
}
