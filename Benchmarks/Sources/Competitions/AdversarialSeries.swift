import Forecasting
import ForesightNumerics
import Foundation

/// Series built to break models: every kind in turn, every third one with 1 to 10 values, the others with 11 to 69.
struct AdversarialSeries {
  static let kinds = [
    "constant", "two values", "single spike", "all zeros", "offset 1e12", "scale 1e300", "scale 1e-300",
    "random walk", "near unit root", "growth", "sparse counts", "heavy tails", "sine", "line", "mixed scales",
    "explosive", "subnormal", "with holes",
  ]

  let kind: String
  let series: TimeSeries

  /// The series with a number; the same number gives the same series.
  init(_ number: Int) throws(ForecastError) {
    let stream = RandomStream(seed: 6, name: "adversarial.\(number)")
    kind = Self.kinds[number % Self.kinds.count]
    let length =
      number % 3 == 0 ? 1 + Int(stream.uniform(0) * 10) : 11 + Int(stream.uniform(0) * 59)
    let choice = stream.uniform(1)
    let place = Int(stream.uniform(2) * Double(length))
    func uniform(_ step: Int) -> Double { stream.uniform(10 + step) }
    func normal(_ step: Int) -> Double { Normal.standard.quantile(uniform(step)) }
    var level = 0.0
    var values: [Double?] = []
    for step in 0..<length {
      let t = Double(step)
      level += normal(step)
      let value: Double? =
        switch kind {
        case "constant": [0, 1, -3.5, 1e9, 1e-9][Int(choice * 5)]
        case "two values": uniform(step) < 0.5 ? 1 : 1e6
        case "single spike": step == place ? (choice < 0.5 ? 1 : 1e12) : 0
        case "all zeros": 0
        case "offset 1e12": 1e12 + normal(step)
        case "scale 1e300": 1e300 * exp(normal(step))
        case "scale 1e-300": 1e-300 * exp(normal(step))
        case "random walk": level
        case "near unit root": 100 * exp(-0.001 * t) + 1e-3 * normal(step)
        case "growth": exp((2 * choice - 1) * t + 0.1 * normal(step))
        case "sparse counts": uniform(step) < 0.15 ? (1 + 3 * uniform(step + 1000)).rounded(.down) : 0
        case "heavy tails": 1 / (uniform(step) - 0.5)
        case "sine": sin(t * .pi / 6) + 1e-9 * normal(step)
        case "line": 10 * (choice - 0.5) * t + Double(place)
        case "mixed scales": step % 2 == 0 ? 1e300 : 1e-300
        case "explosive": exp(0.4 * t) * (1 + 0.01 * normal(step))
        case "subnormal": .leastNonzeroMagnitude * (1 + (1e4 * uniform(step)).rounded(.down))
        default: uniform(step + 1000) < 0.3 ? nil : 50 + 5 * normal(step)
        }
      values.append(value)
    }
    series = try TimeSeries(
      values, start: .month(2001, 1), name: "\(kind) \(number)",
      seasonalPeriod: number % 2 == 0 ? 12 : 1)
  }
}
