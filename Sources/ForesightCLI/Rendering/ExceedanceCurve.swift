internal import Forecasting
internal import Scenarios

/// The probability that a quantity is at least so much, drawn with characters.
struct ExceedanceCurve {
  private let name: String
  private let unit: String
  private let isDate: Bool
  private let sorted: [Double]

  init(_ paths: QuantityPaths) {
    name = paths.name
    unit = paths.unit
    isDate = paths.isDate
    sorted = paths.values[0].sorted()
  }

  /// P(≥ value).
  private func exceeding(_ value: Double) -> Double {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return Double(sorted.count - low) / Double(sorted.count)
  }

  /// Values from the least to the largest finite one, and the probability of at least each.
  private func points(_ count: Int) -> [(value: Double, probability: Double)] {
    let finite = sorted.filter(\.isFinite)
    guard let low = finite.first, let high = finite.last else { return [] }
    guard high > low else { return [(low, exceeding(low))] }
    return (0..<count).map { place in
      let value = place == count - 1 ? high : low + (high - low) * Double(place) / Double(count - 1)
      return (value, exceeding(value))
    }
  }

  /// The curve, the probability upward.
  func text(columns: Int, rows: Int = 16) -> String {
    let room = max(8, columns - 12)
    let points = points(room)
    guard let first = points.first, let last = points.last else { return "\(name): never, on every path\n" }
    var grid = [[Character]](repeating: [Character](repeating: " ", count: points.count), count: rows)
    for (column, point) in points.enumerated() {
      let top = Int(((1 - point.probability) * Double(rows - 1)).rounded())
      for row in top..<rows { grid[row][column] = row == top ? "o" : "░" }
    }
    var text = "P(\(name) ≥ x), x\(isDate || unit == "1" ? "" : " in \(unit)")\n"
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
    let never = sorted.count { $0 == .infinity }
    text += "\n"
    if never > 0 { text += "never: \(NumberText.percent(Double(never) / Double(sorted.count)))\n" }
    return text
  }

  private func shown(_ value: Double) -> String {
    isDate ? NumberText.fixed(value, 2) : NumberText.significant(value, 5)
  }

  /// 101 points of the curve.
  var csv: String {
    var csv = CSVText(["value", "probability"])
    for point in points(101) { csv.add(["\(point.value)", "\(point.probability)"]) }
    return csv.text
  }

  var document: Document {
    Document(
      quantity: name, unit: unit, isDate: isDate,
      never: Double(sorted.count { $0 == .infinity }) / Double(sorted.count),
      curve: points(101).map { Document.Point(value: $0.value, probability: $0.probability) })
  }

  /// The keys of `scenario plot --format json` of a curve.
  struct Document: Encodable {
    struct Point: Encodable {
      let value: Double
      let probability: Double
    }

    let quantity: String
    let unit: String
    let isDate: Bool
    let never: Double
    let curve: [Point]
  }
}
