internal import Forecasting

/// What every encoded model says of itself: its format, such as `foresight.ets`, and the version of it.
struct ModelEnvelope {
  let format: String
  /// The latest version that is written; a later reader still reads it.
  let version: Int
  /// The earliest version that is read.
  let oldest: Int

  private enum CodingKeys: String, CodingKey { case format, version }

  init(_ format: String, version: Int, oldest: Int = 1) {
    self.format = format
    self.version = version
    self.oldest = oldest
  }

  /// Writes format and version beside the model's own keys.
  func write(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(format, forKey: .format)
    try container.encode(version, forKey: .version)
  }

  /// The version of what is read; another format, versions no longer read and versions to come are refused.
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
    guard (oldest...version).contains(number) else {
      let reason =
        number > version
        ? "is later than \(version)" : "is no longer read: fit anew and write version \(version)"
      throw DecodingError.dataCorruptedError(
        forKey: .version, in: container, debugDescription: "version \(number) \(reason)")
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
