public import ForesightNumerics

/// The linear projection that makes forecasts of a hierarchy add up.
///
/// ỹ = P ŷ with P = S (Sᵀ W⁻¹ S)⁻¹ Sᵀ W⁻¹, the forecast of least variance among the unbiased coherent ones when W is the covariance of the base
/// forecasts' errors. S. L. Wickramasuriya, G. Athanasopoulos and R. J. Hyndman, *J. Am. Stat. Assoc.* 114 (2019) 804–819,
/// doi:10.1080/01621459.2018.1448825. It is computed as a correction of the bottom series, b̃ = b̂ − K (â − C b̂) with
/// K = J W U (Uᵀ W U)⁻¹ (their section 2.4), so that coherent forecasts come back as they are.
public struct Reconciliation: Sendable {
  /// Where W comes from.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Totals are the sums of the bottom forecasts, whose own forecasts are dropped.
    case bottomUp = "bottom-up"
    /// W is the identity.
    case ols
    /// W is the diagonal of the mean squares of one-step residuals.
    case wls
    /// W is the shrunk covariance of one-step residuals.
    case minTShrink = "mint-shrink"

    /// Whether it weighs by residuals.
    public var needsResiduals: Bool { self == .wls || self == .minTShrink }
  }

  /// What adds up.
  public let hierarchy: Hierarchy
  /// The share λ in [0, 1] by which correlations were shrunk; `nil` but for `minTShrink`.
  public let shrinkage: Double?
  /// W; `nil` under bottom-up, which has none.
  public let covariance: Matrix?
  /// K: what the gap of each total, its forecast less the sum of its bottom forecasts, takes from each bottom series.
  let correction: Matrix

  /// The projection of a hierarchy by a method.
  ///
  /// - Parameters:
  ///   - hierarchy: what adds up.
  ///   - method: where W comes from.
  ///   - residuals: for each series its one-step residuals in the periods that all have, where the method needs them.
  /// - Throws: `ForecastError.invalidOption` for residuals that are missing, of unequal or too small a number, not finite or all zero;
  ///   `ForecastError.numerics` where W leaves the correction undetermined.
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

  /// The projection of a hierarchy under a given covariance of the base forecasts' errors.
  ///
  /// - Parameters:
  ///   - hierarchy: what adds up.
  ///   - covariance: W, symmetric and positive semidefinite, in the order of the hierarchy's names; its scale does not matter. A series of
  ///     no variance is known and moves no more.
  /// - Throws: `ForecastError.invalidOption` for a matrix of another size, and `ForecastError.numerics` for one that is not finite or leaves the
  ///   correction undetermined.
  public init(_ hierarchy: Hierarchy, covariance: Matrix) throws(ForecastError) {
    try self.init(hierarchy, covariance: covariance, shrinkage: nil)
  }

  /// The projection where some series are known: they have no error, and the others take the whole of the gaps.
  ///
  /// Bottom-up takes totals from the bottom series, known or not.
  ///
  /// - Parameter names: the series that are known.
  /// - Throws: `ForecastError.numerics` where the others cannot close the gaps.
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
        reason: "the hierarchy has \(totals + bottom) series")
    }
    // Uᵀ = [I, −C] gives the gaps of the totals.
    var gaps = Matrix(rows: totals, columns: totals + bottom)
    for total in 0..<totals {
      gaps[total, total] = 1
      for series in 0..<bottom { gaps[total, totals + series] = -hierarchy.summing[total, series] }
    }
    let shared = gaps * covariance
    let spread = shared * gaps.transposed()
    // The gap of series that are all known is nobody's.
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
          "are \(row.count), and \(hierarchy.names[0]) has \(count); two of each at least are needed")
      }
      guard row.allSatisfy(\.isFinite) else { throw fault("have a value that is not finite") }
      guard row.contains(where: { $0 != 0 }) else { throw fault("are all zero, and give no weight") }
      rows.append(row)
    }
    return rows
  }

  /// G: the reconciled bottom series from all base forecasts, bottom × all.
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

  /// P = S G: all reconciled series from all base forecasts, in the order of the hierarchy's names.
  public var projection: Matrix { hierarchy.summing * mapping }
}
