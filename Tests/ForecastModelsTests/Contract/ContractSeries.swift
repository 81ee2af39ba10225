import Forecasting
import ForesightNumerics

/// Series that contracts are held to.
enum ContractSeries {
  /// Months with level, trend, season and noise, all positive.
  static func seasonal(_ count: Int) -> TimeSeries {
    let noise = RandomStream(seed: 2_024, name: "noise").normals(0..<count)
    return monthly(
      (0..<count).map { t in
        let season = [4.0, -2, 1, 0, 3, -5, 2, -1, 0, -3, 2, -1][t % 12]
        return 80 + 0.3 * Double(t) + 2 * season + 2 * noise[t]
      })
  }

  /// Years that wander and rise, all positive.
  static func plain(_ count: Int) -> TimeSeries {
    let noise = RandomStream(seed: 2_025, name: "noise").normals(0..<count)
    var level = 80.0
    let values = noise.enumerated().map { t, e in
      level += 0.6 + 0.8 * e
      return level + noise[(t + 7) % count]
    }
    do { return try TimeSeries(values, start: .year(1960), name: "contract", unit: "t") } catch {
      preconditionFailure("\(error)")
    }
  }

  static func monthly(_ values: [Double?]) -> TimeSeries {
    do { return try TimeSeries(values, start: .month(2010, 1), name: "contract", unit: "t") } catch {
      preconditionFailure("\(error)")
    }
  }
}

extension TimeSeries {
  func first(_ count: Int) -> TimeSeries { ContractSeries.monthly(Array(values.prefix(count))) }

  func withMissing(_ places: [Int]) -> TimeSeries {
    ContractSeries.monthly(values.enumerated().map { places.contains($0.offset) ? nil : $0.element })
  }

  func mapped(_ change: (Double) -> Double) -> TimeSeries {
    ContractSeries.monthly(values.map { $0.map(change) })
  }
}
