import Series
import Testing

@Suite struct TableTests {
  func tidy(_ text: String, _ options: TableOptions = TableOptions(), isPanel: Bool = false)
    throws(ForecastError) -> TidyTable
  {
    try Table(bytes: Array(text.utf8), file: "t.csv", options: options).tidy(options, isPanel: isPanel)
  }

  func values(_ text: String, _ options: TableOptions = TableOptions()) throws(ForecastError) -> [Double?] {
    try TimeSeries(table: tidy(text, options).table).values
  }

  func fault(
    _ text: String, _ options: TableOptions = TableOptions(), isPanel: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> DataFault? {
    do {
      let read = try tidy(text, options, isPanel: isPanel)
      Issue.record("read \(read.table.rows)", sourceLocation: sourceLocation)
    } catch .data(let fault) {
      return fault
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
  }

  @Test func `numbers are read as people write them`() throws {
    let cells: [(String, Double)] = [
      ("6884.2", 6884.2), ("\"6,884.2\"", 6884.2), ("6 884.2", 6884.2), ("6'884.2", 6884.2), ("(10)", -10),
      ("\u{2212}3.5", -3.5), ("$5.25", 5.25), ("12p", 12), ("7.5*", 7.5), ("-$4", -4), ("($4.5)", -4.5),
      ("1.5e3", 1500), ("+2", 2), ("12 (r)", 12),
    ]
    for (cell, value) in cells {
      let text = "period,value\n2020-01,0.5\n2020-02,\(cell)\n"
      #expect(try values(text) == [0.5, value], "\(cell)")
    }
  }

  @Test func `multiples, errors of spreadsheets and words are no numbers`() {
    for cell in [
      "12k", "3m", "1.2bn", "#REF!", "#DIV/0!", "abc", "1.2.3", "1,2,3", "12,34.5", "5 6", "0x10", "inf",
      "--5", "(5",
    ] {
      let found = fault("period;value\n2020-01;0.5\n2020-02;\(cell)\n2020-03;1.5\n")
      #expect(found?.kind == .badNumber(cell) && found?.line == 3, "\(cell)")
    }
  }

  @Test func `numbers that may be two are refused with both`() throws {
    let text = "period;value\n2020-01;1,234\n2020-02;5,678\n"
    #expect(
      fault(text)?.kind
        == .ambiguousNumber(
          "1,234", readings: ["1234", "1.234"], option: "--decimal point or --decimal comma"))
    #expect(try values(text, TableOptions(decimal: .point)) == [1234, 5678])
    #expect(try values(text, TableOptions(decimal: .comma)) == [1.234, 5.678])
    // One that tells is enough.
    #expect(try values("period;value\n2020-01;1,234\n2020-02;5,6\n") == [1.234, 5.6])
    #expect(try values("period;value\n2020-01;1,234\n2020-02;5,678.5\n") == [1234, 5678.5])
    #expect(try values("period;value\n2020-01;1.234\n2020-02;1.234.567\n") == [1234, 1_234_567])
  }

  @Test func `percent and currencies are noted, and not mixed`() throws {
    #expect(try tidy("period,value\n2020-01,5%\n2020-02,6%\n").notes == ["values are in percent"])
    #expect(fault("period,value\n2020-01,5%\n2020-02,6\n")?.kind == .mixedUnits("", "%"))
    #expect(fault("period,value\n2020-01,$5\n2020-02,€6\n")?.kind == .mixedUnits("€", "$"))
  }

  @Test func `titles, units and totals around the table are left out and noted`() throws {
    let read = try tidy(
      "Sales of the north\n\nDatum;Wert\n;kg\n2020-01;1,5\n2020-02;2,5\n2020-03;3,5\nSumme;7,5\nQuelle: Amt\n"
    )
    #expect(read.table.rows.map(\.fields) == [["2020-01", "1.5"], ["2020-02", "2.5"], ["2020-03", "3.5"]])
    #expect(read.table.rows.map(\.line) == [5, 6, 7])
    #expect(read.hasOmissions)
    #expect(read.note?.contains("lines 8 to 9 below it") == true, "\(read.notes)")
  }

  @Test func `a row that is no footer is not dropped`() throws {
    for last in ["2020-13,9", "x,9", ",9"] {
      #expect(throws: ForecastError.self, "\(last)") {
        try values("when,units\n2020-01,1\n2020-02,2\n2020-03,3\n2020-04,2\n2020-05,2\n\(last)\n")
      }
    }
    #expect(fault("2019-13,4\n2020-01,1\n2020-02,2\n2020-03,3\n")?.kind == .badPeriod("2019-13"))
  }

  @Test func `columns are found, or several are named`() throws {
    #expect(try values("date,place,units\n2020-01,a,1\n2020-02,a,2\n") == [1, 2])
    #expect(try values("units,date\n1,2020-01\n2,2020-02\n") == [1, 2])
    #expect(try values("2020-01,1\n2020-02,2\n") == [1, 2])
    let wide = "date,a,b\n2020-01,1,4\n2020-02,2,5\n"
    #expect(fault(wide)?.kind == .severalColumns("numbers", found: ["a", "b"], option: "--value NAME"))
    #expect(try values(wide, TableOptions(value: "b")) == [4, 5])
    #expect(fault(wide, TableOptions(value: "c"))?.kind == .missingColumn("c", found: ["date", "a", "b"]))
    for header in ["value,VALUE", "Value,VALUE"] {
      let names = header.split(separator: ",").map(String.init)
      let text = "\(header),period\n1,5,2020-01\n2,6,2020-02\n"
      #expect(
        fault(text)?.kind == .severalColumns("\"value\"", found: names, option: "--value NAME"))
      #expect(try values(text, TableOptions(value: "VALUE")) == [5, 6])
    }
    #expect(fault("value,value,period\n1,5,2020-01\n2,6,2020-02\n")?.kind == .repeatedColumn("value"))
    let dates = "ordered,shipped,units\n2020-01,2020-02,1\n2020-02,2020-03,2\n"
    #expect(
      fault(dates)?.kind == .severalColumns("dates", found: ["ordered", "shipped"], option: "--date NAME"))
    #expect(try values(dates, TableOptions(date: "shipped")) == [1, 2])
  }

  @Test func `series stand in columns, in rows or under a key`() throws {
    let rows = [
      ["2020-01", "1", "a"], ["2020-02", "2", "a"], ["2020-01", "4", "b"], ["2020-02", "5", "b"],
    ]
    let tables = [
      "date,a,b\n2020-01,1,4\n2020-02,2,5\n", "name;2020-01;2020-02\na;1;2\nb;4;5\n",
      "sku,month,qty\na,2020-01,1\na,2020-02,2\nb,2020-01,4\nb,2020-02,5\n",
    ]
    for text in tables {
      let read = try tidy(text, isPanel: true).table
      #expect(
        read.rows.map { Array($0.fields.prefix(2)) }
          == rows.map { row in [row[0], "\(Double(row[1]) ?? 0)"] }, "\(text)")
      #expect(read.rows.map { $0.fields[2] } == rows.map { $0[2] }, "\(text)")
    }
  }

  @Test func `text is read in the encodings that spreadsheets write`() throws {
    let text = "Datum;Größe\n2020-01;1,5\n2020-02;2,5\n"
    let utf16 = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let encoded: [(String, [UInt8])] = [
      ("UTF-16", [0xFF, 0xFE] + utf16), ("UTF-16", utf16),
      ("Windows-1252", text.unicodeScalars.map { UInt8($0.value) }),
    ]
    for (name, bytes) in encoded {
      let table = try Table(bytes: bytes)
      #expect(table.header == ["Datum", "Größe"])
      #expect(table.notes.first == "read as \(name)")
      #expect(try TimeSeries(table: table.tidy().table).values == [1.5, 2.5])
    }
    #expect(throws: ForecastError.self) { try Table(bytes: [0, 1, 2, 0, 0, 7, 9, 255]) }
  }

  @Test func `rows of one period become one value, and gaps zero, where asked`() throws {
    let table = try tidy("date,units\n2020-01,1\n2020-01,3\n2020-04,5\n").table
    #expect(throws: ForecastError.self) { try TimeSeries(table: table) }
    let sums: [(SpanRule, [Double?])] = [
      (.sum, [4, 0, 0, 5]), (.mean, [2, 0, 0, 5]), (.last, [3, 0, 0, 5]),
    ]
    for (rule, values) in sums {
      let series = try TimeSeries(table: table, gaps: .zero, aggregate: rule)
      #expect(series.values == values)
    }
  }

  @Test func `points that could group thousands are decimal only in plain CSV, and it says so`() throws {
    let read = try tidy("period,value\n2020-01,1.234\n2020-02,5.678\n")
    #expect(read.table.rows.map { $0.fields[1] } == ["1.234", "5.678"])
    #expect(read.hasOmissions && read.note?.contains("--decimal comma") == true)
    for text in [
      "period;value\n2020-01;1.234\n2020-02;5.678\n", "period,value\n2020-01,884\n2020-02,5.678\n",
      "day,value\n01.01.2020,1.234\n01.02.2020,5.678\n",
    ] {
      guard case .ambiguousNumber? = fault(text)?.kind else {
        Issue.record("\(text)")
        continue
      }
    }
  }

  @Test func `a panel reads the number that its text stands for, to the last bit`() throws {
    var random = Randomness(state: 7)
    var texts = [
      "0", "-0.0", "0.1", "5.", ".5", "123456789012345", "0.30000000000001", "9007199254740993", "1e-3",
    ]
    for _ in 0..<2000 {
      let whole = Int.random(in: -99_999...99_999, using: &random)
      texts.append("\(whole).\(Int.random(in: 0..<1_000_000, using: &random))")
    }
    let rows = texts.enumerated().map { "a,\($0.offset + 1),\($0.element)\n" }.joined()
    let read = try Panel(text: "unique_id,ds,y\n" + rows).series(0)
    let written: [Double?] = texts.map { Double($0) }
    #expect(read.values == written)
  }
}
