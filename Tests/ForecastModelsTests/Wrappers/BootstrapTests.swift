import ForecastModels
import Forecasting
import ForesightNumerics
import Testing

@Suite("Bootstrap")
struct BootstrapTests {
  let series: TimeSeries

  init() throws {
    let stream = RandomStream(seed: 8, name: "test.noise")
    series = try TimeSeries(
      (0..<40).map { 50 + 5 * SpecialFunctions.normalQuantile(stream.uniform($0)) }, start: .year(1980))
  }

  @Test("the replicates' means of independent values scatter by s/√n about the mean")
  func scatter() throws {
    let fitted = try Bootstrap(Mean(), replicates: 400, block: 1).fit(series)
    let values = series.values.compactMap { $0 }
    let mean = values.reduce(0, +) / 40
    // Of a draw with replacement from the residuals, whose mean is 0: exactly Σe²/n².
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1600
    let centres = try fitted.replicates.map { try $0.forecast(1).mean[0] }
    let average = centres.reduce(0, +) / 400
    let spread = centres.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 400
    #expect(abs(average - mean) < 4 * (variance / 400).squareRoot())
    #expect(abs(spread / variance - 1) < 4 * (2.0 / 400).squareRoot())
  }

  @Test("the forecast is the equal mixture of the replicates', sums too")
  func mixture() throws {
    let fitted = try Bootstrap(Drift(), replicates: 7).fit(series)
    let outlook = try fitted.forecast(3)
    let parts = try fitted.replicates.map { try $0.forecast(3) }
    for step in 0..<3 {
      let cdf = parts.reduce(0) { $0 + $1.marginal(step).cdf(55) } / 7
      #expect(abs(outlook.marginal(step).cdf(55) - cdf) < 1e-14)
      #expect(abs(outlook.mean[step] - parts.reduce(0) { $0 + $1.mean[step] } / 7) < 1e-10)
    }
    let window = TotalWindow.periods(series.end + 1, through: series.end + 3)
    let total = try outlook.total(over: window)
    let sums = try parts.map { try $0.total(over: window) }
    #expect(abs(total.cdf(150) - sums.reduce(0) { $0 + $1.cdf(150) } / 7) < 1e-14)
  }

  @Test("simulated replicates are pooled: scores and quantiles are those of all their paths")
  func pool() throws {
    let stream = RandomStream(seed: 8, name: "test.season")
    let monthly = try TimeSeries(
      (0..<36).map { 100 * (1 + 0.3 * Double($0 % 12 - 6) / 6) * (1 + 0.05 * stream.uniform($0)) },
      start: .month(2020, 1))
    let fitted = try Bootstrap(ETS(#require(ETSForm("MNM"))), replicates: 3).fit(monthly)
    let outlook = try fitted.forecast(2)
    let parts = try fitted.replicates.map { try $0.forecast(2) }
    for step in 0..<2 {
      let law = outlook.marginal(step)
      #expect(abs(law.mean - parts.reduce(0) { $0 + $1.mean[step] } / 3) < 1e-9)
      for p in [0.005, 0.3, 0.5, 0.975] {
        let q = law.quantile(p)
        func share(_ x: Double) -> Double { parts.reduce(0) { $0 + $1.marginal(step).cdf(x) } / 3 }
        #expect(share(q) >= p - 1e-15 && share(q.nextDown) < p)
      }
      // ∫ (F − 1{x ≥ y})² dx by the midpoint rule.
      let y = law.quantile(0.8)
      let (a, b) = (law.quantile(1e-9), law.quantile(1 - 1e-9))
      let width = (b - a) / 200_000
      let integral = (0..<200_000).reduce(0.0) { sum, k in
        let x = a + (Double(k) + 0.5) * width
        let gap = law.cdf(x) - (x >= y ? 1 : 0)
        return sum + gap * gap * width
      }
      #expect(abs(law.crps(y) / integral - 1) < 1e-4)
    }
  }

  @Test("only parameters differ: a random walk without parameters starts every replicate at the last value")
  func state() throws {
    let fitted = try Bootstrap(Naive(), replicates: 5).fit(series)
    let last = try #require(series.values[39])
    for replicate in fitted.replicates { #expect(try replicate.forecast(1).median[0] == last) }
  }

  @Test("the seed decides, and the first paths do not depend on how many are asked for")
  func seeds() throws {
    let one = try Bootstrap(Drift(), replicates: 4).fit(series).forecast(2)
    let two = try Bootstrap(Drift(), replicates: 4).fit(series).forecast(2)
    let other = try Bootstrap(Drift(), replicates: 4, seed: 1).fit(series).forecast(2)
    #expect(one.quantile(0.9) == two.quantile(0.9))
    #expect(one.quantile(0.9) != other.quantile(0.9))
    let many = one.samplePaths(50)
    let few = one.samplePaths(6)
    for step in 0..<2 { #expect(few.row(step) == Array(many.row(step).prefix(6))) }
  }

  @Test("hostile series get finite numbers or a typed error, whatever the replicates are like")
  func hostile() throws {
    for (name, values) in HostileGrowthTests.series {
      let series = try TimeSeries(values.map { $0 }, start: .month(2020, 1), name: name)
      do throws(ForecastError) {
        let outlook = try Bootstrap(AutoETS(), replicates: 3).fit(series).forecast(6).checked()
        #expect(outlook.samplePaths(6).elements.allSatisfy { $0.isFinite }, "\(name)")
      } catch {
        switch error {
        case .tooFewObservations, .notFinite, .explodes, .numerics, .constantSeries: continue
        default: Issue.record("\(name): \(error)")
        }
      }
    }
  }

  @Test("a wrapper takes its model and the model's options by name")
  func catalogue() throws {
    let model = try Registry.model("bootstrap:model=ets,model.form=ANN,replicates=3")
    #expect(model.name == "Bootstrap(\(try Registry.model("ets:form=ANN").name))")
    #expect(throws: ForecastError.self) { try Registry.model("bootstrap:model=naiv") }
    #expect(throws: ForecastError.self) { try Registry.model("bootstrap:model=ets,model.shape=ANN") }
    #expect(throws: ForecastError.self) { try Registry.model("conformal:rate=0") }
  }
}
