import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// Files that earlier versions of the program wrote.
@Suite struct SavedFitTests {
  private struct Expected: Decodable {
    struct Steps: Decodable {
      let mean: [Double]
      let lower: [Double]
      let upper: [Double]
    }

    let wave: [Double]
    let forecasts: [String: Steps]
  }

  /// Fixtures: a file for each family, written by the program's version 1.0, and the forecasts that it made of them.
  @Test("a fit that an earlier version saved forecasts the same numbers")
  func earlierFiles() throws {
    let expected = try JSONDecoder().decode(Expected.self, from: SavedFixture.data("forecasts"))
    let wave = try Regressors(["wave": expected.wave], start: .month(2016, 1))
    #expect(expected.forecasts.count == SavedFixture.names.count)
    for name in SavedFixture.names {
      let steps = try #require(expected.forecasts[name], "\(name)")
      let fit = try JSONDecoder().decode(FittedModel.self, from: SavedFixture.data(name))
      let forecast = try fit.forecast(6, regressors: fit.usesRegressors ? wave : nil)
      let band = try forecast.interval(0.95)
      for (found, wanted) in [
        (forecast.mean, steps.mean), (band.map(\.lower), steps.lower), (band.map(\.upper), steps.upper),
      ] {
        #expect(
          zip(found, wanted).allSatisfy { abs($0 - $1) <= 1e-12 * max(abs($1), 1) },
          "\(name): \(found), \(wanted)")
      }
      let again = try JSONDecoder().decode(FittedModel.self, from: JSONEncoder().encode(fit))
      #expect(try again.forecast(6, regressors: fit.usesRegressors ? wave : nil).mean == forecast.mean)
    }
  }

  /// Numbers of a file may change on the way: what is read either fails with a typed error, or forecasts, moves on and sums
  /// up with finite numbers or typed errors.
  ///
  /// FORESIGHT_CHANGES=2000 makes as many changes of each family, FORESIGHT_FAMILY=ets those of one; seconds for most,
  /// an hour for a growth curve, whose forecasts draw from a posterior.
  @Test("a file whose digits and bytes were changed never traps", arguments: SavedFixture.names)
  func changedNumbers(name: String) throws {
    let environment = ProcessInfo.processInfo.environment
    if let only = environment["FORESIGHT_FAMILY"], only != name { return }
    let slow = ["bass", "gompertz", "logistic", "ramp-to-capacity", "richards"]
    let count = environment["FORESIGHT_CHANGES"].flatMap { Int($0) } ?? (slow.contains(name) ? 3 : 40)
    let text = Array(try SavedFixture.data(name))
    var changes = TextChanges(seed: 1)
    for change in 0..<count {
      let bytes = changes.changed(text)
      do {
        try use(try JSONDecoder().decode(FittedModel.self, from: Data(bytes)))
      } catch is DecodingError {
      } catch is ForecastError {
      } catch {
        Issue.record("\(name), change \(change): \(error)")
      }
    }
  }

  /// One leaf of the document becomes another value: of each family some leaves, of FORESIGHT_LEAVES=all every leaf and every value.
  @Test("a file with one leaf changed never traps", arguments: SavedFixture.names)
  func changedLeaves(name: String) throws {
    let environment = ProcessInfo.processInfo.environment
    if let only = environment["FORESIGHT_FAMILY"], only != name { return }
    let slow = ["bass", "gompertz", "logistic", "ramp-to-capacity", "richards"]
    let document = try JSONSerialization.jsonObject(with: SavedFixture.data(name))
    let leaves = JSONLeaves.paths(of: document)
    let all = leaves.flatMap { leaf in JSONLeaves.values.indices.map { (leaf, $0) } }
    // A step that has no factor in common with the number of values passes through all of them.
    let wanted = environment["FORESIGHT_LEAVES"] == "all" ? all.count : slow.contains(name) ? 2 : 24
    let step = max(1, all.count / wanted)
    for index in stride(from: 0, to: all.count, by: step % JSONLeaves.values.count == 0 ? step + 1 : step) {
      let (leaf, value) = all[index]
      let changed = JSONLeaves.setting(document, leaf[...], to: JSONLeaves.values[value])
      do {
        try use(
          try JSONDecoder().decode(FittedModel.self, from: JSONSerialization.data(withJSONObject: changed)))
      } catch is DecodingError {
      } catch is ForecastError {
      } catch {
        Issue.record("\(name), \(leaf) = \(JSONLeaves.values[value]): \(error)")
      }
    }
  }

  private func use(_ fit: FittedModel) throws {
    let wave = try Regressors(
      ["wave": (0..<80).map { sin(Double($0)) }], start: max(fit.series.end, .month(2016, 1)) - 60)
    let regressors = fit.usesRegressors ? wave : nil
    func check(_ fit: FittedModel) throws {
      let forecast = try fit.forecast(6, regressors: regressors).checked(reach: .infinity)
      #expect(forecast.mean.allSatisfy(\.isFinite) && forecast.quantile(0.9).allSatisfy(\.isFinite))
    }
    _ = fit.summary.shortfall
    _ = fit.residuals
    do { try check(fit) } catch is ForecastError {}
    do { try check(fit.updated(to: fit.series, regressors: regressors)) } catch is ForecastError {}
    let last = fit.series.observations.last { $0.value != nil }?.value ?? 1
    let next = [
      Observation(PeriodSpan(fit.series.end + 1), last), Observation(PeriodSpan(fit.series.end + 2), nil),
    ]
    do { try check(fit.appending(next, regressors: regressors)) } catch is ForecastError {}
  }
}

/// The saved fits among the fixtures.
private enum SavedFixture {
  static let names = [
    "arima", "auto", "bass", "bootstrap", "ces", "combination", "conformal", "croston", "drift", "ets",
    "explanatory-arima", "explanatory-regression", "exponential-growth", "gompertz", "imapa",
    "linear-regression", "logistic", "mean", "mstl", "naive", "ramp-to-capacity", "richards",
    "seasonal-naive", "theta", "transformed",
  ]

  static func data(_ name: String) throws -> Data {
    try Data(
      contentsOf: #require(
        Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures/saved")))
  }
}

/// Changes of a text: digits, signs and exponents of its numbers, now and then any byte.
private struct TextChanges {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  private mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  /// The text with one to three changes.
  mutating func changed(_ text: [UInt8]) -> [UInt8] {
    var bytes = text
    for _ in 0...next(3) {
      let place = next(bytes.count)
      guard let digit = (place..<bytes.count).first(where: { (48...57).contains(bytes[$0]) }) else {
        continue
      }
      switch next(8) {
      case 0: bytes[place] = UInt8(next(256))
      case 1: bytes.replaceSubrange(digit...digit, with: Array("-".utf8) + [bytes[digit]])
      case 2:
        bytes.insert(
          contentsOf: Array(["e308", "e-308", "e30", "e9", "e18", "e150"][next(6)].utf8), at: digit + 1)
      case 3:
        bytes.replaceSubrange(
          number(bytes, at: digit), with: Array(TextChanges.extremes[next(TextChanges.extremes.count)].utf8))
      case 4: bytes.remove(at: digit)
      case 5: bytes.insert(UInt8(48 + next(10)), at: digit)
      default: bytes[digit] = UInt8(48 + next(10))
      }
    }
    return bytes
  }

  private static let extremes = [
    "0", "1", "-1", "2", "1000000", "1e308", "-1e308", "1e-308", "9223372036854775807",
    "-9223372036854775808",
    "4611686018427387904", "null", "100000000000",
  ]

  /// The whole of the number that a digit belongs to.
  private func number(_ bytes: [UInt8], at digit: Int) -> Range<Int> {
    func isPart(_ byte: UInt8) -> Bool { (48...57).contains(byte) || [43, 45, 46, 69, 101].contains(byte) }
    var low = digit
    var high = digit
    while low > 0, isPart(bytes[low - 1]) { low -= 1 }
    while high + 1 < bytes.count, isPart(bytes[high + 1]) { high += 1 }
    return low..<(high + 1)
  }
}

/// The leaves of a JSON document, and what they may become.
private enum JSONLeaves {
  static var values: [Any] {
    [
      0, -1, 1, 1e300, -0.02, 1e155, 4.6e18, -1e300, 9_223_372_036_854_775_807 as Int, NSNull(), "x", true,
      [Int](),
    ]
  }

  /// The paths of all leaves, in the order of their keys; of a long list, its ends.
  static func paths(of value: Any) -> [[String]] {
    if let mapping = value as? [String: Any] {
      return mapping.keys.sorted().flatMap { key in
        paths(of: mapping[key] ?? NSNull()).map { [key] + $0 }
      }
    }
    guard let list = value as? [Any] else { return [[]] }
    let places = list.count <= 3 ? Array(list.indices) : [0, 1, list.count - 1]
    return places.flatMap { place in paths(of: list[place]).map { ["\(place)"] + $0 } }
  }

  /// The document with another value at a path.
  static func setting(_ value: Any, _ path: ArraySlice<String>, to new: Any) -> Any {
    guard let key = path.first else { return new }
    if var mapping = value as? [String: Any] {
      mapping[key] = setting(mapping[key] ?? NSNull(), path.dropFirst(), to: new)
      return mapping
    }
    guard var list = value as? [Any], let place = Int(key), list.indices.contains(place) else { return value }
    list[place] = setting(list[place], path.dropFirst(), to: new)
    return list
  }
}
