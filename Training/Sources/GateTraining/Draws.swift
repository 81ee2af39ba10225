import ForesightNumerics
import Foundation

/// Random numbers of one series: a function of the seed and the series' number.
struct Draws {
  private var generator: Philox4x64
  private var spare: Double?

  init(seed: UInt64, series: Int) {
    generator = RandomStream(seed: seed, name: "synthetic series").generator(draw: series)
  }

  /// Uniform on (0, 1).
  mutating func uniform() -> Double { (Double(generator.next() >> 12) + 0.5) * 0x1p-52 }

  mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  /// exp of a uniform between two logarithms.
  mutating func logUniform(_ low: Double, _ high: Double) -> Double {
    exp(uniform(log(low), log(high)))
  }

  /// A whole number from low to high, both included.
  mutating func whole(_ low: Int, _ high: Int) -> Int {
    min(low + Int(uniform() * Double(high - low + 1)), high)
  }

  /// A standard normal, by the method of Box and Muller (1958).
  mutating func normal() -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    let radius = (-2 * log(uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }

  /// Student t, by a normal over the root of a mean of squares.
  mutating func student(_ freedom: Int) -> Double {
    var sum = 0.0
    for _ in 0..<freedom {
      let z = normal()
      sum += z * z
    }
    return normal() / (sum / Double(freedom)).squareRoot()
  }

  /// Whether something of a probability happens.
  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// Poisson: by products of uniforms, and by the normal distribution for large means.
  mutating func poisson(_ mean: Double) -> Double {
    if mean > 40 { return max((mean + mean.squareRoot() * normal()).rounded(), 0) }
    let bound = exp(-mean)
    var product = uniform()
    var count = 0.0
    while product > bound {
      product *= uniform()
      count += 1
    }
    return count
  }
}
