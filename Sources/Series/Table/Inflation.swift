/// The bytes that a stream of the deflate format stands for (RFC 1951).
struct Inflation {
  private let input: [UInt8]
  private(set) var position: Int
  private let end: Int
  private let limit: Int
  private var bits: UInt64 = 0
  private var bitCount = 0
  private(set) var output: [UInt8] = []

  /// Decompresses a stream that begins at a place.
  ///
  /// Cost: O(bytes written).
  ///
  /// - Returns: The bytes and the place behind the stream; `nil` if the stream is damaged or holds more than `limit` bytes.
  static func bytes(_ input: [UInt8], from start: Int, to end: Int, limit: Int) -> (bytes: [UInt8], end: Int)?
  {
    var stream = Inflation(input, from: start, to: end, limit: limit)
    guard stream.run() else { return nil }
    return (stream.output, stream.position - stream.bitCount / 8)
  }

  private init(_ input: [UInt8], from start: Int, to end: Int, limit: Int) {
    self.input = input
    self.end = min(end, input.count)
    self.limit = limit
    position = start
  }

  private mutating func run() -> Bool {
    while true {
      guard let isLast = take(1), let kind = take(2) else { return false }
      let isRead =
        switch kind {
        case 0: stored()
        case 1: Inflation.fixed.map { block($0.0, $0.1) } ?? false
        case 2: dynamic()
        default: false
        }
      guard isRead else { return false }
      if isLast == 1 { return true }
    }
  }

  // MARK: Bits

  private mutating func fill(_ count: Int) {
    while bitCount < count, position < end {
      bits |= UInt64(input[position]) << UInt64(bitCount)
      position += 1
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int) -> Int? {
    fill(count)
    guard bitCount >= count else { return nil }
    let value = Int(bits & (1 << UInt64(count) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  private mutating func symbol(_ code: PrefixCode) -> Int? {
    fill(15)
    let entry = code.table[Int(bits & UInt64(code.table.count - 1))]
    let length = Int(entry & 15)
    guard length > 0, length <= bitCount else { return nil }
    bits >>= UInt64(length)
    bitCount -= length
    return Int(entry >> 4)
  }

  // MARK: Blocks

  private mutating func stored() -> Bool {
    _ = take(bitCount % 8)
    guard let length = take(16), let complement = take(16), length ^ complement == 0xFFFF else {
      return false
    }
    // Whole bytes may wait among the bits.
    position -= bitCount / 8
    (bits, bitCount) = (0, 0)
    guard position + length <= end, output.count + length <= limit else { return false }
    output += input[position..<position + length]
    position += length
    return true
  }

  private mutating func dynamic() -> Bool {
    guard let literals = take(5), let distances = take(5), let count = take(4) else { return false }
    var lengths = [Int](repeating: 0, count: 19)
    for place in Inflation.lengthOrder.prefix(count + 4) {
      guard let length = take(3) else { return false }
      lengths[place] = length
    }
    guard let code = PrefixCode(lengths) else { return false }
    let all = literals + 257 + distances + 1
    var read: [Int] = []
    while read.count < all {
      guard let symbol = symbol(code) else { return false }
      switch symbol {
      case 0..<16: read.append(symbol)
      case 16:
        guard let last = read.last, let more = take(2) else { return false }
        read += [Int](repeating: last, count: more + 3)
      case 17:
        guard let more = take(3) else { return false }
        read += [Int](repeating: 0, count: more + 3)
      default:
        guard let more = take(7) else { return false }
        read += [Int](repeating: 0, count: more + 11)
      }
    }
    guard read.count == all, let first = PrefixCode(Array(read[..<(literals + 257)])),
      let second = PrefixCode(Array(read[(literals + 257)...]))
    else { return false }
    return block(first, second)
  }

  private mutating func block(_ literals: PrefixCode, _ distances: PrefixCode) -> Bool {
    while true {
      guard let symbol = symbol(literals) else { return false }
      if symbol < 256 {
        guard output.count < limit else { return false }
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return true }
      guard symbol - 257 < Inflation.lengths.count, let more = take(Inflation.lengths[symbol - 257].bits),
        let place = self.symbol(distances), place < Inflation.distances.count,
        let further = take(Inflation.distances[place].bits)
      else { return false }
      let length = Inflation.lengths[symbol - 257].base + more
      let distance = Inflation.distances[place].base + further
      guard distance <= output.count, output.count + length <= limit else { return false }
      let start = output.count - distance
      for offset in 0..<length { output.append(output[start + offset]) }
    }
  }

  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let lengths: [(base: Int, bits: Int)] = {
    var base = 3
    var result: [(base: Int, bits: Int)] = []
    for code in 0..<28 {
      let bits = code < 8 ? 0 : code / 4 - 1
      result.append((base, bits))
      base += 1 << bits
    }
    return result + [(258, 0)]
  }()
  private static let distances: [(base: Int, bits: Int)] = {
    var base = 1
    return (0..<30).map { code in
      let bits = code < 4 ? 0 : code / 2 - 1
      defer { base += 1 << bits }
      return (base, bits)
    }
  }()
  private static let fixed: (PrefixCode, PrefixCode)? = {
    let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    guard let literals = PrefixCode(lengths), let distances = PrefixCode([Int](repeating: 5, count: 30))
    else {
      return nil
    }
    return (literals, distances)
  }()
}

/// A prefix code of at most 15 bits as a table by the next bits: the symbol times 16 and the length of its code.
private struct PrefixCode {
  let table: [UInt16]

  /// Makes the code from the lengths of its symbols; `nil` if there are more codes than bits allow.
  init?(_ lengths: [Int]) {
    let longest = max(1, lengths.max() ?? 0)
    var counts = [Int](repeating: 0, count: longest + 1)
    for length in lengths where length > 0 { counts[length] += 1 }
    var next = [Int](repeating: 0, count: longest + 2)
    var code = 0
    for length in 1...longest {
      next[length] = code
      code += counts[length]
      guard code <= 1 << length else { return nil }
      code <<= 1
    }
    var table = [UInt16](repeating: 0, count: 1 << longest)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      // Codes are read from their first bit.
      var (reversed, rest) = (0, next[length])
      for _ in 0..<length {
        reversed = reversed << 1 | rest & 1
        rest >>= 1
      }
      next[length] += 1
      for place in stride(from: reversed, to: table.count, by: 1 << length) {
        table[place] = UInt16(symbol << 4 | length)
      }
    }
    self.table = table
  }
}

/// The cyclic redundancy check of gzip and zip files.
enum CyclicCheck {
  private static let table: [UInt32] = (0..<256).map { value in
    (0..<8).reduce(UInt32(value)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
  }

  /// Returns the sum of bytes.
  static func sum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8) }
    return ~sum
  }
}
