package import ForesightNumerics

/// A forecast as JSON: the series, the model, and the joint distribution.
///
/// A normal or Student t distribution of at most 512 steps, and a distribution by sample paths, are kept as they are: what is decoded gives
/// the same means, quantiles and paths, bit for bit. Of any other distribution 205 quantiles, mean and standard deviation of each step and 1,000
/// joint sample paths are kept (`StoredDistribution`): means, standard deviations and those quantiles are the same, quantiles between them are
/// interpolated, and sums are those of the paths. Size: about 200 numbers and 1,000 path values per step.
extension Forecast: Codable {
  private enum CodingKeys: String, CodingKey {
    case format, version, model, series, seed, studentT, paths, stored
  }

  private static let format = "foresight.forecast"

  /// Writes the forecast.
  ///
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Forecast.format, forKey: .format)
    try container.encode(1, forKey: .version)
    try container.encode(model, forKey: .model)
    try container.encode(series, forKey: .series)
    try container.encode(seed, forKey: .seed)
    switch distribution {
    case let law as JointStudentT where law.isStorable:
      try container.encode(StoredStudentT(law), forKey: .studentT)
    case let law as SampledPaths:
      try container.encode((0..<law.horizon).map { law.paths.row($0) }, forKey: .paths)
    case let law as StoredDistribution: try container.encode(law, forKey: .stored)
    default: try container.encode(StoredDistribution(distribution, seed: seed), forKey: .stored)
    }
  }

  /// Reads a forecast.
  ///
  /// - Throws: `DecodingError` for another format or version, and for numbers that no forecast has.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard try container.decode(String.self, forKey: .format) == Forecast.format else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: container, debugDescription: "must be \(Forecast.format)")
    }
    guard try container.decode(Int.self, forKey: .version) == 1 else {
      throw DecodingError.dataCorruptedError(forKey: .version, in: container, debugDescription: "must be 1")
    }
    let law: any PredictiveDistribution
    do {
      if let stored = try container.decodeIfPresent(StoredStudentT.self, forKey: .studentT) {
        law = try stored.law()
      } else if let rows = try container.decodeIfPresent([[Double]].self, forKey: .paths) {
        let width = rows.first?.count ?? 0
        guard rows.allSatisfy({ $0.count == width }) else {
          throw NumericsError.dimensionMismatch(expected: width, found: rows.map(\.count).min() ?? 0)
        }
        law = try SampledPaths(Matrix(rows))
      } else {
        law = try container.decode(StoredDistribution.self, forKey: .stored)
      }
    } catch let error as NumericsError {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: container.codingPath, debugDescription: "distribution: \(error)"))
    }
    guard (1...longestHorizon).contains(law.horizon) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: container.codingPath,
          debugDescription: "a forecast has from 1 to \(longestHorizon) steps, not \(law.horizon)"))
    }
    self.init(
      model: try container.decode(String.self, forKey: .model),
      series: try container.decode(TimeSeries.self, forKey: .series), distribution: law,
      seed: try container.decode(UInt64.self, forKey: .seed))
  }
}

/// A joint distribution kept by the quantiles, mean and standard deviation of each step and by joint sample paths.
package struct StoredDistribution: PredictiveDistribution, Codable {
  private let means: [Double]
  private let deviations: [Double]
  /// The quantiles of each step at `probabilities`.
  private let quantiles: [[Double]]
  private let paths: SampledPaths

  /// The number of joint sample paths that are kept.
  package static let pathCount = 1000

  /// The probabilities of the quantiles that are kept: the half percents, and tails to 0.05 %.
  static let probabilities: [Double] =
    [0.0005, 0.001, 0.0025] + (1...199).map { Double($0) / 200 } + [0.9975, 0.999, 0.9995]

  private enum CodingKeys: String, CodingKey { case means, deviations, quantiles, paths }

  /// Keeps what can be kept of a distribution.
  ///
  /// - Throws: `NumericsError` for a distribution without finite paths.
  package init(_ law: any PredictiveDistribution, seed: UInt64) throws(NumericsError) {
    let margins = (0..<law.horizon).map { law.marginal($0) }
    means = margins.map(\.mean)
    deviations = margins.map(\.standardDeviation)
    let rows = StoredDistribution.probabilities.map { law.quantile($0) }
    quantiles = (0..<law.horizon).map { step in rows.map { $0[step] } }
    paths = try SampledPaths(law.samplePaths(StoredDistribution.pathCount, seed: seed))
  }

  /// Reads a distribution.
  ///
  /// - Throws: `DecodingError` for lists of different lengths and for quantiles that fall.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    means = try container.decode([Double].self, forKey: .means)
    deviations = try container.decode([Double?].self, forKey: .deviations).map { $0 ?? .infinity }
    quantiles = try container.decode([[Double]].self, forKey: .quantiles)
    let rows = try container.decode([[Double]].self, forKey: .paths)
    let (steps, count) = (means.count, StoredDistribution.probabilities.count)
    guard steps > 0, deviations.count == steps, quantiles.count == steps, rows.count == steps,
      rows.allSatisfy({ $0.count == rows[0].count }),
      quantiles.allSatisfy({ $0.count == count && zip($0, $0.dropFirst()).allSatisfy { $0 <= $1 } })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .quantiles, in: container, debugDescription: "the numbers are not those of a distribution")
    }
    do {
      paths = try SampledPaths(Matrix(rows))
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .paths, in: container, debugDescription: "\(error)")
    }
  }

  /// Writes means, deviations, quantiles and paths.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(means, forKey: .means)
    try container.encode(deviations.map { $0.isFinite ? $0 : nil }, forKey: .deviations)
    try container.encode(quantiles, forKey: .quantiles)
    try container.encode((0..<horizon).map { paths.paths.row($0) }, forKey: .paths)
  }

  /// The number of steps.
  package var horizon: Int { means.count }

  /// Returns the distribution of one step.
  package func marginal(_ step: Int) -> any Distribution {
    StoredMargin(
      mean: means[step], deviation: deviations[step], quantiles: quantiles[step],
      samples: paths.marginal(step))
  }

  /// Returns the paths that were kept; beyond their number, paths are drawn from them with replacement.
  package func samplePaths(_ count: Int, seed: UInt64) -> Matrix { paths.samplePaths(count, seed: seed) }
}

/// A distribution kept by quantiles, between which it is linear.
private struct StoredMargin: Distribution {
  let mean: Double
  let deviation: Double
  let quantiles: [Double]
  let samples: any Distribution

  var variance: Double { deviation * deviation }
  func density(_ x: Double) -> Double { samples.density(x) }
  func logDensity(_ x: Double) -> Double { samples.logDensity(x) }

  func cdf(_ x: Double) -> Double {
    let probabilities = StoredDistribution.probabilities
    guard let next = quantiles.firstIndex(where: { $0 > x }) else { return x.isNaN ? .nan : 1 }
    guard next > 0 else { return 0 }
    let share = (x - quantiles[next - 1]) / (quantiles[next] - quantiles[next - 1])
    return probabilities[next - 1] + share * (probabilities[next] - probabilities[next - 1])
  }

  func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    let probabilities = StoredDistribution.probabilities
    guard let next = probabilities.firstIndex(where: { $0 >= p }) else {
      return quantiles[quantiles.count - 1]
    }
    // A probability that was kept has its own value, whatever the last bit of the sum that made it.
    if next == 0 || abs(probabilities[next] - p) < 1e-12 { return quantiles[next] }
    if abs(probabilities[next - 1] - p) < 1e-12 { return quantiles[next - 1] }
    let share = (p - probabilities[next - 1]) / (probabilities[next] - probabilities[next - 1])
    return quantiles[next - 1] + share * (quantiles[next] - quantiles[next - 1])
  }
}
