import Datasets
import Forecasting
import Testing

@Suite struct ClaimTests {
  func claim(_ id: String) throws -> Claim {
    try #require(try Datasets.claims().first { $0.id == id }, "no claim \(id)")
  }

  func value(_ series: TimeSeries, _ period: Period) throws -> Double {
    try #require(series.observations.first { $0.span == PeriodSpan(period) }?.value)
  }

  func toDate(_ part: String, _ period: Period) throws -> Double {
    try value(Datasets.entry(named: "trade/\(part)-to-date").series(), period)
  }

  /// Whether a figure rounds to the claimed one at its own number of decimals.
  func rounds(_ found: Double, to claimed: Double, decimals: Int) -> Bool {
    var unit = 1.0
    for _ in 0..<decimals { unit /= 10 }
    return abs(found - claimed) <= unit / 2 * (1 + 1e-9)
  }

  @Test func `every claim of the text is there, with a verdict and its reason`() throws {
    let claims = try Datasets.claims()
    #expect(claims.map(\.value) == [172.41, 32, 6.5, 43.9, 86.25, 8.3, 1000, 2024, 50])
    #expect(claims.allSatisfy { ["right", "wrong", "not verified"].contains($0.verdict) })
    #expect(claims.allSatisfy { !$0.laterText.isEmpty })
    #expect(claims.allSatisfy { $0.verdict == "not verified" || !$0.sources.isEmpty })
    #expect(claims.filter { $0.verdict == "wrong" }.map(\.id) == ["power-of-siberia-2-2024"])
    #expect(claims.filter { $0.verdict == "not verified" }.map(\.id) == ["factories"])
  }

  @Test func `trade of January to November 2022 is the sum of exports and imports`() throws {
    let claim = try claim("trade-jan-nov-2022")
    let found = try toDate("exports", .month(2022, 11)) + toDate("imports", .month(2022, 11))
    #expect(rounds(found, to: claim.value, decimals: 2))
    #expect(claim.laterValue == 172.41)
    #expect(claim.verdict == "right")
    // The year went on to the figure that the reason names.
    let year = try value(Datasets.chinaRussiaTrade.annualTotal(), .year(2022))
    #expect(claim.laterText.contains("\(year)"))
  }

  @Test func `its growth is that on the same months of 2021`() throws {
    let claim = try claim("trade-growth-2022")
    let now = try toDate("exports", .month(2022, 11)) + toDate("imports", .month(2022, 11))
    let growth = 100 * (now / (try toDate("total", .month(2021, 11))) - 1)
    #expect(rounds(growth, to: claim.value, decimals: 0))
    #expect(rounds(growth, to: try #require(claim.laterValue), decimals: 1))
    #expect(claim.verdict == "right")
    let annual = try Datasets.chinaRussiaTrade.annualTotal()
    let year = 100 * (try value(annual, .year(2022)) / value(annual, .year(2021)) - 1)
    #expect(rounds(year, to: 29.5, decimals: 1))
    #expect(claim.laterText.contains("29.5"))
  }

  @Test func `LNG of 2022 is the bundled figure`() throws {
    let claim = try claim("lng-2022")
    #expect(try value(Datasets.energy.lng(), .year(2022)) == claim.value)
    #expect(claim.laterValue == claim.value)
    #expect(claim.verdict == "right")
    // No figure of 2021 is bundled: the growth rests on its source alone.
    #expect(try Datasets.energy.lng().start == .year(2022))
    #expect(try self.claim("lng-growth-2022").sources == ["silkroute2023"])
  }

  @Test func `crude of 2022 and its growth agree with the other publication within rounding`() throws {
    let crude = try Datasets.energy.crude()
    let claim = try claim("crude-2022")
    #expect(try value(crude, .year(2022)) == claim.value)
    let later = try #require(claim.laterValue)
    #expect(abs(later / claim.value - 1) < 0.001)
    #expect(claim.verdict == "right")
    let growth = try self.claim("crude-growth-2022")
    let before = try value(crude, .year(2021))
    #expect(rounds(100 * (claim.value / before - 1), to: growth.value, decimals: 1))
    #expect(rounds(100 * (later / before - 1), to: try #require(growth.laterValue), decimals: 1))
    #expect(growth.verdict == "right")
  }

  @Test func `Power of Siberia-2 had a memorandum in 2025 and no gas in 2024`() throws {
    let capacities = try Datasets.table("energy/pipeline_capacities.csv")
    let row = try #require(capacities.rows.first { $0.fields[0] == "Power of Siberia 2" })
    #expect(row.fields[try capacities.requiredColumn("first_gas")] == "not started")
    let nameplate = Double(row.fields[try capacities.requiredColumn("nameplate_bcm_per_year")])
    #expect(nameplate == (try claim("power-of-siberia-2-capacity").value))
    #expect(try claim("power-of-siberia-2-capacity").verdict == "right")
    let timeline = try Datasets.table("energy/power_of_siberia_2_timeline.csv")
    let date = try timeline.requiredColumn("date")
    let event = try timeline.requiredColumn("event")
    let memorandum = try #require(timeline.rows.first { $0.fields[event].contains("binding memorandum") })
    #expect(memorandum.fields[date] == "2025-09-02")
    #expect(try claim("power-of-siberia-2-2024").verdict == "wrong")
    #expect(try claim("power-of-siberia-2-2024").laterText.contains("2025-09-02"))
  }

  @Test func `after the claims came a boom, a plateau and a fall`() throws {
    let annual = try Datasets.chinaRussiaTrade.annualTotal()
    let growth = try (2023...2025).map {
      100 * (try value(annual, .year($0)) / value(annual, .year($0 - 1)) - 1)
    }
    #expect(growth[0] > 25 && abs(growth[1]) < 3 && growth[2] < -5)
  }
}
