/// A table of text with aligned columns.
package struct TextTable {
  /// A column: its title and the alignment of its cells.
  package struct Column {
    /// The alignment of the cells in a column.
    package enum Alignment {
      case left
      case right
    }

    package let title: String
    package let alignment: Alignment

    /// A column of words.
    package static func text(_ title: String) -> Column { Column(title: title, alignment: .left) }

    /// A column of numbers.
    package static func number(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  package let columns: [Column]
  package private(set) var rows: [[String]] = []

  /// An empty table.
  package init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row with one cell per column.
  package mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "a row must have one cell per column")
    rows.append(cells)
  }

  /// The table as lines of text.
  ///
  /// If they are wider than `width`, titles of number columns are wrapped first, and then the last column of words.
  package func text(width: Int?) -> String {
    let cellWidths = columns.indices.map { place in rows.map { displayWidth($0[place]) }.max() ?? 0 }
    var widths = columns.indices.map { max(displayWidth(columns[$0].title), cellWidths[$0]) }
    func excess(_ limit: Int) -> Int { widths.reduce(0, +) + 2 * (columns.count - 1) - limit }
    var wrapped: Int?
    if let width, excess(width) > 0 {
      for (place, column) in columns.enumerated() where column.alignment == .right {
        let longest = column.title.split(separator: " ").map { displayWidth($0) }.max() ?? 0
        widths[place] = max(cellWidths[place], longest)
      }
      let last = columns.indices.last { columns[$0].alignment == .left && widths[$0] > TextTable.narrowest }
      if let last, excess(width) > 0 {
        wrapped = last
        widths[last] = max(TextTable.narrowest, widths[last] - excess(width))
      }
    }
    var lines = header(widths)
    for row in rows {
      guard let wrapped else {
        lines.append(line(row, widths))
        continue
      }
      for (number, part) in wrap(row[wrapped], width: widths[wrapped]).enumerated() {
        var cells = number == 0 ? row : [String](repeating: "", count: columns.count)
        cells[wrapped] = part
        lines.append(line(cells, widths))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The smallest width to which a column of words is wrapped.
  private static let narrowest = 20

  /// The titles; long ones are wrapped and aligned at the bottom.
  private func header(_ widths: [Int]) -> [String] {
    let titles = columns.indices.map { wrap(columns[$0].title, width: max(1, widths[$0])) }
    let height = titles.map(\.count).max() ?? 1
    return (0..<height).map { number in
      line(titles.map { $0.count + number < height ? "" : $0[$0.count + number - height] }, widths)
    }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for place in columns.indices {
      if place > 0 { text += "  " }
      let space = String(repeating: " ", count: max(0, widths[place] - displayWidth(cells[place])))
      text += columns[place].alignment == .left ? cells[place] + space : space + cells[place]
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// Breaks a text into lines of at most `width` columns; a longer word gets a line of its own.
package func wrap(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty, displayWidth(line) + 1 + displayWidth(word) > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " " + word
  }
  lines.append(line)
  return lines
}

/// The number of terminal columns that a text occupies: two for an East Asian wide character, one for any other.
package func displayWidth(_ text: some StringProtocol) -> Int {
  if text.utf8.allSatisfy({ $0 < 128 }) { return text.utf8.count }
  return text.reduce(0) { sum, character in
    let isWide = character.unicodeScalars.first.map { isWideScalar($0.value) } ?? false
    return sum + (isWide ? 2 : 1)
  }
}

private func isWideScalar(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
    true
  default: false
  }
}
