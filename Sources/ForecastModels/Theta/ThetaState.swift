/// The least-squares line through the values of a series, updated one value at a time.
struct ThetaLine: Sendable, Hashable, Codable {
  private(set) var count = 0.0
  private(set) var meanTime = 0.0
  private(set) var meanValue = 0.0
  private(set) var timeSquares = 0.0
  private(set) var products = 0.0

  /// Updates the line with a value, by Welford's update of means and products.
  mutating func add(_ value: Double, at time: Double) {
    count += 1
    let apart = time - meanTime
    meanTime += apart / count
    timeSquares += apart * (time - meanTime)
    meanValue += (value - meanValue) / count
    products += apart * (value - meanValue)
  }

  /// B, zero below two values.
  var slope: Double { timeSquares > 0 ? products / timeSquares : 0 }

  /// A.
  var intercept: Double { meanValue - slope * meanTime }

  /// The line through zeros at the same times.
  var homogeneous: ThetaLine {
    var copy = self
    copy.meanValue = 0
    copy.products = 0
    return copy
  }
}

/// The state of a theta model after some periods, from which the next prediction follows.
struct ThetaState: Sendable, Hashable, Codable {
  /// The number of periods t.
  var time = 0.0
  /// ℓ_t.
  var level: Double
  /// q^t.
  var power = 1.0
  /// (1 − q^t)/α.
  var reach = 0.0
  /// The line through all observations, or through those so far.
  var line: ThetaLine
  /// dℓ_t/dℓ₀.
  var levelShare = 1.0
  /// dℓ_t/dδ for a drift δ added to the slope that the line gives.
  var driftShare = 0.0
}

/// The recursion of a theta model with given parameters.
struct ThetaRecursion: Sendable {
  let alpha: Double
  /// w = 1 − 1/θ.
  let weight: Double
  let isDynamic: Bool

  /// The prediction for the next period; `drift` per period is added to the slope.
  func prediction(_ state: ThetaState, drift: Double = 0) -> Double {
    let reach = state.reach + state.power
    let slope = state.line.slope
    let intercept = state.line.meanValue - slope * state.line.meanTime
    return state.level + weight * (state.power * intercept + reach * slope) + drift * reach
  }

  /// Updates the state with the value of a period; at a missing value, NaN, the level follows the prediction and the line does not
  /// change.
  func advance(_ state: inout ThetaState, value: Double, predicted: Double, extendsLine: Bool) {
    let rate = alpha
    state.time += 1
    state.reach += state.power
    state.power *= 1 - rate
    if value.isNaN {
      state.driftShare += rate * state.reach
      state.level += rate * (predicted - state.level)
    } else {
      state.driftShare *= 1 - rate
      state.levelShare *= 1 - rate
      state.level += rate * (value - state.level)
      if isDynamic && extendsLine { state.line.add(value, at: state.time) }
    }
  }

  /// The predictions of values, with NaN for missing ones; the state moves to their end.
  func run(_ values: [Double], _ state: inout ThetaState) -> [Double] {
    values.map { value in
      let predicted = prediction(state)
      advance(&state, value: value, predicted: predicted, extendsLine: true)
      return predicted
    }
  }

  /// The path from a state with zero innovations, except for an innovation of 1 at the step `shock`.
  ///
  /// Without a shock the path is the mean, because all equations are linear, including that of the line.
  func path(_ horizon: Int, from start: ThetaState, drift: Double = 0, shock: Int? = nil) -> [Double] {
    var state = start
    return (0..<horizon).map { step in
      var value = prediction(state, drift: drift)
      if step == shock { value += 1 }
      advance(&state, value: value, predicted: value, extendsLine: true)
      return value
    }
  }
}
