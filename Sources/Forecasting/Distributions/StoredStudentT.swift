internal import ForesightNumerics

/// A normal or Student t distribution as it is written: location, squared scales and a root of the scale matrix.
struct StoredStudentT: Codable {
  let location: [Double]
  let diagonal: [Double]
  /// `nil` for the normal distribution.
  let degreesOfFreedom: Double?
  /// The rows of L, without the upper triangle.
  var rows: [Double]?
  /// The columns of the common factors.
  var loadings: [[Double]]?
  /// The scale of the own noise of each step.
  var own: [Double]?

  init(_ law: JointStudentT) {
    location = law.location
    diagonal = law.diagonal
    degreesOfFreedom = law.degreesOfFreedom.isFinite ? law.degreesOfFreedom : nil
    switch law.root {
    case .factors(let loadings, let own):
      self.loadings = (0..<loadings.columns).map { loadings.column($0) }
      self.own = own
    case .dense(_, let rows): self.rows = rows
    case .columns: rows = law.factorRows
    }
  }

  /// The distribution that was written.
  ///
  /// - Throws: `NumericsError` for sizes that disagree and numbers that are not finite.
  func law() throws(NumericsError) -> JointStudentT {
    let n = location.count
    let freedom = degreesOfFreedom ?? .infinity
    if let own {
      let columns = loadings ?? []
      for column in columns where column.count != n {
        throw .dimensionMismatch(expected: n, found: column.count)
      }
      let matrix =
        columns.isEmpty ? Matrix(rows: n, columns: 0, repeating: 0) : Matrix(columnVectors: columns)
      return try JointStudentT(location: location, loadings: matrix, own: own, degreesOfFreedom: freedom)
    }
    let rows = rows ?? []
    guard n <= JointStudentT.longestStored, rows.count == n * (n + 1) / 2 else {
      throw .dimensionMismatch(expected: n * (n + 1) / 2, found: rows.count)
    }
    guard diagonal.count == n else { throw .dimensionMismatch(expected: n, found: diagonal.count) }
    for numbers in [location, diagonal, rows] {
      if let row = numbers.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(row: row, column: 0) }
    }
    guard diagonal.allSatisfy({ $0 >= 0 }) else { throw .notPositiveDefinite(pivot: 0) }
    guard freedom > 0 else { throw .invalidParameter(name: "degreesOfFreedom", value: freedom) }
    var lower = Matrix(rows: n, columns: n)
    var place = 0
    for i in 0..<n {
      for j in 0...i { lower[i, j] = rows[place + j] }
      place += i + 1
    }
    return JointStudentT(
      location: location, diagonal: diagonal, degreesOfFreedom: freedom,
      root: .dense(lower * lower.transposed(), rows))
  }
}
