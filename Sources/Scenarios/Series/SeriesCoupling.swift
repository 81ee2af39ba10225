internal import ForecastModels
internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// Pairs the paths of a series with the paths of others so that their innovations are correlated.
///
/// Within each block of draws the paths of a series are reordered, whole, until the ranks of their sums over the horizon are
/// those of normal scores correlated with the sums of the group's first series (R. L. Iman and W. J. Conover, *Commun.
/// Stat. B* 11 (1982) 311–334, doi:10.1080/03610918208812265). Every path stays a path of its own model: margins and the
/// dependence over time are untouched.
struct SeriesCoupling: Sendable {
  /// The first series of the group, which keeps its order; in a list, since a series holds its coupling.
  let first: [SeriesPaths]
  /// The weights of the group's scores in this series', the first one's first.
  let weights: [(name: String, weight: Double)]

  /// A block of whole size in the order of the pairing, given that of the first series.
  func paired(_ own: Matrix, first: Matrix, settings: RunSettings, replicate: Int, block: Int) -> Matrix {
    let size = own.columns
    let draws = (block * size)..<((block + 1) * size)
    var target = [Double](repeating: 0, count: size)
    for (place, part) in weights.enumerated() {
      let scores =
        place == 0
        ? SeriesCoupling.scores(first)
        : RandomStream(seed: settings.seed, name: "\(part.name).coupling", replicate: replicate).normals(
          draws)
      for path in 0..<size { target[path] += part.weight * scores[path] }
    }
    let order = SeriesCoupling.order(SeriesCoupling.sums(own))
    let wanted = SeriesCoupling.order(target)
    var result = own
    for rank in 0..<size {
      for step in 0..<own.rows { result[step, wanted[rank]] = own[step, order[rank]] }
    }
    return result
  }

  /// The normal scores of the ranks of the paths' sums.
  private static func scores(_ paths: Matrix) -> [Double] {
    let size = paths.columns
    var scores = [Double](repeating: 0, count: size)
    for (rank, path) in order(sums(paths)).enumerated() {
      scores[path] = Normal.standard.quantile((Double(rank) + 0.5) / Double(size))
    }
    return scores
  }

  private static func sums(_ paths: Matrix) -> [Double] {
    (0..<paths.columns).map { path in (0..<paths.rows).reduce(0) { $0 + paths[$1, path] } }
  }

  /// The places of values in ascending order, equal ones in that of their places.
  private static func order(_ values: [Double]) -> [Int] {
    values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  }
}

extension SeriesPaths {
  /// The normal-score correlation of two series' residuals in the periods that both have, 2 sin(πρ/6) of their rank
  /// correlation ρ, and the number of those periods; `nil` for fewer than ten.
  func innovationCorrelation(with other: SeriesPaths) -> (value: Double, count: Int)? {
    let common = residuals.keys.filter { other.residuals[$0] != nil }.sorted()
    guard common.count >= 10 else { return nil }
    let a = SeriesPaths.ranks(common.map { residuals[$0] ?? 0 })
    let b = SeriesPaths.ranks(common.map { other.residuals[$0] ?? 0 })
    let mean = Double(common.count - 1) / 2
    var (product, first, second) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += (x - mean) * (y - mean)
      first += (x - mean) * (x - mean)
      second += (y - mean) * (y - mean)
    }
    guard first > 0, second > 0 else { return nil }
    return (2 * .sin(.pi * product / (first * second).squareRoot() / 6), common.count)
  }

  /// Ranks from 0, ties by their mean.
  private static func ranks(_ values: [Double]) -> [Double] {
    values.map { value in
      let below = values.count { $0 < value }
      let equal = values.count { $0 == value }
      return Double(below) + Double(equal - 1) / 2
    }
  }
}

extension SeriesFitting {
  /// The series of a program, those that are correlated with others coupled to them.
  func couple(
    _ all: [String: SeriesPaths]
  ) throws(ScenarioError) -> (series: [String: SeriesPaths], notes: [String]) {
    guard !file.seriesCorrelations.isEmpty, !all.isEmpty else { return (all, []) }
    var notes: [String] = []
    var correlations: [Correlation] = []
    for pair in file.seriesCorrelations {
      guard let first = all[pair.first], let second = all[pair.second] else { continue }
      var score = pair.normalScore
      if score == nil {
        guard let found = first.innovationCorrelation(with: second) else {
          throw ScenarioError(
            "correlations: \(pair.first) and \(pair.second) need at least 10 residuals in the same periods",
            at: pair.place)
        }
        score = found.value
        let shown = (found.value * 1e3).rounded() / 1e3
        notes.append(
          "the innovations of \(pair.first) and \(pair.second): correlation \(shown) from \(found.count) periods"
        )
      }
      correlations.append(
        Correlation(
          first: pair.first, second: pair.second, normalScore: score ?? 0, degreesOfFreedom: nil,
          repairs: pair.repairs || pair.normalScore == nil, place: pair.place))
    }
    let factors = CopulaFactors(correlations)
    if !factors.problems.isEmpty { throw ScenarioError(factors.problems) }
    notes += factors.repairs.map(\.what)
    var coupled = all
    for (name, paths) in all {
      guard let mix = factors.mixes[name],
        let leader = mix.weights.first.flatMap({ all[$0.0] })
      else { continue }
      var copy = paths
      copy.coupling = SeriesCoupling(first: [leader], weights: mix.weights.map { (name: $0.0, weight: $0.1) })
      coupled[name] = copy
    }
    return (coupled, notes)
  }
}
