/// A dense matrix of doubles in column-major order.
public struct Matrix: Sendable, Equatable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The entries column by column: entry (i, j) lies at i + j·rows.
  public var elements: [Double] {
    didSet {
      precondition(elements.count == rows * columns, "the number of entries of a matrix must not change")
    }
  }

  /// Creates a matrix whose entries all have one value.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "the size of a matrix must not be negative")
    self.rows = rows
    self.columns = columns
    elements = [Double](repeating: value, count: rows * columns)
  }

  /// Creates a matrix from its entries column by column.
  public init(rows: Int, columns: Int, columnMajor elements: [Double]) {
    precondition(
      elements.count == rows * columns, "a \(rows) × \(columns) matrix needs \(rows * columns) entries")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// Creates a matrix from its rows, all of one length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "the rows of a matrix must have one length")
    self.init(rows: rows.count, columns: columns)
    for (i, row) in rows.enumerated() { for j in 0..<columns { elements[i + j * self.rows] = row[j] } }
  }

  /// Creates a matrix from its columns, all of one length.
  public init(columnVectors columns: [[Double]]) {
    let rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "the columns of a matrix must have one length")
    self.init(rows: rows, columns: columns.count, columnMajor: columns.flatMap { $0 })
  }

  /// The n × n identity.
  public static func identity(_ n: Int) -> Matrix {
    var result = Matrix(rows: n, columns: n)
    for i in 0..<n { result.elements[i + i * n] = 1 }
    return result
  }

  /// The diagonal matrix of given entries.
  public static func diagonal(_ entries: [Double]) -> Matrix {
    var result = Matrix(rows: entries.count, columns: entries.count)
    for (i, entry) in entries.enumerated() { result[i, i] = entry }
    return result
  }

  /// The entry in row i and column j.
  public subscript(i: Int, j: Int) -> Double {
    get {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
      return elements[i + j * rows]
    }
    set {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
      elements[i + j * rows] = newValue
    }
  }
}

extension Matrix {
  /// One column as an array.
  public func column(_ j: Int) -> [Double] { Array(elements[(j * rows)..<((j + 1) * rows)]) }

  /// One row as an array.
  public func row(_ i: Int) -> [Double] { (0..<columns).map { self[i, $0] } }

  /// The entries (i, i).
  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// The transpose.
  public func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for j in 0..<columns { for i in 0..<rows { result.elements[j + i * columns] = elements[i + j * rows] } }
    return result
  }

  /// The matrix product.
  ///
  /// Cost: 2·rows·columns·inner.
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows, "the inner sizes of a matrix product must agree")
    var result = Matrix(rows: a.rows, columns: b.columns)
    let m = a.rows
    for j in 0..<b.columns {
      for k in 0..<a.columns {
        let factor = b.elements[k + j * b.rows]
        for i in 0..<m { result.elements[i + j * m] += factor * a.elements[i + k * m] }
      }
    }
    return result
  }

  /// Adds AᵀB by BLAS: sums of products over many rows, block by block.
  public mutating func addProduct(transposing a: Matrix, _ b: Matrix) {
    precondition(a.rows == b.rows, "the inner sizes of a matrix product must agree")
    precondition(rows == a.columns && columns == b.columns, "the sizes of a matrix sum must agree")
    LAPACK.addProduct(&elements, a.elements, b.elements, rows: a.rows, a.columns, b.columns)
  }

  /// The product with a vector.
  public static func * (a: Matrix, x: [Double]) -> [Double] {
    precondition(a.columns == x.count, "the inner sizes of a matrix product must agree")
    var result = [Double](repeating: 0, count: a.rows)
    for j in 0..<a.columns {
      let factor = x[j]
      for i in 0..<a.rows { result[i] += factor * a.elements[i + j * a.rows] }
    }
    return result
  }

  /// The matrix with every entry multiplied by a number.
  public static func * (factor: Double, a: Matrix) -> Matrix {
    Matrix(rows: a.rows, columns: a.columns, columnMajor: a.elements.map { factor * $0 })
  }

  /// The sum entry by entry.
  public static func + (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.rows == b.rows && a.columns == b.columns, "the sizes of a matrix sum must agree")
    return Matrix(rows: a.rows, columns: a.columns, columnMajor: zip(a.elements, b.elements).map { $0 + $1 })
  }

  /// The difference entry by entry.
  public static func - (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.rows == b.rows && a.columns == b.columns, "the sizes of a matrix difference must agree")
    return Matrix(rows: a.rows, columns: a.columns, columnMajor: zip(a.elements, b.elements).map { $0 - $1 })
  }

  /// The square root of the sum of squares of all entries.
  public var frobeniusNorm: Double { Matrix.norm(elements) }

  /// The square root of the sum of squares, safe against overflow and underflow.
  static func norm(_ x: some Collection<Double>) -> Double {
    let largest = x.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return largest }
    return largest * x.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }

  /// The matrix with every column scaled by a power of two to a length between 1 and 2, those powers, and the new
  /// lengths.
  func columnsScaled() -> (matrix: Matrix, scales: [Double], norms: [Double]) {
    var scaled = self
    var scales: [Double] = []
    var norms: [Double] = []
    for j in 0..<columns {
      let length = Matrix.norm(elements[(j * rows)..<((j + 1) * rows)])
      let scale = LeastSquares.scale(length)
      for i in 0..<rows { scaled.elements[i + j * rows] *= scale }
      scales.append(scale)
      norms.append(length * scale)
    }
    return (scaled, scales, norms)
  }

  /// Throws if an entry is NaN or infinite.
  ///
  /// - Throws: `NumericsError.nonFinite` with the row and column of the first one.
  public func requireFinite() throws(NumericsError) {
    if let index = elements.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(row: index % rows, column: index / rows)
    }
  }
}
