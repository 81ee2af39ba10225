internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The columns of a regression, those of its terms first, then the external variables.
struct RegressionDesign: Sendable {
  let columns: [RegressionColumn]
  let variables: [String]
  let hasIntercept: Bool

  init(terms: [RegressionTerm], variables: [String], series: TimeSeries) throws(ForecastError) {
    hasIntercept = terms.contains(.intercept)
    var columns: [RegressionColumn] = []
    // Without an intercept the first set of dummies carries every season.
    var besideIntercept = hasIntercept
    for term in terms {
      columns += try term.columns(for: series, besideIntercept: besideIntercept)
      if case .seasonalDummies = term { besideIntercept = true }
    }
    self.columns = columns
    self.variables = variables
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw .invalidOption(name: "term", value: name, reason: "is given twice")
    }
    guard !names.isEmpty else {
      throw .invalidOption(name: "terms", value: "none", reason: "leave nothing to estimate")
    }
  }

  var names: [String] { columns.map(\.name) + variables }

  /// The columns' values in a base period.
  ///
  /// - Throws: `ForecastError.missingRegressor`.
  func row(
    _ period: Period, _ regressors: Regressors?, series: String
  ) throws(ForecastError) -> [Double] {
    var row = columns.map { $0.value(period) }
    for name in variables {
      guard let regressors, let column = regressors.names.firstIndex(of: name),
        let value = regressors.value(column, at: period)
      else { throw .missingRegressor(name: name, series: series, period: period) }
      row.append(value)
    }
    return row
  }
}

/// A series as a regression sees it: per-period means with the rows of their base periods.
///
/// A sum over |S| periods becomes its mean per period; that mean and a published mean have noise variance
/// σ²/w with w = |S|²/Σ(1/w_t), which is |S| for equal weights; a last value is the one period it belongs to.
struct RegressionSample: Sendable {
  /// The place in the series of each observation.
  var index: [Int] = []
  /// The published figures.
  var value: [Double] = []
  /// The figures per period, their logarithms for a log response.
  var response: [Double] = []
  /// Figure = factor · per-period mean.
  var factor: [Double] = []
  /// The precision of each per-period mean.
  var weight: [Double] = []
  /// The rows of the base periods of each observation.
  var rows: [[[Double]]] = []
  /// The first base period of each figure, counted from the series' start, and their number.
  var place: [(first: Int, count: Int)] = []
  let logResponse: Bool

  init(
    _ series: TimeSeries, design: RegressionDesign, regressors: Regressors?, model: LinearRegression
  ) throws(ForecastError) {
    logResponse = model.logResponse
    for (i, observation) in series.observations.enumerated() {
      guard let figure = observation.value else { continue }
      if logResponse, figure <= 0 {
        throw .notPositive(model: model.name, series: series.name, span: observation.span, value: figure)
      }
      if observation.span.count > 1, series.rule != .last, !model.takesSpans {
        throw .spanNotSupported(model: model.name, series: series.name, span: observation.span)
      }
      let periods = RegressionSample.periods(of: observation, series.rule)
      var rows: [[Double]] = []
      var variance = 0.0
      for period in periods {
        rows.append(try design.row(period, regressors, series: series.name))
        variance += 1 / (try model.weights.weight(of: period, in: series, model: model.name))
      }
      let count = Double(periods.count)
      let factor = series.rule == .sum ? count : 1
      index.append(i)
      value.append(figure)
      self.factor.append(factor)
      response.append(logResponse ? Double.log(figure / factor) : figure / factor)
      weight.append(count * count / variance)
      self.rows.append(rows)
      place.append((series.start.distance(to: periods[0]), periods.count))
    }
  }

  /// The base periods that an observation's figure sums or averages.
  static func periods(of observation: Observation, _ rule: SpanRule) -> [Period] {
    rule == .last ? [observation.span.last] : observation.span.periods
  }

  /// The number of figures.
  var size: Int { response.count }

  /// Whether some figure covers more than one base period.
  var hasSpans: Bool { rows.contains { $0.count > 1 } }

  /// Whether the precisions differ.
  var isWeighted: Bool { weight.contains { $0 != 1 } }

  /// The mean of each figure's rows.
  func design(columns: [Int]) -> Matrix {
    var design = Matrix(rows: size, columns: columns.count)
    for (i, rows) in rows.enumerated() {
      for (k, j) in columns.enumerated() {
        design[i, k] = rows.reduce(0) { $0 + $1[j] } / Double(rows.count)
      }
    }
    return design
  }

  /// log |d response / d figure| summed: −Σ log factor, or −Σ log y for logarithms.
  var logJacobian: Double {
    logResponse
      ? -value.reduce(0) { $0 + Double.log($1) } : -factor.reduce(0) { $0 + Double.log($1) }
  }

  /// A column or a vector divided by its noise scale.
  func whitened(_ vector: [Double]) -> [Double] {
    isWeighted ? zip(vector, weight).map { $0 * $1.squareRoot() } : vector
  }

  /// The rows divided by their noise scale.
  func whitened(_ design: Matrix) -> Matrix {
    guard isWeighted else { return design }
    var result = design
    for i in 0..<design.rows {
      let root = weight[i].squareRoot()
      for j in 0..<design.columns { result[i, j] = design[i, j] * root }
    }
    return result
  }
}

/// The columns that stand on their own, as R chooses them: a column that earlier ones explain is aliased.
func independentColumns(_ design: Matrix) throws(NumericsError) -> [Int] {
  let n = design.columns
  var scaled = design
  for j in 0..<n {
    let norm = euclideanNorm(design.column(j))
    guard norm > 0 else { continue }
    for i in 0..<design.rows { scaled[i, j] /= norm }
  }
  if design.rows >= n, try QR(scaled, pivoting: true).rank() == n { return Array(0..<n) }
  // Gram–Schmidt, twice for orthogonality.
  var basis: [[Double]] = []
  var kept: [Int] = []
  for j in 0..<n where kept.count < design.rows {
    var column = scaled.column(j)
    for _ in 0..<2 {
      for direction in basis {
        let part = zip(direction, column).reduce(0) { $0 + $1.0 * $1.1 }
        for i in column.indices { column[i] -= part * direction[i] }
      }
    }
    let left = euclideanNorm(column)
    guard left > 1e-11 else { continue }
    basis.append(column.map { $0 / left })
    kept.append(j)
  }
  return kept
}

/// √Σx².
func euclideanNorm(_ x: [Double]) -> Double {
  let largest = x.reduce(0) { max($0, abs($1)) }
  guard largest > 0 else { return 0 }
  return largest * x.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
}
