import Forecasting
import Foundation
import Testing

@testable import ForecastModels

@Suite("Models by name")
struct RegistryTests {
  @Test("every name is used once and makes its model without options")
  func names() throws {
    let names = Registry.models.map(\.name)
    #expect(Set(names).count == names.count)
    for description in Registry.models {
      let model = try description.model()
      #expect(!model.name.isEmpty)
      #expect(model.normalForm == description.name)
    }
  }

  @Test("options are read from text")
  func options() throws {
    let model = try Registry.model("exponential-growth:noise=poisson")
    #expect((model as? ExponentialGrowth)?.noise == .poisson)
    let seasonal = try Registry.model("seasonal-naive:season=7")
    #expect((seasonal as? SeasonalNaive)?.seasonalPeriod == 7)
  }

  @Test(
    "every default and every listed value is accepted, and the normal form reads back",
    arguments: Registry.models.map(\.name))
  func values(name: String) throws {
    for option in try Registry.description(of: name).options {
      #expect(!option.defaultText.isEmpty && !option.examples.isEmpty, "\(name): \(option.name)")
      #expect(Set(option.alternatives).intersection(option.examples) == Set(words(option)))
      let setting = option.setting.map { "," + $0 } ?? ""
      for text in [option.defaultText] + option.examples {
        let model = try Registry.model("\(name):\(option.name)=\(text)\(setting)")
        let normal = try #require(model.normalForm, "\(name): \(option.name)=\(text)")
        let again = try Registry.model(normal)
        #expect(model.equals(again), "\(normal)")
        #expect(again.normalForm == normal)
      }
    }
  }

  @Test(
    "a wrong value is refused with the values that the option takes", arguments: Registry.models.map(\.name))
  func wrongValues(name: String) throws {
    for option in try Registry.description(of: name).options {
      for text in ["", "?", "no such value"] {
        switch refusal("\(name):\(option.name)=\(text)") {
        case .invalidOption(let found, let value, let reason):
          #expect(found == option.name && value == text)
          for alternative in option.alternatives { #expect(reason.contains(alternative)) }
        case .unknownName(let kind, let found, _): #expect(kind == "model" && found == text)
        case let other: Issue.record("\(name): \(option.name)=\(text): \(String(describing: other))")
        }
      }
      for word in words(option) where word.count > 4 {
        let slip = String(word.dropLast())
        guard case .invalidOption(_, _, let reason)? = refusal("\(name):\(option.name)=\(slip)") else {
          Issue.record("\(name): \(option.name)=\(slip) is accepted")
          continue
        }
        // "logi" is as near to "log" as to "logit".
        #expect(words(option).contains { reason.hasSuffix("did you mean \"\($0)\"?") }, "\(slip): \(reason)")
      }
    }
  }

  private func words(_ option: OptionDescription) -> [String] {
    option.alternatives.filter { $0.allSatisfy { $0.isLowercase || $0.isNumber || "-:".contains($0) } }
  }

  private func refusal(_ text: String) -> ForecastError? {
    do throws(ForecastError) { _ = try Registry.model(text) } catch { return error }
    return nil
  }

  @Test("the normal form leaves defaults out and keeps the order of the options")
  func normalForms() throws {
    for (text, normal) in [
      ("theta:adjustment=additive,season=7", "theta:season=7,adjustment=additive"),
      ("dotm:estimation=shrinkage", "dotm"), ("arima:drift=true,order=1-1-0", "arima:order=1-1-0,drift=true"),
      ("linear-regression:trend=none,ramp=none,errors=ar1:ml", "linear-regression:trend=none,errors=ar1"),
      ("ramp-to-capacity:capacity=38.0,start=fitted", "ramp-to-capacity:capacity=38"),
      ("bootstrap:model.damped=true,replicates=3", "bootstrap:model.damped=true,replicates=3"),
      ("conformal:model=transformed,model.model=drift", "conformal:model=transformed,model.model=drift"),
      (
        "combination:rule=median,members=(ets:season=4,form=ANN)+drift+(theta)",
        "combination:members=(ets:form=ANN,season=4)+drift+theta,rule=median"
      ),
    ] {
      let found = try Registry.model(text).normalForm
      #expect(found == normal)
    }
    #expect(Theta(.optimised, seasonalPeriod: 7).normalForm == "otm:season=7")
    let model = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1), period: 12))
    #expect(model.normalForm == "arima:seasonal=0-1-1,season=12")
    let weighted = LinearRegression(weights: .periods([1, 2], start: .year(2020)))
    #expect(weighted.normalForm == nil)
    #expect(AutoTheta(forms: [.standard]).normalForm == nil)
  }

  @Test("a model is written to JSON as its normal form")
  func json() throws {
    let model = AnyForecaster(try Registry.model("ets:form=AAN,damped=true"))
    let data = try JSONEncoder().encode([model])
    #expect(String(decoding: data, as: UTF8.self) == #"["ets:form=AAN,damped=true"]"#)
    #expect(try JSONDecoder().decode([AnyForecaster].self, from: data) == [model])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([AnyForecaster].self, from: Data(#"["ets:form=XXX"]"#.utf8))
    }
    let weighted = AnyForecaster(LinearRegression(weights: .periods([1, 2], start: .year(2020))))
    #expect(throws: EncodingError.self) { try JSONEncoder().encode([weighted]) }
  }

  @Test("a slip is answered with the nearest name")
  func slips() {
    #expect(
      throws: ForecastError.unknownName(kind: "model", name: "naiv", nearest: "naive")
    ) { try Registry.model("naiv") }
    #expect(
      throws: ForecastError.unknownName(kind: "model", name: "naiv", nearest: "naive")
    ) { try Registry.model("combination:members=drift+naiv") }
    #expect(
      throws: ForecastError.unknownName(kind: "option of exponential-growth", name: "nois", nearest: "noise")
    ) { try Registry.model("exponential-growth:nois=additive") }
    #expect(
      throws: ForecastError.invalidOption(
        name: "season", value: "0", reason: "must be a whole number from 1 to 1000000 or auto")
    ) { try Registry.model("seasonal-naive:season=0") }
    #expect(throws: ForecastError.self) { try Registry.model("seasonal-naive:season=4,season=5") }
    #expect(throws: ForecastError.self) {
      try Registry.model("seasonal-naive:season=4", options: ["season": "5"])
    }
  }

  @Test("an option without effect is refused unless it states its default")
  func needs() throws {
    #expect(
      throws: ForecastError.invalidOption(name: "rate", value: "0.1", reason: "needs method=adaptive")
    ) { try Registry.model("conformal:rate=0.1") }
    #expect(try Registry.model("conformal:rate=0.05").normalForm == "conformal")
    #expect(
      throws: ForecastError.invalidOption(name: "knots", value: "2022-03", reason: "needs trend=1")
    ) { try Registry.model("linear-regression:trend=2,knots=2022-03") }
  }

  @Test("options without meaning are refused by the fit, whoever made the model")
  func validation() {
    let series = ContractSeries.seasonal(36)
    let models: [any Forecaster] = [
      SeasonalNaive(seasonalPeriod: 0), Theta(seasonalPeriod: -1), AutoTheta(forms: []),
      CES(seasonalPeriod: 0),
      AutoCES(forms: []), AutoETS(seasonalPeriod: .max), ETS(ETSPattern(), seasonalPeriod: 0),
      ARIMA(ARIMAOrder(0, 2, 1), constant: true), ARIMA(ARIMAOrder(2_000, 0, 0)), AutoARIMA(difference: 3),
      Auto(seasonalPeriod: 0), IntermittentDemand(.croston, alpha: 2), RichardsGrowth(shape: .nan),
      RampToCapacity(capacity: -1), RampToCapacity(start: .infinity), Combination([]),
      Combination([Naive()], shrinkage: 2),
      Combination([Naive()], rule: .rollingOrigin(origins: 0, horizon: 1)),
      Conformal(Naive(), method: .adaptive(rate: 2)), Conformal(Naive(), horizon: 0),
      Conformal(Naive(), origins: 1),
      Bootstrap(Naive(), replicates: 0), Bootstrap(Naive(), block: 0),
      Transformed(Naive(), by: .fixed(.logit(lower: 1, upper: 1))),
      Transformed(Naive(), by: .fixed(.boxCox(lambda: .nan))),
      Decomposed(Naive(), by: MSTL(seasonalPeriods: [1])),
      Decomposed(Naive(), by: MSTL(seasonalWindow: .cycles(4))),
      Decomposed(Naive(), by: MSTL(trendWindow: 2)), Decomposed(Naive(), by: MSTL(rounds: 0)),
      LinearRegression(estimator: .huber(k: -1)), LinearRegression(estimator: .quantile(1)),
      LinearRegression(covariance: .neweyWest(lag: -1)),
    ]
    for model in models {
      do throws(ForecastError) {
        _ = try model.fit(series)
        Issue.record("\(model.name) is fitted")
      } catch {
        guard case .invalidOption = error else {
          Issue.record("\(model.name): \(error)")
          continue
        }
      }
    }
  }

  /// No cost grows with the length of a cycle that the series does not hold.
  @Test(
    "a cycle longer than the series is none, or refused with what it needs",
    arguments: Registry.models.map(\.name))
  func longCycles(name: String) throws {
    var series = ContractSeries.seasonal(30)
    series.seasonalPeriod = 1_000_000
    let seasonal = [
      "arima:seasonal=1-0-0", "ets:form=AAA", "ces:form=full", "linear-regression:season=dummies",
    ]
    for text in [ContractSubject.all.first { $0.name == name }?.model ?? name]
      + seasonal.filter({ $0.hasPrefix(name + ":") })
    {
      do throws(ForecastError) {
        let mean = try Registry.model(text).fit(series).forecast(3).mean
        #expect(mean.allSatisfy { $0.isFinite })
      } catch {
        switch error {
        case .tooFewObservations, .tooFewPeriods: break
        default: Issue.record("\(text): \(error)")
        }
      }
    }
  }
}
