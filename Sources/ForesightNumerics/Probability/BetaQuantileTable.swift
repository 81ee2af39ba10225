internal import Synchronization

/// The quantile function of a beta distribution as piecewise polynomials, each tail in its own variable.
///
/// In w = p^(1/α) the lower quantile is w times an analytic function, so that polynomials of degree 11 on equal pieces
/// of w reach rounding; the upper tail likewise in (1 − p)^(1/β).
struct BetaQuantileTable: Sendable {
  /// The pieces of one tail.
  struct Tail: Sendable {
    /// 1/shape.
    let power: Double
    /// Pieces per unit of w.
    let scale: Double
    /// The number of pieces.
    let pieces: Int
    /// The coefficients of x/w, piece by piece, lowest first.
    let terms: [Double]
  }

  let lower: Tail
  let upper: Tail

  /// The largest relative error of a table, against `Beta.quantile`, at points between its nodes.
  static let tolerance = 1e-14

  /// The table of two shapes; nil if it would not reach the tolerance.
  init?(_ alpha: Double, _ beta: Double) {
    guard alpha >= 0.5, beta >= 0.5, alpha <= 50, beta <= 50 else { return nil }
    guard let lower = Self.tail(alpha, beta), let upper = Self.tail(beta, alpha) else { return nil }
    self.lower = lower
    self.upper = upper
  }

  private static func tail(_ a: Double, _ b: Double) -> Tail? {
    let widest = power(0.5, 1 / a)
    var pieces = 8
    while pieces <= 256 {
      var terms: [Double] = []
      var isPrecise = true
      for piece in 0..<pieces where isPrecise {
        let width = widest / Double(pieces)
        func ratio(_ t: Double) -> Double {
          let w = (Double(piece) + 0.5 * (t + 1)) * width
          return Beta.lowerQuantile(power(w, a), a, b) / w
        }
        let polynomial = Self.monomials(ratio)
        for t in [-0.97, -0.31, 0.64, 0.999] {
          let exact = ratio(t)
          let found = polynomial.reversed().reduce(0) { $0 * t + $1 }
          isPrecise = isPrecise && abs(found - exact) <= tolerance * exact
        }
        terms += polynomial
      }
      if isPrecise { return Tail(power: 1 / a, scale: Double(pieces) / widest, pieces: pieces, terms: terms) }
      pieces *= 2
    }
    return nil
  }

  /// The polynomial through a function at Chebyshev's nodes, as coefficients of 1, t, t², ….
  private static func monomials(_ function: (Double) -> Double) -> [Double] {
    let n = terms
    let angles = (0..<n).map { Double.pi * (Double($0) + 0.5) / Double(n) }
    let values = angles.map { function(Double.cos($0)) }
    var result = [Double](repeating: 0, count: n)
    var previous = [Double](repeating: 0, count: n)
    var current = [Double](repeating: 0, count: n)
    previous[0] = 1
    current[1] = 1
    for k in 0..<n {
      var coefficient = 0.0
      for (angle, value) in zip(angles, values) { coefficient += value * Double.cos(Double(k) * angle) }
      coefficient *= (k == 0 ? 1 : 2) / Double(n)
      for j in 0..<n { result[j] += coefficient * previous[j] }
      // T(k+2) = 2t T(k+1) − T(k).
      var next = previous.map { -$0 }
      for j in 1..<n { next[j] += 2 * current[j - 1] }
      previous = current
      current = next
    }
    return result
  }
}

/// The table of one beta distribution, made on first use.
final class BetaQuantileCache: Sendable {
  private enum State {
    case unmade
    case made(BetaQuantileTable?)
  }

  private let state = Mutex(State.unmade)

  func table(_ alpha: Double, _ beta: Double) -> BetaQuantileTable? {
    state.withLock { state in
      if case .made(let table) = state { return table }
      let table = BetaQuantileTable(alpha, beta)
      state = .made(table)
      return table
    }
  }
}
