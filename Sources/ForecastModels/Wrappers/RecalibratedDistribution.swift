internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// A joint distribution whose margins are moved by monotone maps; the dependence between steps is kept.
struct RecalibratedDistribution: PredictiveDistribution {
  let base: any PredictiveDistribution
  let maps: [ScoreMap]

  init(_ base: any PredictiveDistribution, maps: [ScoreMap]) {
    self.base = base
    self.maps = maps
  }

  var horizon: Int { base.horizon }

  func marginal(_ step: Int) -> any Distribution {
    RecalibratedMargin(base: base.marginal(step), map: maps[step])
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    var paths = base.samplePaths(count, seed: seed)
    for step in 0..<horizon {
      let law = base.marginal(step)
      for path in 0..<count {
        let moved = maps[step](normalScore(law.cdf(paths[step, path])))
        paths[step, path] = law.quantile(SpecialFunctions.normalCDF(moved))
      }
    }
    return paths
  }
}

/// The law with quantile F⁻¹(Φ(T(Φ⁻¹(p)))).
struct RecalibratedMargin: Distribution {
  let base: any Distribution
  let map: ScoreMap

  func quantile(_ p: Double) -> Double {
    if p <= 0 || p >= 1 { return base.quantile(p) }
    return value(at: normalScore(p))
  }

  func cdf(_ x: Double) -> Double {
    let below = base.cdf(x)
    if below <= 0 || below >= 1 { return below }
    return SpecialFunctions.normalCDF(map.inverse(normalScore(below)))
  }

  /// f(x)/φ(w) · φ(z)/T′(z) with w = Φ⁻¹(F(x)), z = T⁻¹(w).
  func logDensity(_ x: Double) -> Double {
    let w = normalScore(base.cdf(x))
    let z = map.inverse(w)
    return base.logDensity(x) + 0.5 * (w * w - z * z) - .log(map.derivative(z))
  }

  func density(_ x: Double) -> Double { .exp(logDensity(x)) }

  var mean: Double { expectation { $0 } }

  var variance: Double {
    let centre = mean
    return expectation { ($0 - centre) * ($0 - centre) }
  }

  private func value(at z: Double) -> Double { base.quantile(SpecialFunctions.normalCDF(map(z))) }

  /// ∫ g(F⁻¹(Φ(T(z)))) φ(z) dz over |z| ≤ 8 by three-point Gauss–Legendre on the pieces of T, cut to at most half a unit.
  private func expectation(_ function: (Double) -> Double) -> Double {
    let edges = [-8] + map.knots + [8]
    var sum = 0.0
    var mass = 0.0
    for (left, right) in zip(edges, edges.dropFirst()) where right > left {
      let parts = Int(((right - left) / 0.5).rounded(.up))
      let half = (right - left) / Double(parts) / 2
      for part in 0..<parts {
        let centre = left + (2 * Double(part) + 1) * half
        for (node, weight) in gaussLegendre {
          let z = centre + half * node
          let share = weight * half * Double.exp(-0.5 * z * z)
          sum += share * function(value(at: z))
          mass += share
        }
      }
    }
    return sum / mass
  }
}

/// Nodes and weights of the three-point rule on [−1, 1].
private let gaussLegendre: [(Double, Double)] = [
  (-(0.6).squareRoot(), 5.0 / 9), (0, 8.0 / 9), ((0.6).squareRoot(), 5.0 / 9),
]
