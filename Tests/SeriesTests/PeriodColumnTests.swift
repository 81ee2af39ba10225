import Series
import Testing

/// Columns of periods written in many ways, read as wholes.
@Suite struct PeriodColumnTests {
  func read(
    _ texts: [String], frequency: Frequency? = nil, dates: DateOptions = DateOptions()
  ) throws(ForecastError) -> PeriodColumn {
    try PeriodColumn(texts, lines: Array(2..<(texts.count + 2)), frequency: frequency, options: dates)
  }

  func isAmbiguous(_ texts: [String], _ dates: DateOptions = DateOptions()) -> Bool {
    do {
      _ = try read(texts, dates: dates)
      return false
    } catch .data(let fault) {
      if case .ambiguousPeriod = fault.kind { return true }
      return false
    } catch { return false }
  }

  // MARK: Round trips

  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]

  static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// The ways to write a date.
  static let dateForms: [@Sendable (CivilDate) -> String] = [
    { $0.description }, { "\($0.year)\(two($0.month))\(two($0.day))" },
    { "\(two($0.day))/\(two($0.month))/\($0.year)" },
    { "\($0.month)/\($0.day)/\($0.year)" }, { "\(two($0.day)).\(two($0.month)).\($0.year)" },
    { "\($0.year)/\(two($0.month))/\(two($0.day))" },
    { "\($0.day) \(monthNames[$0.month - 1].prefix(3)) \($0.year)" },
    { "\(monthNames[$0.month - 1]) \($0.day), \($0.year)" },
    { "\($0.day)-\(monthNames[$0.month - 1].prefix(3))-\(two($0.year % 100))" },
    { "\($0.year)年\($0.month)月\($0.day)日" }, { "\($0.daysSinceEpoch + 25_569)" },
    { "\($0.daysSinceEpoch + 25_569).0" },
    { "\($0)T00:00:00" }, { "\($0) 00:00:00+00:00" }, { "\($0.daysSinceEpoch * 86_400)" },
    { "\($0.daysSinceEpoch * 86_400_000)" }, { "\(two($0.day))/\(two($0.month))/\(two($0.year % 100))" },
    { "\(two($0.year % 100))-\(two($0.month))-\(two($0.day))" },
  ]

  /// The frequencies of dates, with the day of its period that the `row`-th date is.
  static let dateSteps: [(Frequency, @Sendable (Period) -> CivilDate?)] = [
    (.day, { $0.firstDay }), (.week, { $0.firstDay }), (.month, { $0.firstDay }),
    (.month, { ($0 + 1).firstDay.map { CivilDate(daysSinceEpoch: $0.daysSinceEpoch - 1) } }),
    (.month, { $0.firstDay.map { CivilDate(daysSinceEpoch: $0.daysSinceEpoch + 14) } }),
    (
      .month,
      {
        $0.firstDay.flatMap {
          CivilDate(
            year: $0.year, month: $0.month,
            day: min(30, CivilDate.daysInMonth(year: $0.year, month: $0.month)))
        }
      }
    ),
    (
      .month,
      { period in
        (period + 1).firstDay.flatMap { next in
          (1...3).map { CivilDate(daysSinceEpoch: next.daysSinceEpoch - $0) }.first { $0.weekday < 5 }
        }
      }
    ), (.quarter, { $0.firstDay }), (.half, { $0.firstDay }), (.year, { $0.firstDay }),
    (.businessDay, { $0.firstDay }),
    (.weekdays(.mondayToSaturday), { $0.firstDay }), (.days(14), { $0.firstDay }),
    (.days(10), { $0.firstDay }),
    (.days(28), { $0.firstDay }),
  ]

  /// A number that looks random.
  static func draw(_ seed: inout UInt64, _ bound: Int) -> Int {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((seed >> 33) % UInt64(bound))
  }

  @Test func `dates of every form and frequency read back, in any order, or are refused as ambiguous`() throws
  {
    var seed: UInt64 = 20_240_229
    var refused = 0
    for step in PeriodColumnTests.dateSteps {
      for number in PeriodColumnTests.dateForms.indices {
        for _ in 0..<3 {
          // From 1995 to 2055, so that two digits are enough for the year.
          let reach = min(200, Int(20 * step.0.meanPeriodsPerYear))
          let start =
            try #require(Period("1995-01-02", frequency: step.0)) + PeriodColumnTests.draw(&seed, reach)
          let turn = PeriodColumnTests.draw(&seed, 40)
          if try !readsBack((0..<40).map { start + $0 }, step.1, form: number, turn: turn) { refused += 1 }
        }
      }
    }
    // Only dates without a day above 12, or of two digits throughout, have two readings.
    #expect(refused < 200)
  }

  /// Whether dates in the order of the rows from `turn` on are read; `false` if they are refused as ambiguous.
  private func readsBack(
    _ periods: [Period], _ day: (Period) -> CivilDate?, form: Int, turn: Int
  ) throws -> Bool {
    let texts = periods.compactMap(day).map(PeriodColumnTests.dateForms[form])
    let order = Array(turn..<periods.count) + Array(0..<turn)
    let shuffled = order.map { texts[$0] }
    if isAmbiguous(shuffled) { return false }
    let column = try read(shuffled)
    let found = column.spans.map { $0?.first.description }
    let frequency = periods[0].frequency
    let isSame = column.frequency?.unit == frequency.unit && column.frequency?.step == frequency.step
    if !isSame || found != order.map({ periods[$0].description }) {
      let name = column.frequency?.rawValue ?? ""
      Issue.record("form \(form), \(frequency): \(texts[0]) … \(texts[39]) as \(name) \(found[0] ?? "")")
    }
    return true
  }

  /// The ways to write a month, quarter, half-year, week or year.
  static let periodForms: [(Frequency, @Sendable (Int, Int) -> String)] = [
    (.month, { "\($0)-\(two($1))" }), (.month, { "\($0)/\(two($1))" }), (.month, { "\($0)/\($1)" }),
    (.month, { "\(two($1))/\($0)" }), (.month, { "\(two($1)).\($0)" }), (.month, { "\($0)M\(two($1))" }),
    (.month, { "\($0)m\($1)" }), (.month, { "\(monthNames[$1 - 1]) \($0)" }),
    (.month, { "\(monthNames[$1 - 1].prefix(3))-\(two($0 % 100))" }),
    (.month, { "\($0)-\(monthNames[$1 - 1].prefix(3))" }),
    (.month, { "\($0)年\($1)月" }), (.month, { "\($0)\(two($1))" }), (.quarter, { "Q\($1) \($0)" }),
    (.quarter, { "\($0) Q\($1)" }), (.quarter, { "\($0)Q\($1)" }), (.quarter, { "\($1)Q\(two($0 % 100))" }),
    (.quarter, { "\($0)年第\(["一", "二", "三", "四"][$1 - 1])季度" }), (.half, { "H\($1) \($0)" }),
    (.half, { "\($0)H\($1)" }),
    (.year, { year, _ in "\(year)" }), (.year, { year, _ in "\(year)/\(two((year + 1) % 100))" }),
    (.year, { year, _ in "\(year)-\(two((year + 1) % 100))" }), (.year, { year, _ in "\(year)/\(year + 1)" }),
    (.year, { year, _ in "FY\(year)" }),
  ]

  @Test func `months, quarters, halves and years of every form read back`() throws {
    for (number, (frequency, form)) in PeriodColumnTests.periodForms.enumerated() {
      let perYear = frequency.periodsPerYear ?? 1
      for start in 1998..<2012 {
        let periods = (0..<30).map { Period(frequency, ordinal: start * perYear + $0) }
        let texts = periods.map { form($0.ordinal / perYear, $0.ordinal % perYear + 1) }
        for order in [Array(0..<30), Array((0..<30).reversed()), Array(7..<30) + Array(0..<7)] {
          let column = try read(order.map { texts[$0] })
          #expect(column.spans.map { $0?.first } == order.map { periods[$0] }, "form \(number): \(texts[0])")
        }
      }
    }
  }

  @Test(arguments: [
    Frequency.hour, .minutes(30), .minutes(15), .minutes(5), .minute, .seconds(10), .second, .hours(6),
    .hours(3),
    Frequency(every: 60, .minute, phase: 30) ?? .hour, Frequency(every: 6, .hour, phase: 1) ?? .hour,
  ])
  func `times of every step read back`(_ frequency: Frequency) throws {
    let start = try #require(Period("2019-12-30T22:00", frequency: frequency))
    let seconds = (0..<60).compactMap { (start + $0).startSecond }
    let forms: [(Int) -> String] = [
      { second in PeriodColumnTests.stamp(second, "T", "") }, { PeriodColumnTests.stamp($0, " ", ".000") },
      { PeriodColumnTests.stamp($0, "T", "Z") }, { PeriodColumnTests.stamp($0 + 7200, "T", "+02:00") },
      { PeriodColumnTests.stamp($0 - 12_600, " ", "-0330") }, { String($0) }, { String($0 * 1000) },
      { "\(Double($0) / 86_400 + 25_569)" },
    ]
    for (number, form) in forms.enumerated() {
      let column = try read(seconds.map(form))
      #expect(column.frequency == frequency, "form \(number)")
      #expect(column.spans.map { $0?.first.startSecond } == seconds, "form \(number)")
    }
    // With periods missing, the step is the same.
    let kept = seconds.indices.filter { $0 % 7 != 3 }
    #expect(try read(kept.map { forms[0](seconds[$0]) }).frequency == frequency)
  }

  static func stamp(_ second: Int, _ mark: String, _ tail: String) -> String {
    let text = Period(.second, ordinal: second).description
    return text.split(separator: "T").joined(separator: mark) + tail
  }

  // MARK: Ambiguity

  @Test func `days and months that can be exchanged are refused with both readings and the option`() {
    do {
      _ = try read(["03/04/2024"])
      Issue.record("read")
    } catch {
      let text = "\(error)"
      for part in ["03/04/2024", "2024-04-03", "2024-03-04", "--date-order dmy or mdy"] {
        #expect(text.contains(part))
      }
    }
    #expect(isAmbiguous((1...12).map { "01/\(PeriodColumnTests.two($0))/2019" }))
    #expect(isAmbiguous(["03/04/2024", "04/04/2024", "05/04/2024"]))
    #expect(isAmbiguous(["01/06/1979", "01/07/1979"]) && isAmbiguous(["01/07/1994", "01/06/1994"]))
    #expect(isAmbiguous(["01/02/03", "02/02/03", "03/02/03"]))
    #expect(!isAmbiguous(["05/05/2024"]) && !isAmbiguous(["03/04/2024", "13/04/2024"]))
    #expect(!isAmbiguous(["03.04.2024"]))
  }

  @Test func `the option decides, and one day above 12 decides for all rows`() throws {
    let texts = ["03/04/2024", "04/04/2024", "05/04/2024"]
    let dmy = try read(texts, dates: DateOptions(order: .dmy))
    #expect(dmy.frequency == .day && dmy.spans[0]?.description == "2024-04-03")
    let mdy = try read(texts, dates: DateOptions(order: .mdy))
    #expect(mdy.frequency == .month && mdy.spans[0]?.description == "2024-03")
    #expect(try read(["03/04/2024", "03/13/2024"]).spans[0]?.description == "2024-03-04")
    // Two years of months: read month first, they would be the first twelve days of two Januaries.
    let months = (0..<24).map { "01/\(PeriodColumnTests.two($0 % 12 + 1))/\(2019 + $0 / 12)" }
    let column = try read(months)
    #expect(column.frequency == .month && column.spans[1]?.description == "2019-02")
    #expect(column.remarks.map(\.text).first?.contains("--date-order") == true)
    // A row that no order reads is the row at fault.
    #expect(try read(["13/01/2019", "14/01/2019", "01/15/2019"]).spans[2] == nil)
  }

  @Test func `pairs and two digits that may be days are refused`() throws {
    #expect(
      isAmbiguous(["1/2"]) && isAmbiguous(["1/2", "1/3", "1/4"]) && isAmbiguous(["1/1", "2/1", "3/1"]))
    #expect(try read(["1/2", "3/4", "5"]).spans.map { $0?.description } == ["1/2", "3/4", "5"])
    #expect(try read(["1/2"], frequency: .index).spans == [PeriodSpan(.index(1), count: 2)])
    #expect(isAmbiguous((1...31).map { "Jan-\(PeriodColumnTests.two($0))" }))
    #expect(isAmbiguous(["31-Jan", "28-Feb", "31-Mar"]))
    #expect(try read(["Jan-19", "Feb-19", "Mar-19"]).spans.last??.description == "2019-03")
    #expect(try read(["Oct-98", "Oct-99", "Oct-00"]).spans.last??.description == "2000-10")
  }

  @Test func `serial dates are never an index, unless it is named`() throws {
    // 43466 is 2019-01-01; one month apart.
    let serials = ["43466", "43497", "43525", "43556", "43586"]
    let column = try read(serials)
    #expect(column.frequency == .month && column.spans[0]?.description == "2019-01")
    #expect(column.remarks.map(\.text).first?.contains("--frequency index") == true)
    #expect(try read(["45000", "45001", "45002", "45003"]).frequency == .day)
    #expect(try read(["45000", "45007", "45014"]).frequency == .week)
    #expect(try read(serials, frequency: .index).spans[0]?.first == .index(43_466))
    #expect(try read(serials, frequency: .month).spans[1]?.description == "2019-02")
    #expect(try read(["43466.25", "43466.5", "43466.75", "43467.0"]).frequency == .hours(6))
    #expect(try read(["10000", "10001", "10002"]).frequency == .index)
    #expect(try read(["1546300800", "1546304400", "1546308000"]).frequency == .hour)
  }

  @Test func `1/2 in a file is an error that says what to do`() {
    #expect(throws: ForecastError.self) {
      try TimeSeries(table: CSVTable(text: "period,value\n1/2,5\n2/2,6\n3/2,7\n"))
    }
  }

  // MARK: Calendars of dates

  @Test func `days stamped at one time of day are days`() throws {
    for hour in [0, 8, 23] {
      let texts = (1...28).map { "2023-02-\(PeriodColumnTests.two($0)) \(PeriodColumnTests.two(hour)):00:00" }
      let column = try read(texts)
      #expect(column.frequency == .day && column.spans[0]?.description == "2023-02-01")
    }
    let months = (1...12).map { "2023-\(PeriodColumnTests.two($0))-15T12:30" }
    #expect(try read(months).frequency == .month)
    #expect(
      try read(["2023-02-01 08:00", "2023-02-01 20:00", "2023-02-02 08:00", "2023-02-02 20:00"]).frequency?
        .step == 12)
  }

  @Test func `weekdays without dates over several weeks are closed`() throws {
    let monday = try #require(CivilDate(year: 2023, month: 1, day: 2)).daysSinceEpoch
    func dates(_ weeks: Int, _ open: (Int) -> Bool) -> [String] {
      (0..<(7 * weeks)).filter { open($0 % 7) }.map { CivilDate(daysSinceEpoch: monday + $0).description }
    }
    #expect(try read(dates(4) { $0 < 5 }).frequency == .businessDay)
    #expect(try read(dates(5) { $0 < 6 }).frequency == .weekdays(.mondayToSaturday))
    #expect(try read(dates(5) { $0 != 4 && $0 != 5 }).frequency?.weekdays?.description == "sun-thu")
    #expect(try read(dates(6) { $0 == 0 || $0 == 2 || $0 == 4 }).frequency?.seasonalPeriod == 3)
    // Too few to tell, and a single Sunday that tells otherwise.
    #expect(try read(dates(1) { $0 < 5 }).frequency == .day)
    #expect(try read(dates(5) { $0 < 5 } + ["2023-02-12"]).frequency == .day)
    // Holidays are missing business days.
    let column = try read(dates(52) { $0 < 5 }.filter { !$0.hasSuffix("-25") && !$0.hasSuffix("-01") })
    #expect(column.frequency == .businessDay && column.dates?.isSparse == false)
    #expect(try read(dates(4) { $0 < 5 }, frequency: .day).frequency == .day)
  }

  @Test func `every 14 days is a calendar of its own, with gaps and before leap days`() throws {
    for start in stride(from: 15_000, to: 15_030, by: 1) {
      let texts = (0..<60).filter { $0 % 9 != 5 }.map {
        CivilDate(daysSinceEpoch: start + 14 * $0).description
      }
      let column = try read(texts)
      #expect(column.frequency?.step == 14 && column.frequency?.seasonalPeriod == 26)
      #expect(column.spans.map { $0?.first.firstDay?.description } == texts)
      #expect(try read(texts, frequency: .days(14)).frequency == column.frequency)
    }
  }

  @Test func `one date in each month that follows a rule is its month`() throws {
    let months = (0..<30).map { Period.month(2018, 9) + $0 }
    func column(_ day: (CivilDate, Int) -> Int) throws -> PeriodColumn {
      try read(
        months.compactMap { month in
          month.firstDay.flatMap { first in
            CivilDate(year: first.year, month: first.month, day: day(first, month.days ?? 30))?.description
          }
        })
    }
    let rules: [(CivilDate, Int) -> Int] = [
      { min(29, $1) }, { min(30, $1) }, { min(31, $1) }, { _, _ in 20 },
      { first, length in length - max(0, (first.weekday + length - 1) % 7 - 4) },
      { first, _ in first.weekday < 5 ? 1 : 8 - first.weekday },
      { first, _ in 1 + (4 - first.weekday + 7) % 7 + 14 },
    ]
    for (number, rule) in rules.enumerated() {
      let column = try column(rule)
      #expect(column.frequency == .month, "rule \(number)")
      #expect(column.spans.map { $0?.first } == months, "rule \(number)")
    }
    #expect(try column { first, _ in 1 + first.month * 2 % 9 }.frequency == .day)
  }

  @Test func `week 53 is a week like any other`() throws {
    // ISO years with 53 weeks, from the ISO 8601 long years of 1998 to 2026.
    for year in [1998, 2004, 2009, 2015, 2020, 2026] {
      let texts = (0..<8).map {
        CivilDate(daysSinceEpoch: (Period("\(year)-W50")?.firstDay?.daysSinceEpoch ?? 0) + 7 * $0).description
      }
      let column = try read(texts)
      #expect(
        column.spans[3]?.description == "\(year)-W53" && column.spans[4]?.description == "\(year + 1)-W01")
    }
  }

  // MARK: Time zones

  @Test(arguments: [
    ("Europe/Berlin", "2023-03-25", "2023-03-26T03:00", "2023-03-26T01"),
    ("America/New_York", "2023-03-11", "2023-03-12T03:00", "2023-03-12T07"),
    ("Europe/Berlin", "2061-03-26", "2061-03-27T03:00", "2061-03-27T01"),
  ])
  func `clocks set forward skip no hour`(_ zone: String, _ first: String, _ after: String, _ utc: String)
    throws
  {
    let start = try #require(Period(first, frequency: .hour))
    let skipped = try #require(Period(after, frequency: .hour)) - 1
    let texts = (0..<72).map { start + $0 }.filter { $0 != skipped }.map(\.description)
    let column = try read(texts, dates: DateOptions(zone: zone))
    #expect(
      column.frequency == .hour
        && zip(column.spans, column.spans.dropFirst()).allSatisfy { $0?.next == $1?.first })
    let place = try #require(texts.firstIndex(of: String(after.prefix(13))))
    #expect(column.spans[place]?.description == utc)
    // The hour that clocks skip is not a time.
    #expect(try read([skipped.description], dates: DateOptions(zone: zone)).spans[0] == nil)
  }

  @Test func `clocks set back double an hour, in rows that ascend or descend`() throws {
    let start = try #require(Period("2023-10-28T20:00", frequency: .minutes(30)))
    var texts = (0..<24).map { (start + $0).description }
    let place = try #require(texts.firstIndex(of: "2023-10-29T03:00"))
    texts.insert(contentsOf: ["2023-10-29T02:00", "2023-10-29T02:30"], at: place)
    let berlin = DateOptions(zone: "Europe/Berlin")
    let column = try read(texts, dates: berlin)
    #expect(column.frequency == .minutes(30))
    #expect(column.spans[0]?.description == "2023-10-28T18:00")
    #expect(zip(column.spans, column.spans.dropFirst()).allSatisfy { $0?.next == $1?.first })
    #expect(try read(texts.reversed(), dates: berlin).spans == column.spans.reversed())
    // Without the zone, an error that names the way out.
    let rows = texts.map { "\($0),1" }.joined(separator: "\n")
    do {
      _ = try TimeSeries(table: CSVTable(text: "period,value\n\(rows)\n"))
      Issue.record("read")
    } catch { #expect("\(error)".contains("--zone")) }
  }

  @Test func `midnights of a zone are its days, in summer and in winter`() throws {
    // Exported as UTC: 23:00 in winter, 22:00 in summer.
    let first = try #require(CivilDate(year: 2023, month: 3, day: 1)).daysSinceEpoch
    let texts = (0..<60).map {
      PeriodColumnTests.stamp((first + $0) * 86_400 - ($0 < 26 ? 3600 : 7200), "T", "Z")
    }
    let column = try read(texts, dates: DateOptions(zone: "Europe/Berlin"))
    #expect(column.frequency == .day && column.spans[0]?.description == "2023-03-01")
    #expect(column.spans[59]?.description == "2023-04-29")
  }

  @Test func `an unknown zone is an error that names the option`() {
    for zone in ["Mars/Olympus", "", "../../etc/passwd", "/etc/passwd"] {
      #expect(throws: ForecastError.self) { try read(["2023-01-01T07:00"], dates: DateOptions(zone: zone)) }
    }
  }
}
