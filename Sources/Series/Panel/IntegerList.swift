/// Integers in order of their arrival, which take no memory as long as each is the same step from the one before.
struct IntegerList {
  private(set) var count = 0
  private var start = 0
  private var step = 0
  private var explicit: [Int] = []

  /// Appends an integer.
  mutating func append(_ value: Int) {
    if !explicit.isEmpty {
      explicit.append(value)
    } else if count == 0 {
      start = value
    } else if count == 1 {
      step = value - start
    } else if value != start + step * count {
      explicit = all
      explicit.append(value)
    }
    count += 1
  }

  /// The integers.
  var all: [Int] { explicit.isEmpty ? (0..<count).map { start + step * $0 } : explicit }

  /// The first integer; `nil` if there is none.
  var first: Int? { count == 0 ? nil : explicit.first ?? start }

  /// The common step of at least two integers; `nil` if there is none.
  var commonStep: Int? { explicit.isEmpty && count > 1 ? step : nil }

  /// The integer at an index.
  subscript(_ index: Int) -> Int { explicit.isEmpty ? start + step * index : explicit[index] }
}
