import Foundation
import Testing

@testable import Series

@Suite("SHA-256")
struct ContentHashTests {
  @Test(
    "the examples of FIPS 180-4 and of NIST's validation suite",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func vectors(_ text: String, _ hash: String) {
    #expect(ContentHash(text).description == hash)
  }

  @Test("pieces of any length give the hash of the whole")
  func pieces() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    let whole = ContentHash(bytes)
    for length in [1, 7, 63, 64, 65, 128, 999] {
      var hasher = ContentHasher()
      for start in stride(from: 0, to: bytes.count, by: length) {
        hasher.add(Array(bytes[start..<min(start + length, bytes.count)]))
      }
      #expect(hasher.hash == whole, "in pieces of \(length)")
    }
  }

  @Test(
    "every change of a bit changes the hash, also around the length of a block",
    arguments: [55, 56, 63, 64, 65])
  func bits(_ length: Int) {
    let bytes = [UInt8](repeating: 0x5A, count: length)
    var seen: Set<ContentHash> = [ContentHash(bytes)]
    for bit in 0..<(8 * length) {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(seen.insert(ContentHash(changed)).inserted)
    }
  }
}
