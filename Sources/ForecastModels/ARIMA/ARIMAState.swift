internal import Forecasting

/// The state of an ARIMA model after the last period: all that forecasts and updates need.
///
/// The first column is the series minus mean or drift and external variables. The columns of unknowns that still matter follow;
/// in the filter at the estimates, so do those of external variables and of the constant. The column of a missing value is
/// removed once it has faded, so that the state does not grow with the series.
struct ARIMAState: Sendable, Codable {
  /// The unit of all numbers, a power of two.
  let scale: Double
  /// The external variables with their units, and the amount of the constant's column that is subtracted from each.
  let names: [String]
  let units: [Double]
  let shifts: [Double]
  /// The number of base periods so far.
  private(set) var length: Int
  /// The level of the last period, a guess if it is unknown.
  private(set) var last: Double
  /// The last d + mD values of each column before differencing.
  private(set) var tails: [[Double]]
  /// The number of unknowns that still matter.
  private(set) var unknownCount: Int
  /// The filter at the estimates, and on either side of them along each direction of their uncertainty.
  private(set) var centre: ARMAState
  private(set) var displaced: [[ARMAState?]]

  /// A half step along a direction of uncertainty.
  static let step = 1e-3

  /// The state after a sample; `nil` outside the domain.
  init?(_ objective: ARIMAObjective, coefficients: ARIMACoefficients, estimates: ARIMAEstimates) {
    let sample = objective.sample
    let order = objective.order
    let length = sample.levels.count
    let trend = order.difference + order.seasonalDifference > 0
    let clock = ARIMASample.clock(length, isTrend: trend)
    let scale = sample.scale
    self.scale = scale
    names = sample.regressors.names
    units = sample.regressors.units
    shifts = objective.shifts
    self.length = length
    last = sample.levels[length - 1]
    var rest = sample.levels
    if objective.hasConstant {
      for t in rest.indices { rest[t] -= estimates.constant / scale * clock[t] }
    }
    for (k, column) in sample.regressors.columns.enumerated() {
      let slope = estimates.regression[k] * units[k] / scale
      for t in rest.indices { rest[t] -= slope * column[t] }
    }
    let directions = estimates.partials == nil ? [] : estimates.directions
    /// What `make` gives on both sides of the estimates along each direction of their uncertainty.
    func displace(_ make: (ARIMACoefficients) -> ARMAState?) -> [[ARMAState?]] {
      directions.map { direction in
        [1.0, -1.0].map { sign in
          // A direction that leaves the domain on one side is followed on the other.
          let moved = zip(estimates.partials ?? [], direction).map {
            ARMAJet(min(max($0 + sign * ARIMAState.step * $1, -1 + 1e-6), 1 - 1e-6))
          }
          return make(ARIMAPartials(order, moved).coefficients)
        }
      }
    }
    let own =
      [rest] + (sample.isGapped ? [] : sample.places).map { ARIMASample.indicator($0, length: length) }
    var further = zip(sample.regressors.columns, objective.shifts).map { column, shift in
      zip(column, clock).map { $0 - shift * $1 }
    }
    if objective.hasConstant { further.append(clock) }
    if sample.isGapped {
      guard
        let parts = ARIMAState.gapParts(
          objective, coefficients: coefficients, rest: rest, further: further)
      else { return nil }
      tails = parts.tails
      unknownCount = parts.unknownCount
      centre = parts.centre
      displaced = displace(parts.displaced)
      forget()
      return
    }
    unknownCount = sample.places.count
    tails = (own + further).map { Array($0.suffix(order.lost)) }
    let seen = own.map(sample.differenced)
    let seenFurther = further.map(sample.differenced)

    func filter(_ coefficients: ARIMACoefficients, _ columns: [[Double]]) -> ARMAState? {
      let recursion = objective.recursion
      guard let process = ARMAProcess(coefficients, period: order.period), recursion.prepare(process) else {
        return nil
      }
      var heads: [[Double]] = []
      var filtered: [[Double]] = []
      for column in columns {
        var result = [Double](repeating: 0, count: column.count)
        recursion.filter(column, from: column.firstIndex { $0 != 0 } ?? column.count, into: &result)
        filtered.append(result)
        heads.append(recursion.lastState)
      }
      let products = recursion.products(Array(filtered.dropFirst()), filtered[0])
      return recursion.state(heads: heads, gram: products.gram, right: products.right)
    }

    guard let centre = filter(coefficients, seen + seenFurther) else { return nil }
    self.centre = centre
    displaced = displace { filter($0, seen) }
    forget()
  }

  /// Updates the state with the next base period: its level minus constant and variables, the values of the unknowns, and those
  /// of the columns after them.
  ///
  /// - Returns: The innovation at the current estimates.
  mutating func take(
    _ level: Double, rest: Double, unknowns: [Double], further: [Double], order: ARIMAOrder
  ) -> Double {
    for _ in unknownCount..<max(unknowns.count, unknownCount) {
      tails.insert([Double](repeating: 0, count: order.lost), at: unknownCount + 1)
      centre.insert(at: unknownCount)
      for k in displaced.indices {
        for side in displaced[k].indices { displaced[k][side]?.insert(at: unknownCount) }
      }
      unknownCount += 1
    }
    let values = [rest] + unknowns + further
    var differenced: [Double] = []
    for (c, value) in values.enumerated() {
      tails[c].append(value)
      differenced += ARIMASample.difference(
        tails[c], order.difference, seasonal: order.seasonalDifference, period: order.period)
      tails[c].removeFirst()
    }
    let known = centre.estimates(unknownCount) ?? []
    let innovations = centre.take(differenced)
    let own = Array(differenced.prefix(1 + unknownCount))
    for k in displaced.indices {
      for side in displaced[k].indices { _ = displaced[k][side]?.take(own) }
    }
    length += 1
    last = level
    return zip(known, innovations.dropFirst()).reduce(innovations[0]) { $0 - $1.0 * $1.1 }
  }

  /// Removes unknowns that no later value depends on.
  mutating func forget() {
    for k in (0..<unknownCount).reversed() {
      let sides = displaced.flatMap { $0.compactMap { $0 } }
      guard tails[k + 1].allSatisfy({ $0 == 0 }), centre.hasFaded(k), sides.allSatisfy({ $0.hasFaded(k) })
      else { continue }
      tails.remove(at: k + 1)
      centre.eliminate(k)
      for j in displaced.indices {
        for side in displaced[j].indices { displaced[j][side]?.eliminate(k) }
      }
      unknownCount -= 1
    }
  }

  /// Whether the parts belong to a model.
  func fits(_ order: ARIMAOrder, hasConstant: Bool) -> Bool {
    let width = max(order.longAR, order.longMA + 1)
    let further = names.count + (hasConstant ? 1 : 0)
    return scale > 0 && units.count == names.count && shifts.count == names.count && length > order.lost
      && unknownCount >= 0 && tails.count == 1 + unknownCount + further
      && tails.allSatisfy { $0.count == order.lost }
      && centre.fits(width: width, columns: unknownCount + further)
      && displaced.allSatisfy {
        $0.count == 2 && $0.allSatisfy { $0?.fits(width: width, columns: unknownCount) ?? true }
      }
  }
}
