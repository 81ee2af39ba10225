/// The region in which old values lose their weight, for the linear form with the same components.
///
/// All roots of the characteristic polynomial of D = F − gwᵀ lie inside the unit circle (Hyndman, Akram and Archibald,
/// *Ann. Inst. Stat. Math.* 60 (2008) 407–426, doi:10.1007/s10463-006-0109-x), with β for φβ: without season
/// z² + (α + β − 1 − φ)z + φ(1 − α); with season z^(m+1) + (α + β − φ)z^m + (α + β − αφ)(z^(m−1) + … + z²) +
/// (α + β − αφ + γ − 1)z + φ(1 − α − γ), the unit root of the redundant level divided out.
enum ETSAdmissibility {
  static func contains(_ form: ETSForm, _ parameters: ETSParameters, period: Int) -> Bool {
    let alpha = parameters.alpha
    let gamma = parameters.gamma
    let phi = parameters.phi
    // The paper's β: here the slope enters the prediction as φb.
    let beta = phi * parameters.beta
    guard form.season != .none else {
      if form.trend == .none { return alpha >= 0 && alpha <= 2 }
      return isStable([1, alpha + beta - 1 - phi, phi * (1 - alpha)])
    }
    guard gamma >= 0 else { return false }
    let common = alpha + beta - alpha * phi
    guard form.trend != .none else {
      // φ = 0 takes the slope out: one root fewer.
      var polynomial = [Double](repeating: alpha, count: period + 1)
      polynomial[0] = 1
      polynomial[period] = alpha + gamma - 1
      return isStable(polynomial)
    }
    var polynomial = [Double](repeating: common, count: period + 2)
    polynomial[0] = 1
    polynomial[1] = alpha + beta - phi
    polynomial[period] = common + gamma - 1
    polynomial[period + 1] = phi * (1 - alpha - gamma)
    return isStable(polynomial)
  }

  /// Whether all roots lie inside the unit circle or, within 1e-8, on it: the Schur–Cohn recursion, O(degree²).
  static func isStable(_ coefficients: [Double]) -> Bool {
    // Roots are shrunk a little so that the boundary belongs to the region.
    var shrink = 1.0
    var a = coefficients.map { coefficient in
      defer { shrink *= 1 - 1e-8 }
      return coefficient * shrink
    }
    while a.count > 1 {
      let last = a[a.count - 1]
      let ratio = last / a[0]
      guard abs(ratio) < 1 else { return false }
      let reversed = Array(a.reversed())
      for i in a.indices { a[i] -= ratio * reversed[i] }
      a.removeLast()
    }
    return true
  }
}
