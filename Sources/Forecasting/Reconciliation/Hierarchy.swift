public import ForesightNumerics

/// Series that add up: totals, each the sum of its parts, and the bottom-level series that make them up.
///
/// A part can be a total itself and can belong to several totals (a grouped hierarchy), as long as no total counts a bottom-level series
/// twice.
public struct Hierarchy: Sendable, Equatable {
  /// The totals, in the order given.
  public let totals: [String]
  /// The bottom-level series, in the order in which parts first name them.
  public let bottom: [String]
  /// The parts of each total.
  public let parts: [[String]]
  /// The summing matrix S: row i says which bottom-level series make up `names[i]`.
  public let summing: Matrix
  /// The indices of the totals, parts before the totals that contain them, with the indices of their parts in `names`.
  let order: [(total: Int, parts: [Int])]

  /// All series, totals first.
  public var names: [String] { totals + bottom }

  /// Creates the hierarchy of totals with their parts.
  ///
  /// - Parameter tree: For each total, the series of which it is the sum, which can be totals themselves.
  /// - Throws: `ForecastError.invalidOption` for a total without parts, a repeated name, a total that contains itself, and a
  ///   series counted twice.
  public init(_ tree: KeyValuePairs<String, [String]>) throws(ForecastError) {
    try self.init(totals: tree.map(\.key), parts: tree.map(\.value))
  }

  /// Creates the hierarchy of totals with their parts.
  ///
  /// - Parameters:
  ///   - totals: The names of the totals.
  ///   - parts: For each total, the series of which it is the sum.
  /// - Throws: The errors of the other initializer.
  public init(totals: [String], parts: [[String]]) throws(ForecastError) {
    guard totals.count == parts.count else {
      throw Hierarchy.fault(
        "tree", "must have as many lists of parts as totals (\(totals.count)), not \(parts.count)")
    }
    guard !totals.isEmpty else { throw Hierarchy.fault("tree", "must have at least one total") }
    var place: [String: Int] = [:]
    for total in totals where place.updateValue(place.count, forKey: total) != nil {
      throw Hierarchy.fault(total, "appears more than once")
    }
    var bottom: [String] = []
    for (total, own) in zip(totals, parts) {
      guard !own.isEmpty else { throw Hierarchy.fault(total, "must have at least one part") }
      guard Set(own).count == own.count else {
        throw Hierarchy.fault(total, "has the same part more than once")
      }
      for part in own where place[part] == nil {
        place[part] = place.count
        bottom.append(part)
      }
    }
    self.totals = totals
    self.bottom = bottom
    self.parts = parts
    let places = parts.map { $0.compactMap { place[$0] } }
    order = try Hierarchy.order(totals, places)
    var summing = Matrix(rows: totals.count + bottom.count, columns: bottom.count)
    for series in bottom.indices { summing[totals.count + series, series] = 1 }
    for (total, own) in order {
      for series in bottom.indices {
        summing[total, series] = own.reduce(0) { $0 + summing[$1, series] }
        guard summing[total, series] <= 1 else {
          throw Hierarchy.fault(totals[total], "counts \(bottom[series]) twice")
        }
      }
    }
    self.summing = summing
  }

  /// The totals, parts before the totals that contain them.
  private static func order(
    _ totals: [String], _ parts: [[Int]]
  ) throws(ForecastError) -> [(total: Int, parts: [Int])] {
    var open = Array(totals.indices)
    var order: [(total: Int, parts: [Int])] = []
    while !open.isEmpty {
      let ready = open.filter { total in !parts[total].contains { open.contains($0) } }
      guard !ready.isEmpty else {
        throw fault(totals[open[0]], "contains itself")
      }
      order += ready.map { ($0, parts[$0]) }
      open.removeAll { ready.contains($0) }
    }
    return order
  }

  private static func fault(_ name: String, _ reason: String) -> ForecastError {
    .invalidOption(name: "hierarchy", value: name, reason: reason)
  }

  /// Whether two hierarchies have the same totals with the same parts.
  public static func == (a: Hierarchy, b: Hierarchy) -> Bool { a.totals == b.totals && a.parts == b.parts }
}
