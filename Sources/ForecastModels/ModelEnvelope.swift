internal import Forecasting

/// What every encoded model says of itself: its format, such as `foresight.ets`, and the version of it.
struct ModelEnvelope {
  let format: String
  /// The latest version that is written; a later reader still reads it.
  let version: Int

  private enum CodingKeys: String, CodingKey { case format, version }

  init(_ format: String, version: Int) {
    self.format = format
    self.version = version
  }

  /// Writes format and version beside the model's own keys.
  func write(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(format, forKey: .format)
    try container.encode(version, forKey: .version)
  }

  /// The version of what is read; another format and versions to come are refused.
  ///
  /// - Throws: `DecodingError`.
  @discardableResult
  func check(_ decoder: any Decoder) throws -> Int {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let found = try container.decode(String.self, forKey: .format)
    guard found == format else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: container, debugDescription: "\(found) is not \(format)")
    }
    let number = try container.decode(Int.self, forKey: .version)
    guard (1...version).contains(number) else {
      throw DecodingError.dataCorruptedError(
        forKey: .version, in: container, debugDescription: "version \(number) is later than \(version)")
    }
    return number
  }
}

extension TimeSeries {
  /// The last two cycles, 24 observations at least: what an encoded model that carries its state keeps of its series.
  func tail(cycle: Int) -> TimeSeries {
    let first = max(count - max(24, 2 * cycle), 0)
    return slice(from: observations[first].span.first) ?? self
  }
}
