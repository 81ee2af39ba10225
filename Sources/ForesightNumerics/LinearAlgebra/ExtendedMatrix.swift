/// A dense matrix of double-double numbers in column-major order, for designs that must not be rounded to doubles.
package struct ExtendedMatrix: Sendable, Equatable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The entries column by column.
  package internal(set) var elements: [DoubleDouble]

  /// A matrix of zeros.
  package init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "the size of a matrix must not be negative")
    self.rows = rows
    self.columns = columns
    elements = [DoubleDouble](repeating: DoubleDouble(0), count: rows * columns)
  }

  /// Converts a matrix of doubles.
  package init(_ matrix: Matrix) {
    rows = matrix.rows
    columns = matrix.columns
    elements = matrix.elements.map { DoubleDouble($0) }
  }

  /// The entry in row i and column j.
  package subscript(i: Int, j: Int) -> DoubleDouble {
    get {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
      return elements[i + j * rows]
    }
    set {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
      elements[i + j * rows] = newValue
    }
  }

  /// Returns the chosen columns in the order given.
  func selecting(_ chosen: [Int]) -> ExtendedMatrix {
    var result = ExtendedMatrix(rows: rows, columns: chosen.count)
    for (k, j) in chosen.enumerated() {
      for i in 0..<rows { result.elements[i + k * rows] = elements[i + j * rows] }
    }
    return result
  }

  /// The matrix with every entry rounded to a double.
  package var rounded: Matrix {
    Matrix(rows: rows, columns: columns, columnMajor: elements.map(\.doubleValue))
  }
}

/// The polynomial basis 1, x, x², … up to a degree, with powers formed in double-double arithmetic.
package struct PolynomialBasis: Sendable, Hashable {
  /// The highest power.
  package let degree: Int
  /// Whether the constant 1 is the first column.
  package let intercept: Bool

  /// A basis of powers up to `degree`.
  package init(degree: Int, intercept: Bool = true) {
    precondition(degree >= 0, "the degree must not be negative")
    self.degree = degree
    self.intercept = intercept
  }

  /// Returns the design at the given points in double-double numbers.
  package func extendedDesign(_ x: [DoubleDouble]) -> ExtendedMatrix {
    let first = intercept ? 0 : 1
    var design = ExtendedMatrix(rows: x.count, columns: max(0, degree + 1 - first))
    for (i, point) in x.enumerated() {
      var power = intercept ? DoubleDouble(1) : point
      for j in 0..<design.columns {
        design[i, j] = power
        power = power * point
      }
    }
    return design
  }

  /// Returns the design at the given points in doubles, each power rounded once.
  package func design(_ x: [Double]) -> Matrix { extendedDesign(x.map { DoubleDouble($0) }).rounded }
}
