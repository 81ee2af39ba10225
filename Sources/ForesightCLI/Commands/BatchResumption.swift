internal import Forecasting

/// Where an interrupted batch continues: what its unfinished file contains of a panel.
struct BatchResumption {
  /// The part of the file that is kept: the header and complete series.
  private(set) var bytes: ArraySlice<UInt8> = []
  /// The first series that remains to be forecast.
  private(set) var next = 0
  /// The series before it that have forecasts.
  private(set) var succeeded = 0
  /// The series before it that failed.
  private(set) var failures: [(key: String, error: ForecastError)] = []

  /// A batch that starts with the first series.
  init() {}

  /// Reads an unfinished file.
  ///
  /// Rows are in the order of the panel, so a series without rows between others has failed; it fails again here, which gives
  /// the reason. The last complete series is forecast again and must give the rows in the file; so must all rows
  /// beyond the bytes that a manifest vouches for.
  ///
  /// - Throws: `Failure` of kind `.input` for a file from another input, model, horizon or set of levels, and for one that was changed.
  init(
    _ path: String, panel: Panel, model: some Forecaster, horizon: Int, reach: Double, form: TidyForecasts,
    vouched: Int
  ) throws {
    let file = try fileBytes(path)
    let other = Failure(
      .input, "\(path) was started with another input, model, horizon or levels; remove it to start over")
    let header = Array((form.header + "\n").utf8)
    guard file.starts(with: header) else {
      // Nothing complete was written yet.
      guard header.starts(with: file) else { throw other }
      return
    }
    var position = header.count
    var last: (index: Int, rows: ArraySlice<UInt8>)?
    var absent: [Int] = []
    var waiting: [Int] = []
    func isOwn(_ index: Int, _ rows: ArraySlice<UInt8>) -> Bool {
      guard
        case .success(let forecast) = panel.forecast(index, model, horizon: horizon, reach: reach).result
      else { return false }
      return form.rows(forecast, key: panel.keys[index], form: panel.periodForm(index)).utf8.elementsEqual(
        rows)
    }
    for index in 0..<panel.count where position < file.count {
      let mark = Array((CSVTable.quoted(panel.keys[index]) + ",").utf8)
      if mark.starts(with: file[position...]) {
        position = file.count  // the interruption fell into the first key
        break
      }
      guard file[position...].starts(with: mark) else {
        waiting.append(index)
        continue
      }
      guard let end = try Self.end(of: mark, rows: horizon, in: file, from: position, orElse: other) else {
        position = file.count  // the interruption fell into this series
        break
      }
      guard end <= vouched || isOwn(index, file[position..<end]) else { throw other }
      last = (index, file[position..<end])
      position = end
      absent += waiting
      waiting = []
      succeeded += 1
    }
    guard let last else {
      guard file.count == header.count || position == file.count else { throw other }
      bytes = file[..<header.count]
      return
    }
    guard position == file.count else { throw other }
    guard last.rows.endIndex > vouched || isOwn(last.index, last.rows) else { throw other }
    bytes = file[..<last.rows.endIndex]
    next = last.index + 1
    for index in absent {
      guard case .failure(let error) = panel.forecast(index, model, horizon: horizon, reach: reach).result
      else {
        throw other
      }
      failures.append((panel.keys[index], error))
    }
  }

  /// The end of `rows` complete lines that begin with the mark of a key; `nil` if the file ends before.
  ///
  /// - Throws: `other` if a line of another series comes first.
  private static func end(
    of mark: [UInt8], rows: Int, in file: [UInt8], from start: Int, orElse other: Failure
  ) throws(Failure) -> Int? {
    var position = start
    for _ in 0..<rows {
      if mark.starts(with: file[position...]) { return nil }
      guard file[position...].starts(with: mark) else { throw other }
      guard let line = file[(position + mark.count)...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      position = line + 1
    }
    return position
  }
}
