@_spi(Training) import ForecastModels

/// A pool of steps with their inputs, candidates and outcomes: new ones replace the oldest.
struct TrainingRows {
  static let inputs = GateInputs.count
  static let candidates = GateInputs.candidates

  /// The outcome's difference from the seasonal naive forecast over the step's scale is held within this.
  private static let bound = 30.0

  private(set) var inputs: [Float] = []
  private(set) var forecasts: [Float] = []
  private(set) var targets: [Float] = []
  private(set) var spreads: [Float] = []
  /// The number of the next series.
  private(set) var series: Int
  private let capacity: Int
  private let seed: UInt64
  private let prior: Prior
  private var next = 0

  init(capacity: Int, seed: UInt64, first: Int = 0, prior: Prior) {
    self.capacity = capacity
    self.seed = seed
    self.prior = prior
    series = first
  }

  var count: Int { targets.count }

  /// Adds the steps of the next series, until there are so many more.
  mutating func add(_ rows: Int) {
    var added = 0
    while added < rows {
      added += addSeries()
    }
  }

  private mutating func addSeries() -> Int {
    let item = SyntheticSeries(seed: seed, number: series, prior: prior)
    // Half of the series are turned upside down.
    let sign = series.isMultiple(of: 2) ? 1.0 : -1
    series += 1
    let values = sign < 0 ? item.values.map { -$0 } : item.values
    guard
      let seen = GateInputs(
        Array(values.prefix(item.known)), cycle: item.cycle, longer: item.longer, steps: item.steps)
    else { return 0 }
    var added = 0
    for (place, step) in item.steps.enumerated() {
      let target = (values[item.known + step - 1] - seen.naive[place]) / seen.scales[place]
      let own = seen.values[(place * Self.inputs)..<((place + 1) * Self.inputs)]
      let choices = seen.forecasts[(place * Self.candidates)..<((place + 1) * Self.candidates)]
      guard target.isFinite, own.allSatisfy(\.isFinite), choices.allSatisfy(\.isFinite) else { continue }
      put(
        own.map { Float(min(max($0, -GateNetwork.limit), GateNetwork.limit)) }, choices.map { Float($0) },
        Float(min(max(target, -Self.bound), Self.bound)), Float(seen.spreads[place]))
      added += 1
    }
    return added
  }

  private mutating func put(_ own: [Float], _ choices: [Float], _ target: Float, _ spread: Float) {
    guard count == capacity else {
      inputs += own
      forecasts += choices
      targets.append(target)
      spreads.append(spread)
      return
    }
    for i in 0..<Self.inputs { inputs[next * Self.inputs + i] = own[i] }
    for i in 0..<Self.candidates { forecasts[next * Self.candidates + i] = choices[i] }
    targets[next] = target
    spreads[next] = spread
    next = (next + 1) % capacity
  }
}
