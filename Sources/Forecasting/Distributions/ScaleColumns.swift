internal import ForesightNumerics

/// The columns of a square root R of a scale matrix, Σ = RRᵀ, each computed on demand.
///
/// Some columns are one kernel ψ shifted down by one row each: what an innovation adds to the steps after it, if that is the same for
/// all innovations. The other columns are arbitrary. Marginal distributions and linear combinations cost O(h²) and need no matrix.
package struct ScaleColumns: Sendable {
  /// A column: zero but for the values from a row on.
  package typealias Column = (first: Int, values: ArraySlice<Double>)

  /// The number of rows.
  package let rows: Int
  /// ψ, starting at row `start`; the column of each later row is the same kernel, shifted to that row.
  let kernel: [Double]
  let start: Int
  /// The number of other columns.
  let others: Int
  private let column: @Sendable (Int) -> Column
  private let factor: Double

  /// Creates the columns of a root.
  ///
  /// - Parameters:
  ///   - rows: The number of steps.
  ///   - kernel: What an innovation adds to its own step and those after it; there is one column per value.
  ///   - others: The number of columns that are not a shifted kernel.
  ///   - column: Returns one of these columns; its values must not extend beyond the last row.
  /// - Precondition: The kernel does not have more values than there are rows.
  package init(
    rows: Int, kernel: [Double] = [], others: Int = 0,
    column: @escaping @Sendable (Int) -> Column = { _ in (0, []) }
  ) {
    self.init(rows: rows, kernel: kernel, others: others, factor: 1, column: column)
  }

  private init(
    rows: Int, kernel: [Double], others: Int, factor: Double, column: @escaping @Sendable (Int) -> Column
  ) {
    precondition(kernel.count <= rows, "a kernel must not have more values than there are rows")
    self.rows = rows
    self.kernel = kernel
    start = rows - kernel.count
    self.others = others
    self.factor = factor
    self.column = column
  }

  /// The number of columns.
  package var count: Int { kernel.count + others }

  /// Returns a column; the shifted kernels come first.
  package func callAsFunction(_ place: Int) -> Column {
    if place < kernel.count {
      return (start + place, kernel[0..<(kernel.count - place)])
    }
    let (first, values) = column(place - kernel.count)
    return factor == 1 ? (first, values) : (first, ArraySlice(values.map { factor * $0 }))
  }

  /// The root multiplied by a number.
  func scaled(by factor: Double) -> ScaleColumns {
    ScaleColumns(
      rows: rows, kernel: kernel.map { factor * $0 }, others: others, factor: factor * self.factor,
      column: column)
  }

  /// The diagonal of Σ.
  var diagonal: [Double] {
    var result = [Double](repeating: 0, count: rows)
    var sum = 0.0
    for (place, weight) in kernel.enumerated() {
      sum += weight * weight
      result[start + place] = sum
    }
    for place in kernel.count..<count {
      let (first, values) = self(place)
      var row = first
      for value in values {
        result[row] += value * value
        row += 1
      }
    }
    return result
  }

  /// Rᵀw.
  func products(_ weights: [Double]) -> [Double] {
    let low = weights.firstIndex { $0 != 0 } ?? rows
    let high = (weights.lastIndex { $0 != 0 } ?? -1) + 1
    return (0..<count).map { place in
      let (first, values) = self(place)
      let from = max(first, low)
      let shift = values.startIndex - first
      var sum = 0.0
      for row in from..<max(min(high, first + values.count), from) {
        sum += weights[row] * values[row + shift]
      }
      return sum
    }
  }

  /// Σ itself.
  var scale: Matrix {
    var result = Matrix(rows: rows, columns: rows, repeating: 0)
    // The sum of ψ_{i−k}ψ_{j−k} over k ≤ j, from the entry one row and one column before.
    for j in kernel.indices {
      for i in j..<kernel.count {
        let before = j > 0 ? result[start + i - 1, start + j - 1] : 0
        result[start + i, start + j] = before + kernel[i] * kernel[j]
      }
    }
    for place in kernel.count..<count {
      let (first, values) = self(place)
      for (b, y) in values.enumerated() where y != 0 {
        for a in b..<values.count {
          result[first + a, first + b] += values[values.startIndex + a] * y
        }
      }
    }
    for j in 0..<rows { for i in 0..<j { result[i, j] = result[j, i] } }
    return result
  }

  /// Rz for paths side by side, eight per vector: z holds the vectors of each column, one after another.
  func multiplied(_ z: [SIMD8<Double>], lanes: Int) -> [SIMD8<Double>] {
    var result = [SIMD8<Double>](repeating: .zero, count: rows * lanes)
    for place in 0..<count {
      let (first, values) = self(place)
      for lane in 0..<lanes {
        let x = z[place * lanes + lane]
        var target = first * lanes + lane
        for value in values {
          result[target] += value * x
          target += lanes
        }
      }
    }
    return result
  }
}
