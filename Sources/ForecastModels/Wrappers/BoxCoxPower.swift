internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The powers whose law has a mean: for λ < 0, y^λ is bounded, P(Y > y) falls no faster than y^λ, and E Y is infinite for λ ≥ −1.
let powersWithMean = 0.0...2

/// The λ in a range that minimises a criterion: the best of places a quarter apart, then Brent's method between its neighbours.
func bestPower(in range: ClosedRange<Double> = powersWithMean, _ criterion: (Double) -> Double) -> Double {
  let places = Array(stride(from: range.lowerBound, through: range.upperBound, by: 0.25))
  let values = places.map(criterion)
  let best = values.indices.min { values[$0] < values[$1] } ?? 0
  guard values[best].isFinite else { return 1 }
  let bracket = places[max(best - 1, 0)]...places[min(best + 1, places.count - 1)]
  let found = Brent(relativeTolerance: 1e-8, absoluteTolerance: 1e-8, maximumIterations: 40)
    .minimum(in: bracket, of: criterion)
  return found.value < values[best] ? found.point : places[best]
}

/// Guerrero's λ: the least coefficient of variation of s_j/m_j^(1−λ) over whole cycles, counted from the end.
///
/// Without a season cycles of two are taken, as in R's `BoxCox.lambda`, whose range is [−1, 2].
func guerreroLambda(
  _ values: [Double], period: Int, in range: ClosedRange<Double> = powersWithMean, of series: TimeSeries,
  for model: String
) throws(ForecastError) -> Double {
  let length = max(2, period)
  let cycles = values.count / length
  guard cycles >= 2 else {
    throw .tooFewObservations(model: model, series: series.name, needed: 2 * length, found: values.count)
  }
  let parts = (0..<cycles).map { values.suffix(cycles * length).dropFirst($0 * length).prefix(length) }
  let means = parts.map { $0.reduce(0, +) / Double(length) }
  let deviations = zip(parts, means).map { part, mean in
    (part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(length - 1)).squareRoot()
  }
  guard deviations.contains(where: { $0 > 0 }) else { return 1 }
  return bestPower(in: range) { lambda in
    // Scaled by the first mean, so that no power leaves the range of numbers.
    let ratios = zip(deviations, means).map { $0 / .exp((1 - lambda) * .log($1 / means[0])) }
    let mean = ratios.reduce(0, +) / Double(cycles)
    let squares = ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(cycles - 1)).squareRoot() / mean
  }
}
