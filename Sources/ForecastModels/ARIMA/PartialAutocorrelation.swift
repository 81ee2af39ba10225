internal import RealModule

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

/// The coefficients of the four polynomials, from the partial autocorrelations of φ, θ, Φ and Θ in order.
struct ARIMAPartials {
  private let order: ARIMAOrder
  private let ar: [ARMAJet]
  private let ma: [ARMAJet]
  private let seasonalAR: [ARMAJet]
  private let seasonalMA: [ARMAJet]

  init(_ order: ARIMAOrder, _ partials: [ARMAJet]) {
    self.order = order
    var rest = partials[...]
    func take(_ count: Int) -> [ARMAJet] {
      defer { rest = rest.dropFirst(count) }
      return PartialAutocorrelation.coefficients(Array(rest.prefix(count)))
    }
    ar = take(order.ar)
    ma = take(order.ma).map { -$0 }
    seasonalAR = take(order.seasonalAR)
    seasonalMA = take(order.seasonalMA).map { -$0 }
  }

  var process: ARMAProcess? {
    ARMAProcess(ar: ar, ma: ma, seasonalAR: seasonalAR, seasonalMA: seasonalMA, period: order.period)
  }

  /// All coefficients with their derivatives, in the order of the partial autocorrelations.
  var all: [ARMAJet] { ar + ma + seasonalAR + seasonalMA }

  var coefficients: ARIMACoefficients {
    ARIMACoefficients(
      ar: ar.map(\.value), ma: ma.map(\.value), seasonalAR: seasonalAR.map(\.value),
      seasonalMA: seasonalMA.map(\.value))
  }

  /// The partial autocorrelations of coefficients, with each polynomial shrunk until it is inside the domain.
  static func inside(_ coefficients: ARIMACoefficients) -> [Double] {
    func partials(_ given: [Double]) -> [Double] {
      var values = given
      for _ in 0..<200 {
        if let result = PartialAutocorrelation.partials(values), result.allSatisfy({ abs($0) < 0.97 }) {
          return result
        }
        for i in values.indices { values[i] *= Double.pow(0.95, i + 1) }
      }
      return [Double](repeating: 0, count: given.count)
    }
    return partials(coefficients.ar) + partials(coefficients.ma.map { -$0 })
      + partials(coefficients.seasonalAR) + partials(coefficients.seasonalMA.map { -$0 })
  }
}
