import Forecasting
import ForesightNumerics
import Foundation
import TestSupport
import Testing

@Suite struct PanelTests {
  func panel(_ rows: String..., frequency: Frequency? = nil) throws -> Panel {
    try Panel(
      text: "unique_id,ds,y\n" + rows.joined(separator: "\n") + "\n", file: "p.csv", frequency: frequency)
  }

  @Test func `series keep the order of their first row, wherever their rows stand`() throws {
    let panel = try panel("b,1,10", "a,5,1", "b,2,20", "a,6,2", "b,3,30")
    #expect(panel.keys == ["b", "a"])
    #expect(try panel.series(0).values == [10, 20, 30])
    #expect(try panel.series(0).start == .index(1))
    #expect(try panel.series(named: "a").values == [1, 2])
    #expect(panel.valueCount == 5)
    #expect(panel.faults.isEmpty)
    #expect(throws: ForecastError.unknownName(kind: "series in this panel", name: "c", nearest: "b")) {
      try panel.series(named: "c")
    }
  }

  @Test func `extra columns are passed over, other names can be given, quotes and CRLF are read`() throws {
    let text =
      "\u{FEFF}id , day,price,\"sales\"\r\n\"x, \"\"y\"\"\",2022-01-31,9,5\r\n\"x, \"\"y\"\"\",2022-02-01,9,6"
    let panel = try Panel(text: text, columns: PanelColumns(key: "id", period: "day", value: "sales"))
    #expect(panel.keys == ["x, \"y\""])
    let series = try panel.series(0)
    #expect(series.frequency == .day)
    #expect(series.values == [5, 6])
  }

  @Test func `periods are integers, years, ISO periods, or dates of a named frequency`() throws {
    #expect(try panel("a,2001,1", "a,2002,2").series(0).start == .year(2001))
    #expect(try panel("a,2001,1", "b,7,2").series(0).start == .index(2001))
    #expect(try panel("a,2001-Q2,1").series(0).start == .quarter(2001, 2))
    #expect(try panel("a,2001-02,1").series(0).start == .month(2001, 2))
    let monthly = try panel("a,2001-02-01,1", "a,2001-03-01,2", frequency: .month)
    #expect(try monthly.series(0).start == .month(2001, 2))
    #expect(monthly.periodForm(0) == .date(.first))
    let hourly = try panel("a,2001-02-01 23:00:00,1", "a,2001-02-02 00:00:00,2", frequency: .hour)
    #expect(try hourly.series(0).values == [1, 2])
    let business = try panel("a,2024-01-05,1", "a,2024-01-08,2", frequency: .businessDay)
    #expect(try business.series(0).values == [1, 2])
    #expect(business.periodForm(0) == .period)
  }

  @Test func `gaps and empty values are missing`() throws {
    let series = try panel("a,1,10", "a,3,", "a,5,50").series(0)
    #expect(series.values == [10, nil, nil, nil, 50])
  }

  @Test func `a bad row fails its own series alone, with its line`() throws {
    let panel = try panel(
      "good,1,1", "number,1,x", "period,2022-13,1", "twice,1,1", "twice,1,2", "late,2,1", "late,1,1",
      "mixed,1,1", "mixed,2022-01,1", "short,1", "far,1,1", "far,999999999,1", "inf,1,inf", "good,2,2",
      "number,2,5")
    #expect(try panel.series(named: "good").values == [1, 2])
    func fault(_ key: String) -> DataFault? {
      do {
        _ = try panel.series(named: key)
        return nil
      } catch ForecastError.data(let fault) { return fault } catch { return nil }
    }
    func expected(_ kind: DataFault.Kind, _ key: String, _ line: Int) -> DataFault {
      DataFault(kind, series: key, file: "p.csv", line: line)
    }
    let one = PeriodSpan(.index(1))
    #expect(fault("number") == expected(.badNumber("x"), "number", 3))
    #expect(fault("period") == expected(.badPeriod("2022-13"), "period", 4))
    #expect(fault("twice") == expected(.duplicate(one), "twice", 6))
    #expect(try panel.series(named: "late").values == [1, 1])
    #expect(fault("mixed") == expected(.mixedFrequencies(.month, .index), "mixed", 10))
    #expect(fault("short") == expected(.fieldCount(expected: 3, found: 2), "short", 11))
    #expect(fault("far")?.line == 13)
    #expect(fault("inf") == expected(.badNumber("inf"), "inf", 14))
    #expect(panel.faultCount == 7)
    #expect(panel.faults.map(\.line) == [3, 4, 6, 10, 11, 13, 14])
  }

  @Test func `a row without a key belongs to no series and is reported`() throws {
    let panel = try panel("a,1,1", ",2,2", "a,2,2")
    #expect(panel.faults == [DataFault(.badKey, file: "p.csv", line: 3)])
    #expect(try panel.series(0).values == [1, 2])
  }

  @Test func `a blank key is no key`() throws {
    let panel = try panel("a,1,1", " ,1,2", "\t,2,2", ",3,1")
    #expect(panel.keys == ["a"] && panel.faults.map(\.line) == [3, 4, 5])
  }

  @Test func `marks of missing values, space around fields and the case of names are no faults`() throws {
    let panel = try Panel(
      text: " Unique_ID, DS ,Y\na, 1 , 1.5 \na,2,NA\na,3,nan\na,4,N/A\na,5,NULL\na,6, \na,7,2\n")
    #expect(try panel.series(named: "a").values == [1.5, nil, nil, nil, nil, nil, 2])
  }

  @Test(arguments: ["ds,y", "period,value", "Period, Value"])
  func `a file without keys is one series, named as the file`(_ header: String) throws {
    let panel = try Panel(text: header + "\n2020-01,1\n2020-02,2\n", file: "data/sales.csv")
    #expect(panel.keys == ["sales"])
    #expect(try panel.series(0).values == [1, 2])
    #expect(throws: ForecastError.data(DataFault(.missingColumn("unique_id", found: ["a;b"]), line: 1))) {
      try Panel(text: "a;b\n1;2\n")
    }
    #expect(throws: ForecastError.data(DataFault(.missingColumn("id", found: ["ds", "y"]), line: 1))) {
      try Panel(text: "ds,y\n1,2\n", columns: PanelColumns(key: "id"))
    }
  }

  @Test func `a file that is no panel is an error`() throws {
    #expect(
      throws: ForecastError.data(
        DataFault(.missingColumn("ds", found: ["unique_id", "y"]), file: "p.csv", line: 1))
    ) {
      try Panel(text: "unique_id,y\na,1\n", file: "p.csv")
    }
    #expect(throws: ForecastError.data(DataFault(.empty, file: "p.csv"))) {
      try Panel(text: "", file: "p.csv")
    }
    #expect(throws: ForecastError.data(DataFault(.empty, file: "p.csv"))) { try panel() }
    #expect(throws: ForecastError.data(DataFault(.unterminatedQuote, file: "p.csv", line: 2))) {
      try panel("\"a,1,1")
    }
    #expect(throws: ForecastError.data(DataFault(.unreadable("no such file"), file: "/no/such.csv"))) {
      try Panel(csv: "/no/such.csv")
    }
  }

  @Test func `a file larger than a piece reads as the text does`() throws {
    var text = "unique_id,ds,y\n"
    for series in 0..<300 {
      for t in 1...120 { text += "series-\(series),\(t),\(Double(series) + Double(t) / 8)\n" }
    }
    let url = FileManager.default.temporaryDirectory.appending(path: "panel-\(UUID()).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(text.utf8.count > 2 << 18)
    let file = try Panel(csv: url.path)
    #expect(file.count == 300)
    #expect(file.valueCount == 36_000)
    for index in [0, 17, 299] {
      let values = try file.series(index).values
      #expect(values == (1...120).map { Double(index) + Double($0) / 8 })
    }
  }

  @Test func `answers keep the panel's order and bits at any number of workers`() async throws {
    var text = "unique_id,ds,y\n"
    for series in 0..<150 {
      for t in 1...10 { text += "s\(series),\(t),\(series == 70 && t == 4 ? "bad" : "\(series * t)")\n" }
    }
    let panel = try Panel(text: text, file: "p.csv")
    var answers: [[PanelForecast]] = []
    for workers in [1, 2, 7] {
      answers.append(try await panel.forecast(LastValue(), horizon: 3, workers: workers))
    }
    for answer in answers {
      #expect(answer.map(\.key) == panel.keys)
      #expect(answer.map(\.index) == Array(0..<150))
      for (one, first) in zip(answer, answers[0]) {
        switch (one.result, first.result) {
        case (.success(let a), .success(let b)):
          #expect(a.mean == b.mean)
          #expect(a.samplePaths(2).elements == b.samplePaths(2).elements)
        case (.failure(let a), .failure(let b)):
          #expect(one.key == "s70")
          #expect(a == b)
        default: Issue.record("\(one.key) differs")
        }
      }
    }
  }

  @Test func `a forecast that is not finite is a failure of its series`() async throws {
    let panel = try panel("a,1,1", "b,1,1.7e308")
    let answers = try await panel.forecast(LastValue(offset: 1.7e308), horizon: 1, reach: .infinity)
    guard case .failure(.notFinite(_, "b", PeriodSpan(.index(2)))) = answers[1].result else {
      Issue.record("\(answers[1].result)")
      return
    }
    #expect(throws: Never.self) { try answers[0].result.get() }
  }

  @Test func `a mean out of reach of the data is a failure of its series, unless any is allowed`()
    async throws
  {
    // The data of a lie in 1 … 3: the mean 3 + 200 is 100 ranges outside, 3 + 201 more than that.
    let panel = try panel("a,1,1", "a,2,3", "b,1,5", "b,2,5")
    let near = try await panel.forecast(LastValue(offset: 200), horizon: 1)
    #expect(throws: Never.self) { try near[0].result.get() }
    let far = try await panel.forecast(LastValue(offset: 201), horizon: 1)
    #expect(
      throws: ForecastError.explodes(
        model: "Last value", series: "a", span: PeriodSpan(.index(3)), value: 204)
    ) { try far[0].result.get() }
    // A constant series has the range 10⁻⁶ |y|.
    let constant = try await panel.forecast(LastValue(offset: 5.1e-4), horizon: 1)
    #expect(throws: ForecastError.self) { try constant[1].result.get() }
    let any = try await panel.forecast(LastValue(offset: 201), horizon: 1, reach: .infinity)
    #expect(throws: Never.self) { try any[0].result.get() }
  }

  @Test func `an error of the receiver ends the work`() async throws {
    struct Full: Error {}
    let panel = try panel("a,1,1", "b,1,1", "c,1,1")
    var received = 0
    await #expect(throws: Full.self) {
      try await panel.forEachForecast(LastValue(), horizon: 1, workers: 2) { _ in
        received += 1
        if received == 2 { throw Full() }
      }
    }
    #expect(received == 2)
  }

  @Test func `a panel of series gives them back`() throws {
    let series = try [
      TimeSeries([1, nil, 3], start: .month(2020, 1), name: "a", rule: .mean),
      TimeSeries([4], start: .year(2020), name: "b", rule: .mean, seasonalPeriod: 12),
    ]
    let panel = try Panel(series)
    #expect(try panel.series(0).values == [1, nil, 3])
    #expect(try panel.series(1).start == .year(2020))
    #expect(try panel.series(1).rule == .mean)
    #expect(throws: ForecastError.self) { try Panel([series[0], series[0]]) }
    let spanned = try TimeSeries(
      name: "s", observations: [Observation(PeriodSpan(.month(2020, 1), count: 2), 1)])
    #expect(throws: ForecastError.self) { try Panel([spanned]) }
  }

  @Test func `a panel that is written reads back`() throws {
    let text =
      "unique_id,ds,y\n\"a,b\",2020-01-01,0.1\n\"a,b\",2020-02-01,\n\"a,b\",2020-03-01,3.0\nc,2021-05-01,-2e-07\n"
    let panel = try Panel(text: text, frequency: .month)
    #expect(try panel.csv() == text)
    #expect(throws: ForecastError.self) { try self.panel("a,1,x").csv() }
  }

  @Test func `a cancelled task ends the work`() async throws {
    let panel = try panel("a,1,1", "b,1,1")
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await panel.forecast(LastValue(), horizon: 1)
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `forecasts are written tidily and read back`() async throws {
    let panel = try panel("\"a,b\",2001-11-01,5", frequency: .month)
    let form = try TidyForecasts(levels: [0.8, 0.975])
    #expect(form.header == "unique_id,ds,mean,lo-80,hi-80,lo-97.5,hi-97.5")
    #expect(TidyForecasts().header == "unique_id,ds,mean,lo-80,hi-80,lo-95,hi-95")
    let forecast = try await panel.forecast(LastValue(), horizon: 2)[0].result.get()
    let text = form.header + "\n" + form.rows(forecast, key: "a,b", form: panel.periodForm(0))
    let table = try CSVTable(text: text)
    #expect(table.rows.map { $0.fields[1] } == ["2001-12-01", "2002-01-01"])
    let back = try Panel(text: text, columns: PanelColumns(value: "hi-80"), frequency: .month)
    #expect(back.keys == ["a,b"])
    #expect(try back.series(0).values == forecast.quantile(0.9))
    #expect(TidyForecasts().rows(forecast, key: "k").hasPrefix("k,2001-12,5.0,"))
  }
}
