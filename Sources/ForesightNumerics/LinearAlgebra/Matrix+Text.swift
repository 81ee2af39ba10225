extension Matrix: ExpressibleByArrayLiteral {
  /// Creates a matrix from its rows: `[[1, 2], [3, 4]]`.
  ///
  /// - Precondition: The rows have one length.
  public init(arrayLiteral rows: [Double]...) { self.init(rows) }
}

extension Matrix: CustomStringConvertible {
  /// The rows in lines, with aligned columns of six significant digits; of a large matrix, the first ten rows and eight columns.
  public var description: String {
    let shownRows = min(rows, rows > 12 ? 10 : 12)
    let shownColumns = min(columns, columns > 10 ? 8 : 10)
    var cells = (0..<shownRows).map { i in (0..<shownColumns).map { Matrix.text(self[i, $0]) } }
    if shownColumns < columns { for i in cells.indices { cells[i].append("…") } }
    if shownRows < rows { cells.append([String](repeating: "⋮", count: cells.first?.count ?? 0)) }
    let widths = (cells.first ?? []).indices.map { j in cells.map { $0[j].count }.max() ?? 0 }
    let lines = cells.map { row in
      zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ")
    }
    return (["\(rows) × \(columns) matrix"] + lines).joined(separator: "\n")
  }

  /// A number to six significant digits.
  private static func text(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    let exponent = Int((logarithm(abs(value)) / logarithm(10)).rounded(.down))
    guard (-4...14).contains(exponent) else {
      // The logarithm of a power of ten may lie a little below a whole number.
      var (place, digits) = (exponent, value / exponential(Double(exponent) * logarithm(10)))
      digits = (digits * 1e5).rounded() / 1e5
      if abs(digits) >= 10 { (place, digits) = (place + 1, digits / 10) }
      return "\(digits)e\(place)"
    }
    // A power of ten up to 10²² is exact, so that the quotient is the nearest number of so many digits.
    var power = 1.0
    for _ in 0..<abs(5 - exponent) { power *= 10 }
    let rounded = exponent <= 5 ? (value * power).rounded() / power : (value / power).rounded() * power
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }
}
