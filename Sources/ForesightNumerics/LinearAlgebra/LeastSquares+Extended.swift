extension LeastSquares {
  /// The extended path: pivoted Householder QR in double-double arithmetic.
  func extended(
    _ design: ExtendedMatrix, _ response: [DoubleDouble], _ weights: [Double]?
  ) throws(NumericsError) -> LeastSquaresSolution {
    let m = design.rows
    let n = design.columns
    let (system, scales) = LeastSquares.scaled(design, weights)
    let columns = (0..<n).map { Array(system.elements[($0 * m)..<(($0 + 1) * m)]) }
    let target = LeastSquares.weighted(response, weights)
    let tolerance = rankTolerance ?? Double(max(m, n)) * 0x1p-104
    let qr = ExtendedQR(columns, target, tolerance: tolerance)

    var coefficients = [DoubleDouble](repeating: DoubleDouble(0), count: n)
    for (k, value) in qr.solution().enumerated() {
      let j = qr.order[k]
      coefficients[j] = value * DoubleDouble(scales[j])
    }
    var sum = DoubleDouble(0)
    var residuals = response
    for i in 0..<m {
      for j in 0..<n { residuals[i] = residuals[i] - coefficients[j] * design[i, j] }
      let square = residuals[i] * residuals[i]
      sum = sum + (weights.map { square * DoubleDouble($0[i]) } ?? square)
    }
    let inverse = qr.inverse()
    let rank = qr.rank
    var covariance = Matrix(rows: n, columns: n)
    for a in 0..<rank {
      for b in 0...a {
        var entry = DoubleDouble(0)
        for k in max(a, b)..<rank { entry = entry + inverse[a][k] * inverse[b][k] }
        let j = qr.order[a]
        let k = qr.order[b]
        covariance[j, k] = (entry * DoubleDouble(scales[j]) * DoubleDouble(scales[k])).doubleValue
        covariance[k, j] = covariance[j, k]
      }
    }
    let used = weights.map { $0.count { $0 > 0 } } ?? m
    let rounded = residuals.map(\.doubleValue)
    return LeastSquaresSolution(
      coefficients: coefficients.map(\.doubleValue),
      fitted: zip(response, residuals).map { ($0 - $1).doubleValue }, residuals: rounded, rank: rank,
      aliased: qr.order.dropFirst(rank).sorted(), degreesOfFreedom: max(0, used - rank),
      residualSumOfSquares: sum.doubleValue, conditionNumber: qr.conditionNumber(inverse),
      unscaledCovariance: covariance, refinements: 0)
  }
  /// W^½X with every column scaled by a power of two to a length between 1 and 2, and those powers.
  static func scaled(_ design: ExtendedMatrix, _ weights: [Double]?) -> (ExtendedMatrix, [Double]) {
    let m = design.rows
    let roots = weights?.map { DoubleDouble($0).squareRoot() }
    var result = design
    var scales: [Double] = []
    for j in 0..<design.columns {
      let own = (j * m)..<((j + 1) * m)
      if let roots { for i in 0..<m { result.elements[j * m + i] = result.elements[j * m + i] * roots[i] } }
      let scale = scale(Matrix.norm(result.elements[own].lazy.map(\.high)))
      scales.append(scale)
      for i in own { result.elements[i] = result.elements[i].scaled(by: scale) }
    }
    return (result, scales)
  }

  /// W^½y.
  static func weighted(_ response: [DoubleDouble], _ weights: [Double]?) -> [DoubleDouble] {
    guard let weights else { return response }
    return zip(response, weights).map { $0 * DoubleDouble($1).squareRoot() }
  }
}

/// A pivoted Householder QR factorization of columns in double-double arithmetic, applied to one right-hand side.
struct ExtendedQR {
  private(set) var order: [Int]
  private(set) var rank: Int
  private var r: [[DoubleDouble]]  // column k holds R(0…k, k)
  private var target: [DoubleDouble]

  init(_ given: [[DoubleDouble]], _ b: [DoubleDouble], tolerance: Double) {
    var columns = given
    let n = columns.count
    let m = b.count
    order = Array(0..<n)
    target = b
    rank = 0
    var first = 0.0
    for k in 0..<min(m, n) {
      var best = k
      var largest = -1.0
      for j in k..<n {
        let size = ExtendedQR.norm(columns[j][k...]).high
        if size > largest { (best, largest) = (j, size) }
      }
      if k == 0 { first = largest }
      guard largest > tolerance * first else { break }
      columns.swapAt(k, best)
      order.swapAt(k, best)
      rank += 1
      // v = x ± ‖x‖e₁, H = I − 2vvᵀ/vᵀv.
      let length = ExtendedQR.norm(columns[k][k...])
      let alpha = columns[k][k] < DoubleDouble(0) ? length : -length
      var v = Array(columns[k][k...])
      v[0] = v[0] - alpha
      var square = DoubleDouble(0)
      for entry in v { square = square + entry * entry }
      guard square.high > 0 else { continue }
      for j in (k + 1)..<max(n, k + 1) { ExtendedQR.reflect(&columns[j], v, square, from: k) }
      ExtendedQR.reflect(&target, v, square, from: k)
      columns[k][k] = alpha
    }
    r = (0..<rank).map { Array(columns[$0][0...$0]) }
  }

  private static func reflect(
    _ x: inout [DoubleDouble], _ v: [DoubleDouble], _ square: DoubleDouble, from k: Int
  ) {
    var dot = DoubleDouble(0)
    for i in 0..<v.count { dot = dot + v[i] * x[k + i] }
    let factor = (dot + dot) / square
    for i in 0..<v.count { x[k + i] = x[k + i] - factor * v[i] }
  }

  static func norm(_ x: ArraySlice<DoubleDouble>) -> DoubleDouble {
    var sum = DoubleDouble(0)
    for entry in x { sum = sum + entry * entry }
    return sum.squareRoot()
  }

  /// R x = Qᵀb, in the order of the pivots.
  func solution() -> [DoubleDouble] {
    var x = Array(target.prefix(rank))
    for k in (0..<rank).reversed() {
      x[k] = x[k] / r[k][k]
      for i in 0..<k { x[i] = x[i] - r[k][i] * x[k] }
    }
    return x
  }

  /// R⁻¹ by rows: entry [i][k] for k ≥ i.
  func inverse() -> [[DoubleDouble]] {
    var result = [[DoubleDouble]](
      repeating: [DoubleDouble](repeating: DoubleDouble(0), count: rank), count: rank)
    for k in 0..<rank {
      result[k][k] = DoubleDouble(1) / r[k][k]
      for i in (0..<k).reversed() {
        var sum = DoubleDouble(0)
        for j in (i + 1)...k { sum = sum + r[j][i] * result[j][k] }
        result[i][k] = -(sum / r[i][i])
      }
    }
    return result
  }

  /// ‖R‖₁‖R⁻¹‖₁.
  func conditionNumber(_ inverse: [[DoubleDouble]]) -> Double {
    var norm = 0.0
    var inverseNorm = 0.0
    for k in 0..<rank {
      norm = max(norm, r[k].reduce(0) { $0 + abs($1.high) })
      inverseNorm = max(inverseNorm, (0...k).reduce(0) { $0 + abs(inverse[$1][k].high) })
    }
    return rank > 0 ? norm * inverseNorm : 1
  }
}
