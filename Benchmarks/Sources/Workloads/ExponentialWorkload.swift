internal import ForesightNumerics
internal import RealModule

/// Many series that grow or decline exponentially at times 0, 1, 2, …, with levels around 100 and rates within ±5 % per step.
public struct ExponentialWorkload: Sendable {
  /// The number of series.
  public let count: Int
  /// The number of observations in each.
  public let length: Int
  /// Series with additive normal noise of standard deviation 3, one after another.
  public let additive: [Double]
  /// Series with multiplicative lognormal noise of 10 %, one after another.
  public let multiplicative: [Double]

  /// Creates a workload that depends only on its seed and sizes.
  public init(count: Int, length: Int = 60, seed: UInt64 = 20_260_131) {
    self.count = count
    self.length = length
    let levels = RandomStream(seed: seed, name: "levels").normals(0..<count)
    let rates = RandomStream(seed: seed, name: "rates").uniforms(0..<count)
    let noise = RandomStream(seed: seed, name: "noise").normals(0..<(count * length))
    var additive = noise
    var multiplicative = noise
    for series in 0..<count {
      let level = 100 * Double.exp(0.3 * levels[series])
      let rate = 0.1 * (rates[series] - 0.5)
      for time in 0..<length {
        let place = series * length + time
        let mean = level * Double.exp(rate * Double(time))
        additive[place] = mean + 3 * noise[place]
        multiplicative[place] = mean * Double.exp(0.1 * noise[place])
      }
    }
    self.additive = additive
    self.multiplicative = multiplicative
  }
}
