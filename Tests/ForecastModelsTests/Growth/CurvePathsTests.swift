import Testing

@testable import ForecastModels

@Suite("Sample paths of growth curves")
struct CurvePathsTests {
  @Test("no two steps of any paths share a random number, beyond 65,536 steps too")
  func keys() {
    var seen: Set<[Int]> = []
    var count = 0
    for path in [0, 1, 2, 4095] {
      for step in [0, 1, 65_534, 65_535, 65_536, 65_537, 131_071, 131_072, 1_000_000] {
        let key = CurvePaths.key(path: path, step: step)
        seen.insert([key.replicate, key.draw])
        count += 1
      }
    }
    #expect(seen.count == count)
    let early = CurvePaths.key(path: 3, step: 5)
    #expect(early.replicate == 0 && early.draw == 3 << 16 | 5)
  }
}
