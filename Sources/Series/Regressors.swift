/// Values of external variables, one a base period, known over the history and over the horizon asked for.
public struct Regressors: Sendable, Equatable, Codable {
  /// The names of the variables.
  public let names: [String]
  /// The first base period.
  public let start: Period
  /// One column a variable, one value a base period from `start` on.
  public let columns: [[Double]]

  /// Variables of equal length.
  ///
  /// - Throws: `ForecastError.invalidOption` for unequal lengths, repeated names or a value that is not finite.
  public init(_ variables: KeyValuePairs<String, [Double]>, start: Period) throws(ForecastError) {
    try self.init(names: variables.map(\.key), columns: variables.map(\.value), start: start)
  }

  /// Variables of equal length.
  ///
  /// - Throws: `ForecastError.invalidOption` for unequal lengths, repeated names or a value that is not finite.
  public init(names: [String], columns: [[Double]], start: Period) throws(ForecastError) {
    var seen: Set<String> = []
    guard names.count == columns.count else {
      throw .invalidOption(
        name: "regressors", value: "\(names.count)", reason: "have \(columns.count) lists of values")
    }
    for (name, column) in zip(names, columns) {
      guard column.count == columns[0].count else {
        throw .invalidOption(
          name: "regressor", value: name,
          reason: "\(column.count) values where \(names[0]) has \(columns[0].count)")
      }
      guard seen.insert(name).inserted else {
        throw .invalidOption(name: "regressor", value: name, reason: "is given twice")
      }
      guard column.allSatisfy(\.isFinite) else {
        throw .invalidOption(name: "regressor", value: name, reason: "has a value that is not finite")
      }
    }
    guard !names.isEmpty, let first = columns.first, !first.isEmpty else {
      throw .invalidOption(name: "regressors", value: "\(names.count)", reason: "need names and values")
    }
    self.names = names
    self.start = start
    self.columns = columns
  }

  /// Reads variables, checked as given ones are.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    do {
      try self.init(
        names: container.decode([String].self, forKey: .names),
        columns: container.decode([[Double]].self, forKey: .columns),
        start: container.decode(Period.self, forKey: .start))
    } catch let error as ForecastError {
      throw DecodingError.dataCorruptedError(forKey: .columns, in: container, debugDescription: "\(error)")
    }
  }

  private enum CodingKeys: String, CodingKey { case names, columns, start }

  /// The named variables alone, in the order of the names.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name for a variable that is not among them.
  public func selecting(_ wanted: String...) throws(ForecastError) -> Regressors {
    var chosen: [[Double]] = []
    for name in wanted {
      guard let column = names.firstIndex(of: name) else {
        throw .unknownName(
          kind: "external variable", name: name, nearest: nearestName(to: name, among: names))
      }
      chosen.append(columns[column])
    }
    return try Regressors(names: wanted, columns: chosen, start: start)
  }

  /// The variables over the periods of a span alone; `nil` where they have none of them.
  public func over(_ span: PeriodSpan) -> Regressors? {
    guard span.first.frequency == start.frequency else { return nil }
    let first = max(0, start.distance(to: span.first))
    let last = min(columns[0].count - 1, start.distance(to: span.last))
    guard first <= last else { return nil }
    return try? Regressors(
      names: names, columns: columns.map { Array($0[first...last]) }, start: start + first)
  }

  /// The last base period that has values.
  public var end: Period { start + (columns[0].count - 1) }

  /// The value of variable `column` in a period, or `nil` outside the range.
  ///
  /// - Precondition: there is such a column.
  public func value(_ column: Int, at period: Period) -> Double? {
    guard period.frequency == start.frequency else { return nil }
    let offset = start.distance(to: period)
    return columns[column].indices.contains(offset) ? columns[column][offset] : nil
  }
}
