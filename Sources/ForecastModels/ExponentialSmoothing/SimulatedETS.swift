internal import Forecasting
internal import ForesightNumerics
internal import Synchronization

/// The predictive distribution of a form that has none in closed form: simulated once, at the first use.
struct SimulatedETS: PredictiveDistribution {
  let horizon: Int
  private let simulator: ETSSimulator
  private let centre: [Double]
  private let margins: Margins

  /// The number of paths for marginal distributions: 5,000, or fewer for long horizons, 10⁷ values in all.
  private var pathCount: Int { min(5_000, max(1_000, 10_000_000 / horizon)) }
  static let seed: UInt64 = 20_221_130

  init(_ simulator: ETSSimulator, horizon: Int) {
    self.simulator = simulator
    self.horizon = horizon
    centre = simulator.centre(horizon)
    margins = Margins()
  }

  func marginal(_ step: Int) -> any Distribution {
    Margin(mean: centre[step], step: step, source: self)
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    simulator.paths(count, horizon: horizon, seed: seed)
  }

  /// The sorted margins, simulated at the first use.
  private func empirical(_ step: Int) -> Empirical {
    margins.held.withLock { held in
      if let held { return held[step] }
      let paths = simulator.paths(pathCount, horizon: horizon, seed: SimulatedETS.seed)
      var made: [Empirical] = []
      do throws(NumericsError) {
        for row in 0..<horizon { made.append(try Empirical(paths.row(row))) }
      } catch {
        preconditionFailure("simulated paths are finite: \(error)")
      }
      held = made
      return made[step]
    }
  }

  private final class Margins: Sendable {
    let held = Mutex<[Empirical]?>(nil)
  }

  /// One step, whose mean is known without simulation.
  private struct Margin: SampledMargin, ScoredDistribution {
    let mean: Double
    let step: Int
    let source: SimulatedETS

    var samples: Empirical { source.empirical(step) }
    var variance: Double { samples.variance }
    func density(_ x: Double) -> Double { samples.density(x) }
    func logDensity(_ x: Double) -> Double { samples.logDensity(x) }
    func cdf(_ x: Double) -> Double { samples.cdf(x) }
    func quantile(_ p: Double) -> Double { samples.quantile(p) }
    func score(_ observed: Double) -> Double { samples.crps(observed) }
  }
}
