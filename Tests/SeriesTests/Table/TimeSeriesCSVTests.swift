import Foundation
import Series
import Testing

@Suite struct TimeSeriesCSVTests {
  func read(
    _ text: String, gaps: GapPolicy = .missing, frequency: Frequency? = nil
  ) throws(ForecastError) -> TimeSeries {
    try TimeSeries(
      table: CSVTable(text: text, file: "s.csv"), name: "s", frequency: frequency, gaps: gaps)
  }

  func expectFault(
    _ kind: DataFault.Kind, line: Int?, _ text: String, gaps: GapPolicy = .missing,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do {
      let series = try read(text, gaps: gaps)
      Issue.record("read \(series.values)", sourceLocation: sourceLocation)
    } catch .data(let fault) {
      #expect(fault.kind == kind, sourceLocation: sourceLocation)
      #expect(fault.line == line, sourceLocation: sourceLocation)
      #expect(fault.file == "s.csv", sourceLocation: sourceLocation)
    } catch { Issue.record(error, sourceLocation: sourceLocation) }
  }

  @Test func `periods, spans, units, sources and notes are read`() throws {
    let series = try read(
      "period,value,unit,source_id,note\n2022-01/2022-02,10.5,t,a,\n2022-03,,t,b,\"late, said\"\n2022-05,-2e1,t,a,\n"
    )
    #expect(series.unit == "t")
    #expect(series.values == [10.5, nil, nil, -20])
    #expect(series.gapCount == 1)
    #expect(series.observations[1].note == "late, said")
    #expect(series.observations.map(\.source) == ["a", "b", nil, "a"])
    #expect(series.provenance.file == "s.csv")
  }

  @Test func `each fault names its line`() {
    let march = PeriodSpan(.month(2022, 3))
    let first = PeriodSpan(.month(2022, 1))
    expectFault(.badPeriod("2022-13"), line: 3, "period,value\n2022-01,1\n2022-13,2\n")
    expectFault(.badPeriod("2022-03/2022-01"), line: 2, "period,value\n2022-03/2022-01,1\n")
    expectFault(.badNumber("1,5"), line: 3, "period,value\n2022-01,1\n2022-02,\"1,5\"\n")
    expectFault(.badNumber("inf"), line: 2, "period,value\n2022-01,inf\n")
    expectFault(.mixedUnits("kg", "t"), line: 3, "period,value,unit\n2022-01,1,t\n2022-02,1,kg\n")
    expectFault(.duplicate(first), line: 4, "period,value\n2022-01,1\n2022-02,2\n2022-01,1\n")
    expectFault(
      .overlap(march, PeriodSpan(.month(2022, 2), count: 2)), line: 4,
      "period,value\n2022-01,1\n2022-02/2022-03,5\n2022-03,2\n")
    expectFault(.mixedFrequencies(.quarter, .month), line: 3, "period,value\n2022-01,1\n2022-Q2,1\n")
    expectFault(
      .gap(PeriodSpan(.month(2022, 2))), line: 3, "period,value\n2022-01,1\n2022-03,1\n", gaps: .refuse)
    expectFault(.fieldCount(expected: 2, found: 3), line: 3, "period,value\n2022-01,1\n2022-02,2,3\n")
    expectFault(.missingColumn("value", found: ["period", "amount"]), line: 1, "period,amount\n2022-01,1\n")
    expectFault(.unterminatedQuote, line: 3, "period,value\n2022-01,1\n\"2022-02,1\n\n")
    expectFault(.empty, line: nil, "period,value\n")
    expectFault(.empty, line: nil, "\n\n")
  }

  @Test func `rows may be in any order`() throws {
    let rows = ["2022-03,3", "2022-01,1", "2022-05/2022-06,5", "2022-02,2"]
    let sorted = try read("period,value\n" + rows.sorted().joined(separator: "\n") + "\n")
    #expect(sorted.values == [1, 2, 3, nil, 5])
    for shift in rows.indices {
      let shifted = rows[shift...] + rows[..<shift]
      #expect(try read("period,value\n" + shifted.joined(separator: "\n") + "\n") == sorted)
      #expect(try read("period,value\n" + shifted.reversed().joined(separator: "\n") + "\n") == sorted)
    }
    // The later row of two for one period is the one at fault.
    let march = PeriodSpan(.month(2022, 3))
    expectFault(.duplicate(march), line: 4, "period,value\n2022-03,1\n2022-01,1\n2022-03,2\n")
  }

  @Test func `marks of missing values, space around fields and the case of names are no faults`() throws {
    let series = try read(
      " Period , VALUE \n2022-01, 1.5 \n2022-02,NA\n2022-03,NaN\n 2022-04 ,nan\n2022-05,N/A\n"
        + "2022-06,null\n2022-07, \n2022-08,\n2022-09,2\n")
    #expect(series.start == .month(2022, 1))
    #expect(series.values == [1.5, nil, nil, nil, nil, nil, nil, nil, 2])
    // The name as it is written comes first; two others cannot be told apart.
    #expect(try read("PERIOD,VALUE,period,value\n1,2,2022,7\n").start == .year(2022))
    expectFault(.repeatedColumn("value"), line: 1, "period,VALUE,Value\n2022,1,2\n")
    expectFault(.badNumber("n.a."), line: 2, "period,value\n2022,n.a.\n")
  }

  @Test func `a fault of a header says what it has, one of a period what is read`() {
    func text(_ kind: DataFault.Kind) -> String { "\(DataFault(kind))" }
    #expect(
      text(.missingColumn("y", found: ["ds", "sales"])).hasSuffix("; its columns are \"ds\", \"sales\""))
    #expect(text(.missingColumn("y", found: ["ds;y"])).hasSuffix("separated by semicolons, not commas"))
    #expect(text(.missingColumn("y", found: ["ds\ty"])).hasSuffix("separated by tabs, not commas"))
    let many = (0..<30).map { "c\($0)" }
    #expect(text(.missingColumn("y", found: many)).hasSuffix("\"c9\" and 20 more"))
    let forms = ["2020-01-31", "2020-01", "2020-Q1", "2020-W05", "2020", "7"]
    for form in forms { #expect(Period(form) != nil) }
    for form in forms.dropLast() { #expect(text(.badPeriod("31/01/2020")).contains(form)) }
  }

  @Test func `a fault's line counts the lines inside quotes`() {
    expectFault(.badNumber("x"), line: 4, "period,value,note\n2022-01,1,\"two\nlines\"\n2022-02,x,\n")
  }

  @Test func `integers are years where all have four digits, else an index`() throws {
    #expect(try read("period,value\n1999,1\n2000,2\n").frequency == .year)
    #expect(try read("period,value\n999,1\n1000,2\n").frequency == .index)
    #expect(try read("period,value\n1999,1\n2000,2\n", frequency: .index).frequency == .index)
  }

  @Test func `what is written reads back`() throws {
    for text in [
      "period,value,unit,source_id,note\n2022-01/2022-02,0.1,\"USD, bn\",a,\"said \"\"so\"\"\"\n2022-03,,\"USD, bn\",,\n",
      "period,value,unit,source_id\n2020-W53,1e-300,x,\n2021-W01,123456789.12345679,x,\n",
      "period,value,unit,source_id\n-2,1.0,,\n-1,2.0,,\n0,3.0,,\n",
    ] {
      let series = try read(text)
      let again = try read(series.csv())
      #expect(again == series)
    }
    let business = try read("period,value\n2024-01-05,1\n2024-01-08,2\n", frequency: .businessDay)
    #expect(business.values == [1, 2])
    #expect(try read(business.csv(), frequency: .businessDay).observations == business.observations)
  }

  @Test func `a byte order mark, CRLF and a missing last line end are read`() throws {
    #expect(try read("\u{FEFF}period,value\r\n2022-01,1\r\n2022-02,2").values == [1, 2])
  }

  @Test func `files: by name, missing, not text`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "series-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "flow.csv")
    try Data("period,value\n2022,1\n2023,2\n".utf8).write(to: file)
    #expect(try TimeSeries(csv: file.path).name == "flow")
    let binary = folder.appending(path: "binary.csv")
    try Data([0x70, 0xFF, 0xFE, 0x00]).write(to: binary)
    #expect(throws: ForecastError.self) { try TimeSeries(csv: binary.path) }
    let missing = folder.appending(path: "none.csv").path
    #expect(throws: ForecastError.data(DataFault(.unreadable("no such file"), file: missing))) {
      try TimeSeries(csv: missing)
    }
  }

  @Test func `a fault reads as file, line and what is wrong`() {
    let fault = DataFault(.badNumber("x"), series: "s", file: "s.csv", line: 7)
    #expect("\(fault)" == "s.csv:7: \"x\" is not a finite number; expected digits such as 6.9 (series s)")
    #expect("\(ForecastError.data(fault))" == "\(fault)")
  }
}
