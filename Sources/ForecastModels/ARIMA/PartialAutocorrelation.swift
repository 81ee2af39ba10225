/// The map between partial autocorrelations in (−1, 1) and the coefficients of a stationary autoregression.
///
/// O. Barndorff-Nielsen and G. Schou, "On the parametrization of autoregressive models by partial autocorrelations",
/// *J. Multivariate Anal.* 3 (1973) 408–419, doi:10.1016/0047-259X(73)90030-4. A zero appended to the partial autocorrelations does not change the model.
enum PartialAutocorrelation {
  /// φ of 1 − φ₁B − … from partial autocorrelations, by Levinson's recursion.
  static func coefficients(_ partials: [ARMAJet]) -> [ARMAJet] {
    var phi: [ARMAJet] = []
    phi.reserveCapacity(partials.count)
    for partial in partials {
      let old = phi
      for i in phi.indices { phi[i] = old[i] - partial * old[old.count - 1 - i] }
      phi.append(partial)
    }
    return phi
  }

  /// φ of 1 − φ₁B − … from partial autocorrelations.
  static func coefficients(_ partials: [Double]) -> [Double] {
    coefficients(partials.map { ARMAJet($0) }).map(\.value)
  }

  /// The partial autocorrelations of φ, by the reverse recursion; `nil` if one is not inside (−1, 1), so that φ is not
  /// stationary.
  static func partials(_ coefficients: [Double]) -> [Double]? {
    var phi = coefficients
    var result = [Double](repeating: 0, count: phi.count)
    for order in stride(from: phi.count, to: 0, by: -1) {
      let last = phi[order - 1]
      guard abs(last) < 1 else { return nil }
      result[order - 1] = last
      let old = phi
      let scale = 1 / (1 - last * last)
      for i in 0..<(order - 1) { phi[i] = (old[i] + last * old[order - 2 - i]) * scale }
      phi.removeLast()
    }
    return result
  }
}
