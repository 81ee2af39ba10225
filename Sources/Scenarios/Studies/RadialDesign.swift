internal import ForesightNumerics

/// The points and values of a radial design: f on the points A, on B, and on A with one factor from B.
struct RadialDesign {
  /// An independent uniform: its sources in A and in B, and the factor that it belongs to.
  struct Input {
    let a: UniformSource
    let b: UniformSource
    let factor: Int
  }

  let inputs: [Input]
  /// The number of points of A.
  let points: Int
  /// The values on A, on B, and on A with each factor in turn from B, centred at the mean of A and B.
  let values: [Double]

  init(inputs: [Input], points: Int, values: [Double]) {
    self.inputs = inputs
    self.points = points
    let mean = values[0..<2 * points].reduce(0, +) / Double(2 * points)
    self.values = values.map { $0 - mean }
  }

  var factors: Int { values.count / points - 2 }

  /// The values on A with a factor from B, for draws.
  func mixed(_ factor: Int, _ draws: Range<Int>) -> ArraySlice<Double> {
    let start = (factor + 2) * points
    return values[start + draws.lowerBound..<start + draws.upperBound]
  }

  /// Half the mean square of f(A) − f(A_B), the factor's total variance by Jansen's formula.
  func jansen(_ factor: Int) -> Double {
    let mixed = mixed(factor, 0..<points)
    let sum = zip(values[0..<points], mixed).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return 0.5 * sum / Double(points)
  }

  /// Walks through the draws in blocks, in order, with the polynomials of every input up to a degree.
  func forEachBlock(degree: Int, _ body: (DesignBlock) -> Void) {
    var buffer = [Double](repeating: 0, count: RunSettings.block)
    for start in stride(from: 0, to: points, by: RunSettings.block) {
      let draws = start..<min(points, start + RunSettings.block)
      func columns(_ source: UniformSource) -> [Double] {
        source.fill(draws, &buffer)
        return ShiftedLegendre.columns(buffer[0..<draws.count], degree: degree)
      }
      body(
        DesignBlock(
          draws: draws, a: inputs.map { columns($0.a) }, b: inputs.map { columns($0.b) },
          factors: inputs.map(\.factor)))
    }
  }
}

/// The polynomials of a block of draws.
struct DesignBlock {
  /// Which points a term is computed on.
  enum Side {
    case a, b
    /// A with a factor from B.
    case mixed(Int)
  }

  let draws: Range<Int>
  /// φ₁, φ₂ … of each input on A, one after another.
  let a: [[Double]]
  let b: [[Double]]
  /// The factor of each input.
  let factors: [Int]

  /// Writes the values of a term into a buffer from a place on.
  func write(_ term: SurrogateTerm, _ side: Side, into out: inout [Double], at start: Int) {
    let n = draws.count
    let x = columns(term.first.input, side)
    let from = (term.first.degree - 1) * n
    guard let second = term.second else {
      for i in 0..<n { out[start + i] = x[from + i] }
      return
    }
    let y = columns(second.input, side)
    let other = (second.degree - 1) * n
    for i in 0..<n { out[start + i] = x[from + i] * y[other + i] }
  }

  private func columns(_ input: Int, _ side: Side) -> [Double] {
    switch side {
    case .a: a[input]
    case .b: b[input]
    case .mixed(let factor): factors[input] == factor ? b[input] : a[input]
    }
  }
}

/// Legendre's polynomials on (0, 1), orthonormal under the uniform law.
enum ShiftedLegendre {
  /// φ_k(u) = √(2k + 1) P_k(2u − 1) at points for k = 1 … degree, one degree after another; (k + 1) P_{k+1} = (2k + 1) x P_k − k P_{k−1}.
  static func columns(_ u: ArraySlice<Double>, degree: Int) -> [Double] {
    let n = u.count
    var out = [Double](repeating: 0, count: n * degree)
    let first = u.startIndex
    for i in 0..<n where degree > 0 { out[i] = 2 * u[first + i] - 1 }
    for k in stride(from: 1, to: degree, by: 1) {
      let (slope, back) = (Double(2 * k + 1) / Double(k + 1), Double(k) / Double(k + 1))
      for i in 0..<n {
        let before = k == 1 ? 1 : out[(k - 2) * n + i]
        out[k * n + i] = slope * out[i] * out[(k - 1) * n + i] - back * before
      }
    }
    for k in 1..<max(1, degree) + 1 where degree > 0 {
      let scale = Double(2 * k + 1).squareRoot()
      for i in (k - 1) * n..<k * n { out[i] *= scale }
    }
    return out
  }
}
