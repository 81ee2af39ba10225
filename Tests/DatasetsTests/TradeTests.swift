import Datasets
import Forecasting
import Foundation
import Testing

@Suite struct TradeTests {
  /// A printed figure in units of 10⁻⁴, so that sums are exact.
  func exact(_ text: String) throws -> Int {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? String(parts[1]) : ""
    try #require(decimals.count <= 4 && parts.count <= 2)
    return try #require(Int(String(parts[0]) + decimals + String(repeating: "0", count: 4 - decimals.count)))
  }

  /// The rows of a trade file: their spans and exact values.
  func rows(_ file: String) throws -> [(span: PeriodSpan, value: Int)] {
    let table = try Datasets.table("trade/china_russia_trade_\(file).csv")
    let period = try table.requiredColumn("period")
    let value = try table.requiredColumn("value")
    return try table.rows.map { row in
      (try #require(PeriodSpan(row.fields[period])), try exact(row.fields[value]))
    }
  }

  @Test func `the total of 2022-01 … 2026-04 is 44 segments for 52 months, 37 of them single`() throws {
    let total = try Datasets.chinaRussiaTrade.total(from: .month(2022, 1))
    #expect(total.end == .month(2026, 4))
    #expect(total.periodCount == 52)
    #expect(total.count == 44)
    #expect(total.observedCount == 44)
    #expect(total.observations.count { $0.span.count == 1 } == 37)
    let whole = try Datasets.chinaRussiaTrade.total()
    #expect(whole.count == 84)
    #expect(whole.gapCount == 0 && whole.missingCount == 0)
    let start = Period.month(2022, 1)
    for part in [
      try Datasets.chinaRussiaTrade.exports(from: start), try Datasets.chinaRussiaTrade.imports(from: start),
    ] {
      #expect(part.observedCount == 42)
      #expect(part.periodCount == 52)
    }
  }

  @Test(arguments: ["total", "exports", "imports"])
  func `segments that fill a year add up exactly to its annual figure`(part: String) throws {
    let segments = try rows("segments_\(part)")
    var checked: [Int] = []
    for (year, value) in try rows("annual_\(part)") {
      let months = PeriodSpan(.month(year.first.ordinal, 1), count: 12)
      let inside = segments.filter { months.contains($0.span.first) }
      guard inside.reduce(0, { $0 + $1.span.count }) == 12 else { continue }
      #expect(inside.allSatisfy { months.contains($0.span.last) })
      #expect(inside.reduce(0) { $0 + $1.value } == value, "\(year)")
      checked.append(year.first.ordinal)
    }
    let parts = [2016, 2018, 2019, 2020, 2022, 2023, 2024]
    #expect(checked == (part == "total" ? [2013, 2014] + Array(2016...2025) : parts))
  }

  @Test(arguments: ["total", "exports", "imports"])
  func `every figure since January is the sum of the segments so far`(part: String) throws {
    let segments = try rows("segments_\(part)")
    var checked = 0
    for (month, value) in try rows("ytd_\(part)") {
      let year = PeriodSpan(.month(month.first.calendarYear, 1), through: month.first)
      let inside = segments.filter { year.contains($0.span.first) && year.contains($0.span.last) }
      guard inside.reduce(0, { $0 + $1.span.count }) == year.count else { continue }
      #expect(inside.reduce(0) { $0 + $1.value } == value, "\(month)")
      checked += 1
    }
    #expect(checked >= 60)
  }

  @Test func `exports and imports make the total to within the published contradictions`() throws {
    let exports = try Dictionary(uniqueKeysWithValues: rows("segments_exports").map { ($0.span, $0.value) })
    let imports = try Dictionary(uniqueKeysWithValues: rows("segments_imports").map { ($0.span, $0.value) })
    var differences: [Int] = []
    for (span, total) in try rows("segments_total") {
      guard let out = exports[span], let back = imports[span] else { continue }
      differences.append(abs(total - out - back))
    }
    #expect(differences.count == 73)
    #expect(differences.count { $0 > 0 } == 34)
    #expect(differences.count { $0 > 50 } == 23)
    #expect(differences.max() == 2370)
  }
}
