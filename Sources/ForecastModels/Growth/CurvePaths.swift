internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The joint predictive distribution of a growth curve: parameters drawn from their posterior, plus noise.
///
/// A path picks a parameter draw θ and a dispersion S(θ)/χ²_n, then adds its noise step by step: normal (additive),
/// lognormal (multiplicative) or gamma with mean μ and variance φμ (Poisson-type, so that no flow is negative). Every
/// number is keyed by (seed, path, step), so the first k paths do not depend on the count or the horizon.
struct CurvePaths: PredictiveDistribution {
  let horizon: Int
  private let noise: GrowthNoise
  private let draws: ParameterDraws
  /// The least possible value; noise below it is truncated there.
  private let floor: Double
  /// The curve at each step, one column per parameter draw.
  private let means: Matrix
  private let margins: [Empirical]

  /// The distribution over the steps of a curve; draws whose curve is not finite at a step are left out.
  ///
  /// - Throws: `NumericsError` if no draw has a finite curve.
  init(
    horizon: Int, noise: GrowthNoise, draws: ParameterDraws, floor: Double = -.infinity,
    curve: (_ parameters: [Double], _ step: Int) -> Double
  ) throws(NumericsError) {
    var columns: [Double] = []
    var sound: [Int] = []
    for (place, point) in draws.points.enumerated() {
      let means = (0..<horizon).map { min(curve(point, $0), 1e300) }
      guard !means.contains(where: \.isNaN) else { continue }
      sound.append(place)
      columns += means
    }
    guard let draws = draws.keeping(sound) else { throw .nonFinite(row: 0, column: 0) }
    let means = Matrix(rows: horizon, columns: sound.count, columnMajor: columns)
    self.horizon = horizon
    self.noise = noise
    self.draws = draws
    self.floor = floor
    self.means = means
    let paths = CurvePaths.simulate(
      4096, seed: 0x5eed, horizon: horizon, noise: noise, draws: draws, floor: floor, means: means)
    var margins: [Empirical] = []
    margins.reserveCapacity(horizon)
    for step in 0..<horizon { margins.append(try Empirical(paths.row(step))) }
    self.margins = margins
  }

  func marginal(_ step: Int) -> any Distribution { margins[step] }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    CurvePaths.simulate(
      count, seed: seed, horizon: horizon, noise: noise, draws: draws, floor: floor, means: means)
  }

  private static func simulate(
    _ count: Int, seed: UInt64, horizon: Int, noise: GrowthNoise, draws: ParameterDraws, floor: Double,
    means: Matrix
  ) -> Matrix {
    let parameters = RandomStream(seed: seed, name: "growth.parameters")
    let mixing = RandomStream(seed: seed, name: "growth.dispersion")
    let innovations = (0...CurvePaths.key(path: 0, step: horizon - 1).replicate).map {
      RandomStream(seed: seed, name: "growth.noise", replicate: $0)
    }
    let chiSquared = try? ChiSquared(degreesOfFreedom: Double(draws.observations))
    var paths = Matrix(rows: horizon, columns: count, repeating: 0)
    for path in 0..<count {
      let pick = draws.pick(parameters.uniform(path))
      var dispersion = 0.0
      if draws.objectives[pick] > 0, let chiSquared {
        let drawn = chiSquared.quantile(mixing.uniform(path))
        dispersion = min(draws.objectives[pick] / max(drawn, 1e-9), 1e290)
      }
      let deviation = dispersion.squareRoot()
      for step in 0..<horizon {
        let mean = means[step, pick]
        let (replicate, draw) = CurvePaths.key(path: path, step: step)
        let innovations = innovations[replicate]
        switch noise {
        case .additive:
          let shock = deviation * SpecialFunctions.normalQuantile(innovations.uniform(draw))
          paths[step, path] = max(floor, mean + shock)
        case .multiplicative:
          let exponent = deviation * SpecialFunctions.normalQuantile(innovations.uniform(draw))
          paths[step, path] = min(mean * .exp(min(exponent, 700)), 1e300)
        case .poisson:
          var generator = innovations.generator(draw: draw)
          paths[step, path] = gamma(mean: mean, dispersion: dispersion, using: &generator)
        }
      }
    }
    return paths
  }

  /// Where the noise of a step comes from: a stream for each 65,536 steps, and the draw in it.
  static func key(path: Int, step: Int) -> (replicate: Int, draw: Int) {
    (step >> 16, path << 16 | step & 0xFFFF)
  }
}

/// A gamma variate with a given mean and variance dispersion · mean.
///
/// Marsaglia and Tsang, ACM Trans. Math. Softw. 26 (2000) 363–372; a shape below one is raised by one and multiplied
/// by u^(1/shape).
func gamma(mean: Double, dispersion: Double, using generator: inout some RandomNumberGenerator) -> Double {
  guard mean > 0, dispersion > 0 else { return max(0, mean) }
  func uniform() -> Double { (Double(generator.next() >> 12) + 0.5) * 0x1p-52 }
  let shape = mean / dispersion
  var boost = 1.0
  if shape < 1 { boost = .pow(uniform(), 1 / shape) }
  // A gamma distribution with a shape above 1e12 is normal to double precision.
  guard shape < 1e12 else {
    return max(
      0, mean + (mean.squareRoot() * dispersion.squareRoot()) * SpecialFunctions.normalQuantile(uniform()))
  }
  let d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
  let c = 1 / (9 * d).squareRoot()
  while true {
    let z = SpecialFunctions.normalQuantile(uniform())
    let root = 1 + c * z
    guard root > 0 else { continue }
    let v = root * root * root
    let bound = 0.5 * z * z + d - d * v + d * Double.log(v)
    if Double.log(uniform()) < bound { return boost * d * v * dispersion }
  }
}
