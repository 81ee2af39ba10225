public import ForesightNumerics

/// The linear projection that makes the forecasts of a hierarchy add up.
///
/// ỹ = P ŷ with P = S (Sᵀ W⁻¹ S)⁻¹ Sᵀ W⁻¹, the minimum-variance forecast among the unbiased coherent ones if W is the covariance of the
/// errors of the base forecasts. S. L. Wickramasuriya, G. Athanasopoulos and R. J. Hyndman, *J. Am. Stat. Assoc.* 114 (2019) 804–819,
/// doi:10.1080/01621459.2018.1448825. It is computed as a correction of the bottom-level series, b̃ = b̂ − K (â − C b̂) with
/// K = J W U (Uᵀ W U)⁻¹ (their section 2.4), so coherent forecasts are returned unchanged.
public struct Reconciliation: Sendable {
  /// The source of W.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Totals are the sums of the bottom-level forecasts; their own forecasts are dropped.
    case bottomUp = "bottom-up"
    /// W is the identity.
    case ols
    /// W is the diagonal matrix of the mean squared one-step residuals.
    case wls
    /// W is the shrunk covariance of one-step residuals.
    case minTShrink = "mint-shrink"

    /// Whether the method needs residuals.
    public var needsResiduals: Bool { self == .wls || self == .minTShrink }
  }

  /// The hierarchy.
  public let hierarchy: Hierarchy
  /// The shrinkage λ in [0, 1] of the correlations; `nil` except for `minTShrink`.
  public let shrinkage: Double?
  /// W; `nil` for bottom-up, which has none.
  public let covariance: Matrix?
  /// K: how much of the gap of each total (its forecast minus the sum of its bottom-level forecasts) each bottom-level series absorbs.
  let correction: Matrix

  /// Creates the projection of a hierarchy by a method.
  ///
  /// Cost: O(m (m + n)²) for m totals and n bottom-level series, plus O((m + n)² T) for T residuals per series.
  ///
  /// - Parameters:
  ///   - hierarchy: The hierarchy.
  ///   - method: The source of W.
  ///   - residuals: For each series, its one-step residuals in the periods that all series have, if the method needs them.
  /// - Throws: `ForecastError.invalidOption` for residuals that are missing, too few, of unequal number, not finite or zero in every series
  ///   (a series whose residuals alone are all zero is known: it does not move);
  ///   `ForecastError.numerics` if W does not determine the correction.
  public init(
    _ hierarchy: Hierarchy, method: Method, residuals: [String: [Double]] = [:]
  ) throws(ForecastError) {
    let size = hierarchy.names.count
    switch method {
    case .bottomUp:
      self.init(
        hierarchy: hierarchy, shrinkage: nil, covariance: nil,
        correction: Matrix(rows: hierarchy.bottom.count, columns: hierarchy.totals.count))
    case .ols: try self.init(hierarchy, covariance: .identity(size))
    case .wls:
      let rows = try Reconciliation.rows(of: residuals, hierarchy)
      let squares = rows.map { $0.reduce(0) { $0 + $1 * $1 } / Double($0.count) }
      try self.init(hierarchy, covariance: .diagonal(squares))
    case .minTShrink:
      let estimate = ShrunkCovariance(try Reconciliation.rows(of: residuals, hierarchy))
      try self.init(hierarchy, covariance: estimate.matrix, shrinkage: estimate.shrinkage)
    }
  }

  /// Creates the projection of a hierarchy with a given covariance of the errors of the base forecasts.
  ///
  /// - Parameters:
  ///   - hierarchy: The hierarchy.
  ///   - covariance: W, symmetric and positive semidefinite, in the order of the hierarchy's names; its scale does not matter. A series
  ///     with zero variance is known and does not move.
  /// - Throws: `ForecastError.invalidOption` for a matrix of the wrong size, and `ForecastError.numerics` for one that is not finite or does
  ///   not determine the correction.
  public init(_ hierarchy: Hierarchy, covariance: Matrix) throws(ForecastError) {
    try self.init(hierarchy, covariance: covariance, shrinkage: nil)
  }

  /// Returns the projection in which some series are known: they have no error, and the others absorb the gaps.
  ///
  /// Bottom-up computes totals from the bottom-level series, known or not.
  ///
  /// - Parameter names: The series that are known.
  /// - Throws: `ForecastError.numerics` if the others cannot close the gaps.
  public func knowing(_ names: Set<String>) throws(ForecastError) -> Reconciliation {
    guard var open = covariance, !names.isEmpty else { return self }
    for (place, name) in hierarchy.names.enumerated() where names.contains(name) {
      for other in 0..<open.rows {
        open[place, other] = 0
        open[other, place] = 0
      }
    }
    return try Reconciliation(hierarchy, covariance: open, shrinkage: shrinkage)
  }

  private init(hierarchy: Hierarchy, shrinkage: Double?, covariance: Matrix?, correction: Matrix) {
    self.hierarchy = hierarchy
    self.shrinkage = shrinkage
    self.covariance = covariance
    self.correction = correction
  }

  private init(_ hierarchy: Hierarchy, covariance: Matrix, shrinkage: Double?) throws(ForecastError) {
    let (totals, bottom) = (hierarchy.totals.count, hierarchy.bottom.count)
    guard covariance.rows == totals + bottom, covariance.columns == totals + bottom else {
      throw .invalidOption(
        name: "covariance", value: "\(covariance.rows) × \(covariance.columns)",
        reason: "must have one row and one column for each of the \(totals + bottom) series")
    }
    // Uᵀ = [I, −C] gives the gaps of the totals.
    var gaps = Matrix(rows: totals, columns: totals + bottom)
    for total in 0..<totals {
      gaps[total, total] = 1
      for series in 0..<bottom { gaps[total, totals + series] = -hierarchy.summing[total, series] }
    }
    let shared = gaps * covariance
    let spread = shared * gaps.transposed()
    // If all series of a gap are known, nobody absorbs it.
    let open = (0..<totals).filter { spread[$0, $0] != 0 }
    var correction = Matrix(rows: bottom, columns: totals)
    do throws(NumericsError) {
      try covariance.requireFinite()
      let factor = try Cholesky(Matrix(open.map { row in open.map { spread[row, $0] } }))
      let taken = try factor.solve(
        Matrix(open.map { row in (0..<bottom).map { shared[row, totals + $0] } }))
      for (row, total) in open.enumerated() {
        for series in 0..<bottom { correction[series, total] = taken[row, series] }
      }
    } catch {
      throw .numerics(model: "reconciliation", series: hierarchy.totals[0], error)
    }
    self.init(hierarchy: hierarchy, shrinkage: shrinkage, covariance: covariance, correction: correction)
  }

  private static func rows(
    of residuals: [String: [Double]], _ hierarchy: Hierarchy
  ) throws(ForecastError) -> [[Double]] {
    let count = residuals[hierarchy.names[0]]?.count ?? 0
    var rows: [[Double]] = []
    for name in hierarchy.names {
      func fault(_ reason: String) -> ForecastError {
        .invalidOption(name: "residuals", value: name, reason: reason)
      }
      guard let row = residuals[name] else { throw fault("are missing") }
      guard row.count == count, count >= 2 else {
        throw fault(
          "must be as many for each series and at least 2; there are \(row.count), and \(count) for \(hierarchy.names[0])"
        )
      }
      guard row.allSatisfy(\.isFinite) else { throw fault("must be finite") }
      rows.append(row)
    }
    guard rows.contains(where: { row in row.contains { $0 != 0 } }) else {
      throw .invalidOption(
        name: "residuals", value: hierarchy.names[0], reason: "must not be zero in every series")
    }
    return rows
  }

  /// G, which maps all base forecasts to the reconciled bottom-level series: one row per bottom-level series, one column per series.
  public var mapping: Matrix {
    let totals = hierarchy.totals.count
    var mapping = Matrix(rows: hierarchy.bottom.count, columns: hierarchy.names.count)
    for series in hierarchy.bottom.indices {
      mapping[series, totals + series] = 1
      for total in 0..<totals {
        mapping[series, total] = -correction[series, total]
        for other in hierarchy.bottom.indices {
          mapping[series, totals + other] += correction[series, total] * hierarchy.summing[total, other]
        }
      }
    }
    return mapping
  }

  /// P = S G, which maps all base forecasts to all reconciled series, in the order of the hierarchy's names.
  public var projection: Matrix { hierarchy.summing * mapping }
}

extension Reconciliation {
  /// Reconciles one value of every series: bottom-level series by the projection, totals as the sums of their parts from left to right.
  ///
  /// - Parameter values: The base forecasts, in the order of the hierarchy's names. A list of another length says nothing: all results
  ///   are NaN.
  public func reconciled(_ values: [Double]) -> [Double] {
    guard values.count == hierarchy.names.count else {
      return [Double](repeating: .nan, count: hierarchy.names.count)
    }
    return reconciled(values.map { Matrix(rows: 1, columns: 1, columnMajor: [$0]) }).map { $0.elements[0] }
  }

  /// Reconciles joint sample paths: totals are the sums of their parts, from left to right, bit for bit.
  ///
  /// - Parameter paths: For each series, in the order of the hierarchy's names, a matrix of steps by paths. Columns with the same index
  ///   belong to the same joint path. The result is empty unless there is one matrix for each name and all have the same size.
  public func reconciled(_ paths: [Matrix]) -> [Matrix] {
    guard paths.count == hierarchy.names.count,
      paths.allSatisfy({ $0.rows == paths[0].rows && $0.columns == paths[0].columns })
    else { return [] }
    let totals = hierarchy.totals.count
    // A total that is already the sum of its parts has no gap.
    let gaps = summed(paths.suffix(hierarchy.bottom.count))
    var bottom = Array(paths.suffix(hierarchy.bottom.count))
    for total in 0..<totals {
      let gap = paths[total] - gaps[total]
      for series in bottom.indices where correction[series, total] != 0 {
        bottom[series] = bottom[series] - correction[series, total] * gap
      }
    }
    return summed(bottom)
  }

  /// All series, from those at the bottom level.
  private func summed(_ bottom: some Collection<Matrix>) -> [Matrix] {
    let empty = Matrix(rows: 0, columns: 0)
    var all = [Matrix](repeating: empty, count: hierarchy.totals.count) + Array(bottom)
    for (total, parts) in hierarchy.order {
      all[total] = parts.dropFirst().reduce(all[parts[0]]) { $0 + all[$1] }
    }
    return all
  }

  /// Reconciles the forecasts of all series of the hierarchy, so that they add up on every joint sample path.
  ///
  /// The sample paths of the base forecasts are drawn independently of one another, from `seed` and the names of the series. If the innovations
  /// of the series are correlated, pair their paths first and reconcile those. The reconciled forecasts hold their paths; marginal distributions
  /// and totals over time are empirical. Cost: O(paths × steps × series × totals).
  ///
  /// - Parameters:
  ///   - forecasts: The base forecasts by name, with the same first period and number of steps.
  ///   - paths: The number of joint paths.
  ///   - seed: The seed of the paths.
  /// - Returns: The reconciled forecasts by name.
  /// - Throws: `ForecastError.invalidOption` for a series without a forecast or with a forecast of other periods, for a number of
  ///   paths outside 1 to 1,000,000, and
  ///   `ForecastError.numerics` for paths that are not finite.
  public func reconciled(
    _ forecasts: [String: Forecast], paths: Int = 4096, seed: UInt64 = 20_221_130
  ) throws(ForecastError) -> [String: Forecast] {
    try requirePaths(paths)
    var base: [Forecast] = []
    for name in hierarchy.names {
      guard let forecast = forecasts[name] else {
        throw .invalidOption(name: "forecasts", value: name, reason: "is missing")
      }
      if let first = base.first, first.start != forecast.start || first.horizon != forecast.horizon {
        throw .invalidOption(
          name: "forecasts", value: name,
          reason:
            "has \(counted(forecast.horizon, "step")) from \(forecast.start); \(hierarchy.names[0]) has \(first.horizon) from \(first.start)"
        )
      }
      base.append(forecast)
    }
    let drawn = zip(hierarchy.names, base).map { name, forecast in
      var generator = RandomStream(seed: seed, name: "\(name).paths").generator(draw: 0)
      return forecast.samplePaths(paths, seed: generator.next())
    }
    var result: [String: Forecast] = [:]
    for (index, own) in reconciled(drawn).enumerated() {
      let forecast = base[index]
      do throws(NumericsError) {
        result[hierarchy.names[index]] = Forecast(
          model: "\(forecast.model), reconciled", series: forecast.series,
          distribution: try SampledPaths(own),
          seed: seed)
      } catch {
        throw .numerics(model: forecast.model, series: forecast.series.name, error)
      }
    }
    return result
  }
}
