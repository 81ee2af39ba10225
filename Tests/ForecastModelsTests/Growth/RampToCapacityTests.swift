import Datasets
import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Testing

@Suite struct RampToCapacityTests {
  /// The calendar mean of clip((t − start)/years, 0, 1), by a fine midpoint sum.
  static func share(_ from: Double, _ through: Double, start: Double, years: Double) -> Double {
    let parts = 200_000
    var sum = 0.0
    for k in 0..<parts {
      let t = from + (through - from) * (Double(k) + 0.5) / Double(parts)
      sum += min(1, max(0, (t - start) / years))
    }
    return sum / Double(parts)
  }

  @Test func `Power of Siberia-1 takes 5.69 years`() throws {
    let series = try Datasets.energy.powerOfSiberia1()
    let fit = try RampToCapacity(capacity: 38, start: 2019.917).fit(series)
    #expect(abs(fit.years.value - 5.69) < 0.005, "\(fit.years.value)")
    #expect(abs(fit.relativeError - 0.033) < 0.0005, "\(fit.relativeError)")
    #expect(fit.capacityStatus == .given)
  }

  @Test func `a year is the exact mean of the ramp over it`() throws {
    let fit = try RampToCapacity(capacity: 38, start: 2019.917).fit(Datasets.energy.powerOfSiberia1())
    for year in 2018...2027 {
      let share = Self.share(
        Double(year), Double(year + 1), start: 2019.917, years: fit.years.value)
      #expect(abs(fit.mean(of: .year(year)) - 38 * share) < 1e-6)
    }
  }

  @Test(arguments: [SpanRule.sum, .mean], [(nil, nil), (12.5, nil), (nil, 2022.3), (12.5, 2022.3)])
  func `spans without noise give back the ramp that made them`(
    rule: SpanRule, given: (capacity: Double?, start: Double?)
  ) throws {
    let lengths = [2, 1, 1, 3, 1, 2, 1, 1, 1, 4, 1, 2, 1, 6, 6]
    var offset = 0
    let values: [Double?] = lengths.map { length in
      var sum = 0.0
      for month in offset..<(offset + length) {
        let from = 2022 + Double(month) / 12
        func integral(_ t: Double) -> Double {
          let e = max(0, t - 2022.3)
          return e < 1.7 ? e * e / 3.4 : e - 0.85
        }
        sum += 12.5 * (integral(from + 1 / 12.0) - integral(from)) * 12
      }
      offset += length
      return rule == .sum ? sum : sum / Double(length)
    }
    let fit = try RampToCapacity(capacity: given.capacity, start: given.start).fit(
      spans(values, lengths: lengths, rule: rule))
    expectDigits(
      [fit.capacity.value, fit.years.value, fit.start.value], [12.5, 1.7, 2022.3], atLeast: 9)
    for (fitted, value) in zip(fit.fitted, values) {
      #expect(abs(try #require(fitted) - (try #require(value))) < 1e-9)
    }
  }

  static func noisy(through year: Int, scale: Double = 1) throws -> TimeSeries {
    let stream = RandomStream(seed: 5, name: "ramp")
    let values: [Double?] = (2010...year).map { y in
      let mean = 40 * share(Double(y), Double(y + 1), start: 2010.4, years: 8)
      return scale * (mean + stream.normals((y - 2010)..<(y - 2009))[0])
    }
    return try TimeSeries(values, start: .year(2010), name: "ramp", unit: "bcm")
  }

  @Test func `a levelled ramp identifies its capacity, a rising one only a lower bound`() throws {
    let whole = try RampToCapacity().fit(Self.noisy(through: 2027))
    guard case .identified(let lower, let upper) = whole.capacityStatus else {
      Issue.record("\(whole.capacityStatus)")
      return
    }
    #expect(lower < 40 && upper > 40 && lower > 37 && upper < 43)
    let rising = try RampToCapacity().fit(Self.noisy(through: 2015))
    guard case .unidentified(let bound) = rising.capacityStatus else {
      Issue.record("\(rising.capacityStatus)")
      return
    }
    #expect(bound > 10 && bound < 40)
    #expect(rising.summary.notes.contains { $0.contains("do not identify the capacity") })
    let outlook = try rising.forecast(20)
    let top = outlook.quantile(0.99)
    #expect(top.allSatisfy { $0.isFinite && $0 < 100 * 40 })
    #expect(outlook.median.allSatisfy { $0 > 10 })
  }

  @Test func `a unit scales the capacity and leaves the times`() throws {
    let a = try RampToCapacity().fit(Self.noisy(through: 2027))
    let b = try RampToCapacity().fit(Self.noisy(through: 2027, scale: 1000))
    expectDigits(
      [b.capacity.value / 1000, b.years.value, b.start.value],
      [a.capacity.value, a.years.value, a.start.value], atLeast: 8)
    expectDigits(
      [try #require(b.years.standardError)], [try #require(a.years.standardError)], atLeast: 6)
  }

  @Test func `paths are not negative, repeat, extend and follow the margins`() throws {
    let fit = try RampToCapacity(capacity: 44).fit(Datasets.energy.powerOfSiberia1())
    let outlook = try fit.forecast(5)
    let paths = outlook.samplePaths(4000, seed: 3)
    #expect(paths.elements.allSatisfy { $0 >= 0 && $0.isFinite })
    #expect(outlook.samplePaths(10, seed: 3).elements == Array(paths.elements[0..<50]))
    for step in 0..<5 {
      let quantile = outlook.marginal(step).quantile(0.9)
      let share = Double(paths.row(step).count { $0 <= quantile }) / 4000
      #expect(abs(share - 0.9) < 4 * (0.09 * (1 / 4000.0 + 1 / 4096.0)).squareRoot())
    }
    // Six years and two parameters: the plateau's 80 % interval is several bcm wide, around the capacity.
    let plateau = try outlook.interval(0.8)[4]
    #expect(plateau.lower < 44 && plateau.upper > 44 && plateau.upper - plateau.lower > 2)
  }

  @Test func `intervals cover at their level`() throws {
    let replications = 120
    var years = 0
    var futures = 0
    for replication in 0..<replications {
      let z = RandomStream(seed: 21, name: "ramp coverage", replicate: replication).normals(0..<9)
      let values: [Double] = (0..<9).map { y in
        40 * Self.coarse(Double(y), start: 0.3, years: 6.5) + 1.2 * z[y]
      }
      let series = try TimeSeries(values.prefix(8).map { Optional($0) }, start: .year(2020))
      let fit = try RampToCapacity(capacity: 40).fit(series)
      if try #require(fit.years.lower) <= 6.5, try #require(fit.years.upper) >= 6.5 { years += 1 }
      let interval = try fit.forecast(1).interval(0.8)[0]
      if interval.lower <= values[8], interval.upper >= values[8] { futures += 1 }
    }
    let n = Double(replications)
    #expect(abs(Double(years) / n - 0.95) < 4 * (0.95 * 0.05 / n).squareRoot(), "\(years)")
    #expect(abs(Double(futures) / n - 0.8) < 4 * (0.8 * 0.2 / n).squareRoot(), "\(futures)")
  }

  private static func coarse(_ year: Double, start: Double, years: Double) -> Double {
    func integral(_ t: Double) -> Double {
      let e = max(0, t - start)
      return e < years ? e * e / (2 * years) : e - years / 2
    }
    return integral(year + 1) - integral(year)
  }

  @Test func `what cannot be fitted is refused`() throws {
    let series = try Datasets.energy.powerOfSiberia1()
    #expect(throws: ForecastError.self) { try RampToCapacity(capacity: 38, start: 2026.5).fit(series) }
    let short = try TimeSeries([1, 2], start: .year(2020))
    #expect(throws: ForecastError.self) { try RampToCapacity(capacity: 38).fit(short) }
    #expect(throws: ForecastError.self) {
      try Registry.model("ramp-to-capacity:capacity=-3")
    }
  }
}
