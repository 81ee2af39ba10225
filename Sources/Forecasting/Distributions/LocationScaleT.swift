internal import ForesightNumerics

/// A normal or Student t distribution that can be degenerate: with scale 0 it is a point mass at its location.
struct LocationScaleT: Distribution {
  let location: Double
  let scale: Double
  let degreesOfFreedom: Double

  private var base: any Distribution {
    // The parameters of the standard distributions are valid by construction.
    if degreesOfFreedom.isFinite,
      let t = try? StudentT(degreesOfFreedom: degreesOfFreedom, location: 0, scale: 1)
    {
      return t
    }
    return Normal.standard
  }

  /// The location; for ν ≤ 1, where the mean does not exist, this is the median.
  var mean: Double { location }
  /// Infinite for ν ≤ 2.
  var variance: Double {
    guard scale > 0 else { return 0 }
    return scale * scale * base.variance
  }
  func density(_ x: Double) -> Double {
    guard scale > 0 else { return x == location ? .infinity : 0 }
    return base.density((x - location) / scale) / scale
  }
  func logDensity(_ x: Double) -> Double {
    guard scale > 0 else { return x == location ? .infinity : -.infinity }
    return base.logDensity((x - location) / scale) - logarithm(scale)
  }
  func cdf(_ x: Double) -> Double {
    guard scale > 0 else { return x >= location ? 1 : 0 }
    return base.cdf((x - location) / scale)
  }
  func quantile(_ p: Double) -> Double { scale > 0 ? location + scale * base.quantile(p) : location }
}
