/// The values of external variables, one per base period, over the history and over the horizon to forecast.
public struct Regressors: Sendable, Equatable, Codable {
  /// The names of the variables.
  public let names: [String]
  /// The first base period.
  public let start: Period
  /// One column per variable, with one value per base period, starting at `start`.
  public let columns: [[Double]]

  /// Creates variables of equal length.
  ///
  /// - Throws: `ForecastError.invalidOption` for unequal lengths, repeated names or a value that is not finite.
  public init(_ variables: KeyValuePairs<String, [Double]>, start: Period) throws(ForecastError) {
    try self.init(names: variables.map(\.key), columns: variables.map(\.value), start: start)
  }

  /// Creates variables of equal length.
  ///
  /// - Throws: `ForecastError.invalidOption` for unequal lengths, repeated names or a value that is not finite.
  public init(names: [String], columns: [[Double]], start: Period) throws(ForecastError) {
    var seen: Set<String> = []
    guard names.count == columns.count else {
      throw .invalidOption(
        name: "regressors", value: "\(names.count)",
        reason: "must have as many lists of values, not \(columns.count)")
    }
    for (name, column) in zip(names, columns) {
      guard column.count == columns[0].count else {
        throw .invalidOption(
          name: "regressor", value: name,
          reason: "has \(counted(column.count, "value")); \(names[0]) has \(columns[0].count)")
      }
      guard seen.insert(name).inserted else {
        throw .invalidOption(name: "regressor", value: name, reason: "appears more than once")
      }
      guard column.allSatisfy(\.isFinite) else {
        throw .invalidOption(name: "regressor", value: name, reason: "has a value that is not finite")
      }
    }
    guard !names.isEmpty, let first = columns.first, !first.isEmpty else {
      throw .invalidOption(
        name: "regressors", value: "\(names.count)", reason: "must have at least one name and one value")
    }
    self.names = names
    self.start = start
    self.columns = columns
  }

  /// Decodes variables, with the checks of the other initializers.
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

  /// Returns the named variables only, in the order of the names.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name for a variable that does not exist.
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

  /// Returns the variables over the periods of a span only; `nil` if they cover none of them.
  public func over(_ span: PeriodSpan) -> Regressors? {
    guard span.first.frequency == start.frequency else { return nil }
    let first = max(0, start.distance(to: span.first))
    let last = min(columns[0].count - 1, start.distance(to: span.last))
    guard first <= last else { return nil }
    return try? Regressors(
      names: names, columns: columns.map { Array($0[first...last]) }, start: start + first)
  }

  /// The last base period with values.
  public var end: Period { start + (columns[0].count - 1) }

  /// Returns the value of the variable at index `column` in a period; `nil` outside the range, and if there is no such variable.
  public func value(_ column: Int, at period: Period) -> Double? {
    guard period.frequency == start.frequency, columns.indices.contains(column) else { return nil }
    let offset = start.distance(to: period)
    return columns[column].indices.contains(offset) ? columns[column][offset] : nil
  }
}
