/// The offsets of a time zone from UTC, from the time zone database of the system.
///
/// Reads the files of RFC 8536 and the rule for later years that ends them.
struct ZoneRules {
  /// The name, such as `Europe/Berlin`.
  let name: String
  /// The seconds since 1970 at which the offset changes, and the offsets from then on.
  private let changes: [Int]
  private let offsets: [Int]
  /// The offset before the first change.
  private let earliest: Int
  private let rule: ZoneFooter?

  /// Reads the rules of a zone.
  ///
  /// - Throws: `ForecastError.invalidOption` if the system does not know the zone.
  init(named name: String) throws(ForecastError) {
    self.name = name
    if name == "UTC" || name == "GMT" || name == "Z" {
      (changes, offsets, earliest, rule) = ([], [], 0, nil)
      return
    }
    let isPlain = name.utf8.allSatisfy { byte in
      byte >= 48 && byte <= 57 || byte >= 65 && byte <= 90 || byte >= 97 && byte <= 122
        || "/_+-".utf8.contains(byte)
    }
    var file: [UInt8]?
    if isPlain, !name.isEmpty, name.first != "/" {
      for folder in ["/usr/share/zoneinfo", "/var/db/timezone/zoneinfo", "/usr/lib/zoneinfo"]
      where file == nil {
        file = ZoneRules.bytes("\(folder)/\(name)")
      }
    }
    guard let file, let parsed = ZoneRules.parse(file) else {
      throw .invalidOption(
        name: "zone", value: name,
        reason: "is not a time zone of this system; expected one such as Europe/Berlin")
    }
    (changes, offsets, earliest) = (parsed.changes, parsed.offsets, parsed.earliest)
    rule = ZoneFooter(parsed.footer)
  }

  /// The seconds that clocks of the zone are ahead of UTC at a time, in seconds since 1970.
  func offset(at second: Int) -> Int {
    guard let last = changes.last, second < last else {
      return rule?.offset(at: second) ?? offsets.last ?? earliest
    }
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? earliest : offsets[low - 1]
  }

  /// The time of a local clock in seconds since 1970, of UTC; `nil` if clocks skip it.
  ///
  /// - Parameter previous: The time of the row before: of an hour that clocks show twice, the first that comes after it.
  func utc(local: Int, after previous: Int) -> Int? {
    // No offset is a day or longer, so that these are all that can apply.
    let candidates = Set([local - 86_400, local, local + 86_400].map { local - offset(at: $0) }).sorted()
    let valid = candidates.filter { $0 + offset(at: $0) == local }
    return valid.first { $0 > previous } ?? valid.last
  }

  private static func bytes(_ path: String) -> [UInt8]? {
    guard let source = try? ByteSource(path: path) else { return nil }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while let count = try? source.read(into: &chunk), count > 0 {
      all += chunk[..<count]
      guard all.count < 1 << 20 else { return nil }
    }
    return all
  }

  private struct Parsed {
    let changes: [Int]
    let offsets: [Int]
    let earliest: Int
    let footer: String
  }

  /// The second, 64-bit part of a file; `nil` if it is not such a file.
  private static func parse(_ file: [UInt8]) -> Parsed? {
    func number(_ place: Int, _ length: Int) -> Int? {
      guard place >= 0, place + length <= file.count else { return nil }
      let unsigned = file[place..<(place + length)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return length == 8 ? Int(Int64(bitPattern: unsigned)) : Int(Int32(bitPattern: UInt32(unsigned)))
    }
    func counts(_ start: Int) -> [Int]? {
      guard file.count >= start + 44, file[start..<(start + 4)].elementsEqual("TZif".utf8),
        file[start + 4] >= 50
      else { return nil }
      let all = (0..<6).compactMap { number(start + 20 + 4 * $0, 4) }
      return all.allSatisfy { (0...100_000).contains($0) } ? all : nil
    }
    // Counts of UT indicators, standard indicators, leap seconds, changes, types and characters.
    guard let first = counts(0) else { return nil }
    let second = 44 + first[3] * 5 + first[4] * 6 + first[5] + first[2] * 8 + first[1] + first[0]
    guard let n = counts(second) else { return nil }
    let times = second + 44
    let types = times + n[3] * 8
    let infos = types + n[3]
    let end = infos + n[4] * 6 + n[5] + n[2] * 12 + n[1] + n[0]
    guard end <= file.count, n[4] > 0 else { return nil }
    let all = (0..<n[4]).compactMap { number(infos + 6 * $0, 4) }
    var changes: [Int] = []
    var offsets: [Int] = []
    for place in 0..<n[3] {
      let type = Int(file[types + place])
      guard let time = number(times + 8 * place, 8), all.indices.contains(type) else { return nil }
      changes.append(time)
      offsets.append(all[type])
    }
    let footer = file[end...].dropFirst().prefix { $0 != 10 }
    return Parsed(
      changes: changes, offsets: offsets, earliest: all[0], footer: String(decoding: footer, as: UTF8.self))
  }
}
