internal import Forecasting
internal import Reports
internal import Scenarios

/// The probability that a quantity is at least so much, drawn with characters.
struct ExceedanceChart {
  private let paths: QuantityPaths
  private let curve: ExceedanceCurve

  /// The chart of a quantity with one value per path.
  init(_ paths: QuantityPaths) {
    self.paths = paths
    curve = ExceedanceCurve(paths)
  }

  /// The curve, with the probability on the vertical axis.
  func text(columns: Int, rows: Int = 16) -> String {
    let name = paths.name
    let points = curve.points(max(8, columns - 12))
    guard let first = points.first, let last = points.last else { return "\(name): never, on every path\n" }
    var grid = [[Character]](repeating: [Character](repeating: " ", count: points.count), count: rows)
    for (column, point) in points.enumerated() {
      let top = Int(((1 - point.probability) * Double(rows - 1)).rounded())
      for row in top..<rows { grid[row][column] = row == top ? "o" : "░" }
    }
    var text = "P(\(name) ≥ x), x\(paths.isDate || paths.unit == "1" ? "" : " in \(paths.unit)")\n"
    for row in 0..<rows {
      let share = 1 - Double(row) / Double(rows - 1)
      let label = row % 5 == 0 || row == rows - 1 ? NumberText.percent(share, 0) : ""
      let pad = String(repeating: " ", count: max(0, 10 - label.count))
      var line = pad + label + (label.isEmpty ? " │" : " ┤") + String(grid[row])
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    let (left, right) = (shown(first.value), shown(last.value))
    let gap = max(1, points.count - left.count - right.count)
    text += String(repeating: " ", count: 12) + left
    if points.count > 1 { text += String(repeating: " ", count: gap) + right }
    text += "\n"
    if curve.never > 0 { text += "never: \(NumberText.percent(curve.never))\n" }
    return text
  }

  private func shown(_ value: Double) -> String {
    paths.isDate ? NumberText.fixed(value, 2) : NumberText.significant(value, 5)
  }
}
