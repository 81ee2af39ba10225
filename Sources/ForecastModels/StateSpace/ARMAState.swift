internal import ForesightNumerics

/// The state of an ARMA filter after some values: the covariance recursion and the state of each column.
///
/// The first column is the series; the others are eliminated by generalized least squares, with G = Σ vᵢvⱼ/F their products and
/// Σ vᵢv/F those with the series.
struct ARMAState: Sendable, Codable, Equatable {
  /// φ at its lags.
  let lags: [Int]
  let phi: [Double]
  /// K and F of the next step.
  private(set) var gain: [Double]
  private(set) var variance: Double
  /// L and M of the increment of the covariance; empty in the steady state.
  private(set) var increment: [Double]
  private(set) var factor: Double
  /// The state of each column, starting with its prediction.
  private(set) var heads: [[Double]]
  /// The rows of G's lower triangle.
  private(set) var gram: [[Double]]
  private(set) var right: [Double]

  init(
    lags: [Int], phi: [Double], gain: [Double], increment: [Double], variance: Double, factor: Double,
    heads: [[Double]], gram: [[Double]], right: [Double]
  ) {
    self.lags = lags
    self.phi = phi
    self.gain = gain
    self.increment = increment
    self.variance = variance
    self.factor = factor
    self.heads = heads
    self.gram = gram
    self.right = right
  }

  /// Updates the state with the next value of each column and returns the innovations.
  ///
  /// Cost: O(r) per column.
  mutating func take(_ values: [Double]) -> [Double] {
    let width = gain.count
    var innovations: [Double] = []
    for (c, value) in values.enumerated() {
      let head = heads[c][0]
      let innovation = value - head
      let share = innovation / variance
      innovations.append(innovation)
      for i in 0..<width { heads[c][i] = (i + 1 < width ? heads[c][i + 1] : 0) + share * gain[i] }
      for (place, lag) in lags.enumerated() { heads[c][lag - 1] += phi[place] * head }
    }
    for i in gram.indices {
      let share = innovations[i + 1] / variance
      for j in 0...i { gram[i][j] += share * innovations[j + 1] }
      right[i] += share * innovations[0]
    }
    step()
    return innovations
  }

  /// One step of the covariance recursion of `ARMARecursion`.
  private mutating func step() {
    guard let z = increment.first else { return }
    let width = gain.count
    let u = z / variance
    let s = factor * z
    let next = variance + s * z
    guard next > 0, next.isFinite else {
      increment = []
      return
    }
    var image = Array(increment.dropFirst()) + [0]
    for (place, lag) in lags.enumerated() { image[lag - 1] += phi[place] * z }
    var size = 0.0
    for i in 0..<width {
      increment[i] = image[i] - u * gain[i]
      size += increment[i] * increment[i]
      gain[i] += s * image[i]
    }
    factor *= variance / next
    variance = next
    if -factor * size < 1e-20 * next { increment = [] }
  }

  /// Inserts a new column with a zero state at a position after the series.
  mutating func insert(at place: Int) {
    heads.insert([Double](repeating: 0, count: gain.count), at: place + 1)
    var rows = gram
    rows.insert([Double](repeating: 0, count: place + 1), at: place)
    for i in (place + 1)..<max(rows.count, place + 1) { rows[i].insert(0, at: place) }
    gram = rows
    right.insert(0, at: place)
  }

  /// Removes a column whose state has faded: G and the products become those given its estimate.
  mutating func eliminate(_ place: Int) {
    func entry(_ i: Int, _ j: Int) -> Double { i >= j ? gram[i][j] : gram[j][i] }
    let pivot = entry(place, place)
    let column = gram.indices.map { entry($0, place) }
    let product = right[place]
    for i in gram.indices where pivot > 0 {
      for j in 0...i { gram[i][j] -= column[i] * column[j] / pivot }
      right[i] -= column[i] * product / pivot
    }
    gram.remove(at: place)
    for i in place..<max(gram.count, place) { gram[i].remove(at: place) }
    right.remove(at: place)
    heads.remove(at: place + 1)
  }

  /// Whether the state of a column is below rounding, relative to the one that the column started with.
  func hasFaded(_ place: Int) -> Bool { heads[place + 1].allSatisfy { abs($0) < 1e-18 } }

  /// The estimates of the first columns after the series, given the others; `nil` if they are collinear.
  func estimates(_ count: Int) -> [Double]? {
    guard count > 0 else { return [] }
    let part = matrix(count)
    return try? Cholesky(part).solve(Array(right.prefix(count)))
  }

  /// The lower factor of G; `nil` without columns or if they are collinear.
  var factorOfGram: Matrix? { gram.isEmpty ? nil : (try? Cholesky(matrix(gram.count)))?.lower }

  private func matrix(_ count: Int) -> Matrix {
    var result = Matrix(rows: count, columns: count)
    for i in 0..<count {
      for j in 0...i {
        result[i, j] = gram[i][j]
        result[j, i] = gram[i][j]
      }
    }
    return result
  }

  /// Whether the parts belong to a process of width r with a number of columns after the series.
  func fits(width: Int, columns: Int) -> Bool {
    gain.count == width && lags.count == phi.count && lags.allSatisfy { (1...width).contains($0) }
      && variance > 0 && (increment.isEmpty || increment.count == width) && heads.count == columns + 1
      && heads.allSatisfy { $0.count == width } && gram.count == columns && right.count == columns
      && gram.enumerated().allSatisfy { $1.count == $0 + 1 }
  }
}
