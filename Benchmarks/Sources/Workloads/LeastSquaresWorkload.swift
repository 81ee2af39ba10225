public import ForesightNumerics

/// Many linear regressions y = X·β + noise with an intercept and independent standard normal columns.
public struct LeastSquaresWorkload: Sendable {
  /// The number of regressions.
  public let count: Int
  /// The number of observations in each.
  public let rows: Int
  /// The number of coefficients in each, including the intercept, which comes first.
  public let columns: Int
  /// One design matrix per regression, column-major, one after another.
  public let designs: [Double]
  /// `rows` responses per regression, one after another, generated from its own design matrix.
  public let responses: [Double]
  /// `rows` responses per regression, all generated from the first design matrix.
  public let sharedResponses: [Double]

  /// The first design matrix, for the regressions that share it.
  public var sharedDesign: Matrix {
    Matrix(rows: rows, columns: columns, columnMajor: Array(designs[..<(rows * columns)]))
  }

  /// Creates a workload that depends only on its seed and sizes.
  public init(count: Int, rows: Int = 60, columns: Int = 4, seed: UInt64 = 20_260_131) {
    self.count = count
    self.rows = rows
    self.columns = columns
    var designs = RandomStream(seed: seed, name: "designs").normals(0..<(count * rows * columns))
    for fit in 0..<count {
      for row in 0..<rows { designs[fit * rows * columns + row] = 1 }
    }
    let coefficients = RandomStream(seed: seed, name: "coefficients").normals(0..<(count * columns))
    let noise = RandomStream(seed: seed, name: "noise").normals(0..<(count * rows))
    self.designs = designs
    func responses(design: (_ fit: Int) -> Int) -> [Double] {
      var responses = noise
      for fit in 0..<count {
        for column in 0..<columns {
          let slope = coefficients[fit * columns + column]
          let start = design(fit) * rows * columns + column * rows
          for row in 0..<rows { responses[fit * rows + row] += slope * designs[start + row] }
        }
      }
      return responses
    }
    self.responses = responses { $0 }
    self.sharedResponses = responses { _ in 0 }
  }
}
