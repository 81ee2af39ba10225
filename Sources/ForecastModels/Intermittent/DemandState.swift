/// What the recursions of intermittent demand know at the end of a series.
struct DemandState: Sendable, Hashable, Codable {
  /// The smoothed size of a demand; `nil` before the first.
  var size: Double?
  /// The smoothed interval between demands, the first counted from the beginning.
  var interval: Double = 1
  /// Periods since the last demand.
  var waited: Int = 0
  /// The smoothed probability of a demand, from the first period on; `nil` before it.
  var probability: Double?
  /// Demands so far.
  var demands: Int = 0
  /// Periods so far.
  var periods: Int = 0

  /// Takes in one period.
  mutating func advance(_ value: Double, alpha: Double, beta: Double) {
    periods += 1
    waited += 1
    let occurs = value > 0 ? 1.0 : 0
    probability = probability.map { $0 + beta * (occurs - $0) } ?? occurs
    guard value > 0 else { return }
    if let old = size {
      size = old + alpha * (value - old)
      interval += beta * (Double(waited) - interval)
    } else {
      size = value
      interval = Double(waited)
    }
    demands += 1
    waited = 0
  }

  /// The probability of a demand in the next period, as a method that needs no sums has it.
  ///
  /// SBA's share of it is that by which it lowers the mean. Its factor stands for the variance of the intervals and is left
  /// out where every period has a demand.
  func chance(_ method: IntermittentMethod, beta: Double) -> Double {
    guard demands > 0 else { return 0 }
    switch method {
    case .tsb: return probability ?? 0
    case .sba: return (interval > 1 ? 1 - beta / 2 : 1) / interval
    case .croston, .adida, .imapa: return 1 / interval
    }
  }

  /// The mean demand of the next period by such a method.
  func rate(_ method: IntermittentMethod, beta: Double) -> Double {
    (size ?? 0) * chance(method, beta: beta)
  }
}
