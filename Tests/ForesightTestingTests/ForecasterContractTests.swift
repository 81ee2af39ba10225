import ForecastModels
import Forecasting
import ForesightNumerics
import ForesightTesting
import Testing

/// The contract kit: models that keep it, and one that breaks each clause.
@Suite struct ForecasterContractKitTests {
  @Test func `models of the library keep the contract`() {
    #expect(ForecasterContract(Naive()).violations() == [])
    #expect(ForecasterContract(Theta()).violations() == [])
    #expect(ForecasterContract(ETS("AAA")).violations() == [])
  }

  @Test func `a plain model of one's own keeps it`() {
    #expect(ForecasterContract(Careless()).violations() == [])
    #expect(ForecasterContract(Careless(), horizon: -3).horizon == 1)
  }

  @Test(arguments: [
    (Careless.Slip.steps, ContractClause.horizon), (.chance, .determinism), (.crossing, .quantiles),
    (.paths, .paths), (.late, .updates),
  ]) func `a slip is found under its clause`(slip: Careless.Slip, clause: ContractClause) {
    let found = ForecasterContract(Careless(slip: slip)).violations()
    #expect(found.contains { $0.clause == clause }, "\(found)")
    let exempt = ForecasterContract(Careless(slip: slip), exempt: [clause]).violations()
    #expect(exempt.contains { $0.clause == clause } == false)
  }
}

/// The last value, with one slip.
struct Careless: Forecaster {
  enum Slip: Sendable { case steps, chance, crossing, paths, late }

  var slip: Slip?
  var name: String { "Careless" }

  func fit(_ series: TimeSeries) throws(ForecastError) -> Fitted {
    guard let last = series.values.compactMap({ $0 }).last else {
      throw .tooFewObservations(model: name, series: series.name, needed: 1, found: 0)
    }
    return Fitted(
      series: series, level: slip == .chance ? last + .random(in: 0...1) : last, slip: slip)
  }

  struct Fitted: FittedForecaster {
    let series: TimeSeries
    let level: Double
    let slip: Slip?
    var name: String { "Careless" }
    var followsObservations: Bool { true }

    func distribution(_ horizon: Int, regressors: Regressors?) -> any PredictiveDistribution {
      let steps = slip == .steps ? horizon + 1 : horizon
      let law = JointStudentT(
        means: [Double](repeating: level, count: steps),
        deviations: [Double](repeating: 2, count: steps))
      return slip == .crossing || slip == .paths ? Wrong(law: law, slip: slip) : law
    }

    func updated(to series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> Fitted {
      let last = series.values.compactMap { $0 }.last ?? level
      return Fitted(series: series, level: slip == .late ? last + 1 : last, slip: slip)
    }
  }

  /// A law whose quantiles or paths are not its own.
  struct Wrong: PredictiveDistribution {
    let law: JointStudentT
    let slip: Slip?
    var horizon: Int { law.horizon }
    func marginal(_ step: Int) -> any Distribution { law.marginal(step) }
    func quantile(_ probability: Double) -> [Double] {
      law.quantile(slip == .crossing ? 1 - probability : probability)
    }
    func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
      slip == .paths ? 1.5 * law.samplePaths(count, seed: seed) : law.samplePaths(count, seed: seed)
    }
  }
}
