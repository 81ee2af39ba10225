import ForecastModels
import Forecasting
import ForesightNumerics
import Testing

@Suite("Growth curves on hostile series")
struct HostileGrowthTests {
  static let curves: [String] = [
    "exponential-growth", "exponential-growth:noise=additive", "exponential-growth:noise=poisson", "logistic",
    "gompertz", "richards", "bass", "ramp-to-capacity",
  ]

  /// Series that leave a curve nothing to hold on to, each by its name.
  static let series: [(name: String, values: [Double])] = {
    func made(_ count: Int, _ value: (Int) -> Double) -> [Double] { (0..<count).map(value) }
    // A linear congruential sequence in (0, 1): noise without a pattern that a curve could meet.
    var state: UInt64 = 20_221_130
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) * 0x1p-53
    }
    var all: [(String, [Double])] = [
      ("constant", made(20) { _ in 7 }),
      ("zeros but one", made(20) { $0 == 11 ? 1 : 0 }),
      ("near the largest", made(24) { _ in 1e300 * (1 + uniform()) }),
      ("near the smallest", made(24) { _ in 1e-300 * (1 + uniform()) }),
      ("subnormal", made(24) { _ in .leastNonzeroMagnitude * (1 + (1e4 * uniform()).rounded()) }),
      ("both ends", made(12) { $0 % 2 == 0 ? 1e300 : 1e-300 }),
      ("square beyond range", made(15) { 1e155 * (1 + Double($0) + uniform()) }),
      ("vanishing", made(60) { .init(sign: .plus, exponent: -$0 * 3, significand: 1 + uniform()) }),
    ]
    for count in 1...6 { all.append(("short \(count)", made(count) { _ in uniform() })) }
    return all
  }()

  @Test("a curve answers with numbers or with a typed error", arguments: curves)
  func answers(curve: String) throws {
    let model = try Registry.model(curve)
    for (name, values) in Self.series {
      let series = try TimeSeries(values.map { $0 }, start: .month(2020, 1), name: name)
      let outlook: Forecast
      do throws(ForecastError) {
        outlook = try forecast(model, series).checked()
      } catch {
        switch error {
        case .tooFewObservations, .notPositive, .constantSeries, .notFinite, .explodes, .numerics:
          continue
        default:
          Issue.record("\(curve) on \(name): \(error)")
          continue
        }
      }
      #expect(outlook.samplePaths(16).elements.allSatisfy { $0.isFinite }, "\(curve) on \(name)")
      for (low, high) in zip(outlook.quantile(0.1), outlook.quantile(0.9)) {
        #expect(low <= high, "\(curve) on \(name)")
      }
    }
  }

  private func forecast(_ model: some Forecaster, _ series: TimeSeries) throws(ForecastError) -> Forecast {
    try model.fit(series).forecast(12)
  }
}
