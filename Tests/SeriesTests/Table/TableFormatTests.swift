import Foundation
import Series
import Testing

@Suite struct TableFormatTests {
  /// Thirty rows that Python's gzip compressed.
  static let gzip =
    "H4sIAAAAAAACA03OSwoCQQyE4b1nGaVT1c/jCDMLQVAEPb+ko1Tv/iySfM/jdXvs2+d6fx8nJEvnZFu5FG/zNsQAH2o0vVN09m7RZS5EV+8e3bx/d7r3iB7enI352OIo5uccPR9bXAXFQ154KOKhiocmHrp4GOIxiUcTjxCPXHjM4rEsPFbx2BYeu3gcf94XzwZGVnwBAAA="

  @Test func `gzip is known by its content, and damage is refused`() throws {
    let bytes = try #require(Data(base64Encoded: Self.gzip)).map { $0 }
    let series = try TimeSeries(table: Table(bytes: bytes).tidy().table)
    let values: [Double] = (10..<40).map { year in Double(year * 7 % 13) + 0.5 }
    #expect(series.values.compactMap(\.self) == values)
    for place in stride(from: 12, to: bytes.count, by: 3) {
      var damaged = bytes
      damaged[place] ^= 0x10
      // Bits behind the end of the packed data stand for nothing.
      let read = (try? Table(bytes: damaged).tidy()).flatMap { try? TimeSeries(table: $0.table) }
      #expect(read == nil || read == series, "\(place)")
      #expect(throws: ForecastError.self) { try Table(bytes: Array(bytes[..<place])) }
    }
  }

  @Test func `objects of JSON, in lines or in an array, are rows`() throws {
    let lines = [
      "{\"ds\": \"2020-01\", \"y\": 1.125}", "{\"ds\":\"2020-02\",\"y\":null}",
      "{\"y\":-2e1,\"ds\":\"2020\\u002d03\"}",
    ]
    for text in [lines.joined(separator: "\n"), "[" + lines.joined(separator: ",\n") + "]"] {
      let table = try Table(bytes: Array(text.utf8))
      #expect(table.header == ["ds", "y"])
      #expect(try TimeSeries(table: table.tidy().table).values == [1.125, nil, -20])
    }
    for text in ["{\"a\":{\"b\":1}}", "{\"a\":1", "{\"a\" 1}", "{\"a\":1,\"a\":2}"] {
      #expect(throws: ForecastError.self, "\(text)") { try Table(bytes: Array(text.utf8)) }
    }
  }

  /// A zip archive of files that are not packed.
  static func archive(_ files: [(String, String)]) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
    func check(_ bytes: [UInt8]) -> Int {
      var sum: UInt32 = ~0
      for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
      }
      return Int(~sum)
    }
    var (body, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, text) in files {
      let bytes = Array(text.utf8)
      let common =
        number(20, 2) + number(0, 8) + number(check(bytes), 4) + number(bytes.count, 4)
        + number(bytes.count, 4) + number(name.utf8.count, 2) + number(0, 2)
      directory +=
        [0x50, 0x4B, 1, 2] + number(20, 2) + common + number(0, 10) + number(body.count, 4) + Array(name.utf8)
      body += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + bytes
    }
    return body + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + number(files.count, 2)
      + number(files.count, 2)
      + number(directory.count, 4) + number(body.count, 4) + number(0, 2)
  }

  static let workbook = archive([
    (
      "xl/workbook.xml",
      "<workbook><sheets><sheet name=\"Old\" r:id=\"r1\" state=\"hidden\"/><sheet name=\"A &amp; B\" r:id=\"r2\"/></sheets></workbook>"
    ),
    (
      "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/one.xml\"/><Relationship Id=\"r2\" Target=\"/xl/worksheets/two.xml\"/></Relationships>"
    ),
    ("xl/sharedStrings.xml", "<sst><si><t>Month</t></si><si><r><t>Sa</t></r><r><t>les</t></r></si></sst>"),
    (
      "xl/styles.xml",
      "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"mmm\\-yy\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"
    ),
    ("xl/worksheets/one.xml", "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"),
    (
      "xl/worksheets/two.xml",
      """
      <worksheet><sheetData>
      <row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c></row>
      <row r="3"><c r="B3" s="1"><v>43831</v></c><c r="D3"><v>1.125</v></c></row>
      <row r="4"><c r="B4" s="1"><v>43862</v></c><c r="D4"><f>1+1</f><v>2.25</v></c></row>
      <row r="5"><c r="B5" s="1"><v>43891</v></c><c r="D5" t="e"><v>#N/A</v></c></row>
      <row r="6"><c r="B6" s="1"><v>43922</v></c><c r="D6"><v>1E1</v></c></row>
      </sheetData></worksheet>
      """
    ),
  ])

  @Test func `a workbook gives its first visible sheet with dates by their styles`() throws {
    let table = try Table(bytes: Self.workbook)
    #expect(table.header == ["Month", "Sales"])
    #expect(table.notes == ["sheet A & B of 2"])
    let series = try TimeSeries(table: table.tidy().table)
    #expect(series.start == .month(2020, 1))
    #expect(series.values == [1.125, 2.25, nil, 10])
    let old = TableOptions(sheet: "Old")
    #expect(try TimeSeries(table: Table(bytes: Self.workbook, options: old).tidy(old).table).values == [1])
    #expect(throws: ForecastError.self) {
      try Table(bytes: Self.workbook, options: TableOptions(sheet: "None"))
    }
    #expect(throws: ForecastError.self) { try Table(bytes: Array(Self.workbook.dropLast(30))) }
  }

  @Test func `formats that are not read say how to bring them`() {
    for start in [Array("PAR1".utf8), [0x28, 0xB5, 0x2F, 0xFD], Array("ARROW1".utf8)] {
      #expect {
        try Table(bytes: start + [0, 1, 2])
      } throws: { "\($0)".contains("CSV") || "\($0)".contains("zstdcat") }
    }
  }
}
