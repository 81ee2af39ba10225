import ForesightNumerics
import Testing

@Suite struct Philox4x64Tests {
  typealias Four = (UInt64, UInt64, UInt64, UInt64)

  func same(_ a: Four, _ b: Four) -> Bool { a == b }

  /// The three known answers of Random123 1.14 (`kat_vectors`, philox4x64 10).
  @Test func `Random123's known answers`() {
    let ones = UInt64.max
    let zero = Philox4x64.block(counter: (0, 0, 0, 0), key: (0, 0))
    #expect(
      same(zero, (0x1655_4D9E_CA36_314C, 0xDB20_FE9D_672D_0FDC, 0xD7E7_72CE_E186_176B, 0x7E68_B68A_EC7B_A23B))
    )
    let full = Philox4x64.block(counter: (ones, ones, ones, ones), key: (ones, ones))
    #expect(
      same(full, (0x87B0_92C3_013F_E90B, 0x438C_3C67_BE8D_0224, 0x9CC7_D7C6_9CD7_77B6, 0xA09C_AEBF_594F_0BA0))
    )
    let pi = Philox4x64.block(
      counter: (0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344, 0xA409_3822_299F_31D0, 0x082E_FA98_EC4E_6C89),
      key: (0x4528_21E6_38D0_1377, 0xBE54_66CF_34E9_0C6C))
    #expect(
      same(pi, (0xA528_F454_03E6_1D95, 0x38C7_2DBD_566E_9788, 0xA5A1_610E_72FD_18B5, 0x57BD_43B5_E52B_7FE6)))
  }

  @Test func `numpy's blocks`() throws {
    for entry in try RandomReference.load().philox {
      let key = try entry.key.map { try #require(UInt64($0, radix: 16)) }
      let counter = try entry.counter.map { try #require(UInt64($0, radix: 16)) }
      let block = try entry.block.map { try #require(UInt64($0, radix: 16)) }
      let ours = Philox4x64.block(
        counter: (counter[0], counter[1], counter[2], counter[3]), key: (key[0], key[1]))
      #expect(same(ours, (block[0], block[1], block[2], block[3])))
    }
  }

  @Test func `a generator walks its counters, carries included`() {
    var generator = Philox4x64(key: (5, 6), counter: (.max, .max, .max, 9))
    for counter: Four in [(.max, .max, .max, 9), (0, 0, 0, 10), (1, 0, 0, 10)] {
      let words = (generator.next(), generator.next(), generator.next(), generator.next())
      #expect(same(words, Philox4x64.block(counter: counter, key: (5, 6))))
    }
  }
}
