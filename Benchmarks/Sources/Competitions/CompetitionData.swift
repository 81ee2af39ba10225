import Forecasting
import Foundation

/// One series of a competition: the training part and the test part.
struct CompetitionSeries {
  let id: String
  let group: String
  let season: Int
  let training: [Double]
  let test: [Double]

  var horizon: Int { test.count }

  /// The training part as a series of levels on an integer index.
  func series() throws -> TimeSeries {
    try TimeSeries(
      training, start: Period(.index, ordinal: 1), name: id, rule: .mean, seasonalPeriod: season)
  }

  /// The mean absolute seasonal difference of the training part, which scales MASE and MSIS.
  var scale: Double {
    let changes = (season..<training.count).map { abs(training[$0] - training[$0 - season]) }
    return changes.reduce(0, +) / Double(changes.count)
  }

  /// The series as of one horizon earlier, for choices that must not see the test part; `nil` if it is too short.
  var earlier: CompetitionSeries? {
    let kept = training.count - horizon
    guard kept >= 8, kept > 2 * season + 2 else { return nil }
    return CompetitionSeries(
      id: id, group: group, season: season, training: Array(training[..<kept]), test: Array(training[kept...])
    )
  }
}

/// The files of a competition: `NAME.csv[.gz]` (unique_id, ds, y, split) and `NAME_meta.csv` (unique_id, period, season).
struct CompetitionData {
  let series: [CompetitionSeries]

  init(directory: URL, name: String) throws {
    var order: [String] = []
    var groups: [String: (group: String, season: Int)] = [:]
    for row in try CompetitionData.rows(directory, "\(name)_meta.csv") {
      order.append(row[0])
      groups[row[0]] = (row[1], Int(row[2]) ?? 1)
    }
    var training: [String: [Double]] = [:]
    var test: [String: [Double]] = [:]
    for row in try CompetitionData.rows(directory, "\(name).csv") {
      guard let value = Double(row[2]) else {
        throw CompetitionFault(text: "\(row[0]): \(row[2]) is not a number")
      }
      if row[3] == "train" {
        training[row[0], default: []].append(value)
      } else {
        test[row[0], default: []].append(value)
      }
    }
    series = order.compactMap { id in
      guard let group = groups[id], let given = training[id], let asked = test[id] else { return nil }
      return CompetitionSeries(
        id: id, group: group.group, season: group.season, training: given, test: asked)
    }
  }

  /// The rows of a CSV file without its header, from `NAME` or `NAME.gz`.
  static func rows(_ directory: URL, _ name: String) throws -> [[String]] {
    let plain = directory.appendingPathComponent(name)
    let data: Data
    if FileManager.default.fileExists(atPath: plain.path) {
      data = try Data(contentsOf: plain)
    } else {
      let unpacker = Process()
      let pipe = Pipe()
      unpacker.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      unpacker.arguments = ["gzip", "-dc", plain.path + ".gz"]
      unpacker.standardOutput = pipe
      try unpacker.run()
      data = pipe.fileHandleForReading.readDataToEndOfFile()
      unpacker.waitUntilExit()
      guard unpacker.terminationStatus == 0 else {
        throw CompetitionFault(text: "cannot read \(plain.path)")
      }
    }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst().map(fields)
  }

  /// The fields of a row; commas inside double quotes do not separate fields.
  private static func fields(_ row: Substring) -> [String] {
    var result = [""]
    var isQuoted = false
    for character in row {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        result.append("")
      } else {
        result[result.count - 1].append(character)
      }
    }
    return result
  }
}

/// The reason that a competition cannot be run.
struct CompetitionFault: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}
