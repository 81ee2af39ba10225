internal import Forecasting

/// What an unfinished batch is made of, and the SHA-256 of each block of its rows, in a file of its own: `FILE.partial.manifest`.
///
/// The first line names the input by its SHA-256, the model, the options and the version; each further line is the end of a block in the
/// unfinished file and the SHA-256 of the bytes since the block before. A batch is resumed only with the same first line, and only with
/// rows that are as they were written.
struct BatchManifest {
  let path: String
  private let heading: String
  private var end = 0
  private var sums: [String] = []

  /// The name of the manifest of a batch's output.
  static func path(_ output: String) -> String { OutputFile.partialPath(output) + ".manifest" }

  /// The manifest of a run, before anything is written; `options` are what its forecasts depend on.
  init(output: String, input: String, options: [String]) throws {
    path = Self.path(output)
    let hash = input == "-" ? "-" : try fileHash(input).description
    let parts = ["foresight \(toolVersion)", "input \(hash)"] + options
    heading = parts.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }.joined(
      separator: "; ")
  }

  /// Whether the blocks that another run left are of this run; rows beyond the last block are not vouched for.
  ///
  /// - Throws: `Failure` of kind `.input` for a manifest of another run, and for rows that were changed since.
  mutating func takesUp(_ output: String) throws -> Bool {
    guard fileExists(path) else { return false }
    let partial = OutputFile.partialPath(output)
    let lines = String(decoding: try fileBytes(path), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.first.map(String.init) == heading else {
      throw Failure(
        .input,
        "\(partial) was started with another input, model, options or version; remove it to start over")
    }
    let bytes = try fileBytes(partial)
    // The last line may have been cut short.
    for line in lines.dropFirst().dropLast() {
      let fields = line.split(separator: " ")
      let next = fields.count == 2 ? Int(fields[0]) : nil
      // A loss of power can take rows that the manifest has.
      if let next, next > bytes.count { break }
      guard let next, next >= end, Self.checksum(bytes[end..<next]) == fields[1] else {
        throw Failure(.input, "\(partial) was changed after it was written; remove it to start over")
      }
      sums.append(String(line))
      end = next
    }
    return true
  }

  /// The bytes that are vouched for.
  var vouched: Int { end }

  /// Writes the manifest of what is kept of an unfinished file.
  ///
  /// - Throws: `Failure` when it cannot be written.
  mutating func begin(keeping kept: ArraySlice<UInt8>) throws(Failure) {
    sums = kept.isEmpty ? [] : ["\(kept.count) \(Self.checksum(kept))"]
    end = kept.count
    try writeWhole(([heading] + sums).map { $0 + "\n" }.joined(), to: path, by: path + ".new")
  }

  /// Notes a block that has been written.
  ///
  /// - Throws: `Failure` when it cannot be written.
  mutating func add(_ block: String) throws(Failure) {
    guard !block.isEmpty else { return }
    end += block.utf8.count
    try append("\(end) \(Self.checksum(block.utf8))\n", to: path)
  }

  private static func checksum(_ bytes: some Sequence<UInt8>) -> String { ContentHash(bytes).description }
}
