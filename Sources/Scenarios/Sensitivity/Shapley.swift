/// The share of a quantity's variance that is an input's due, correlations and interactions divided fairly.
public struct ShapleyEffect: Sendable, Hashable, Codable {
  /// The input, event or group; `branch` is the choice of the branch.
  public let name: String
  /// The share of the variance; the shares of all inputs sum to one.
  public let share: Double
  /// The bootstrap interval of the share.
  public let interval: ClosedRange<Double>
  /// The place in the order of shares, from 1; `nil` where the interval overlaps another's: a tie.
  public let rank: Int?
}

/// Shapley effects from the chain of a permutation: f on the points of A, and again after each input in turn is taken from B.
///
/// With F₀ = f(A), Fⱼ after the j-th input of the permutation, the effect of that input is the mean of
/// (Fⱼ₋₁ − Fⱼ)(F₀ − (Fⱼ₋₁ + Fⱼ)/2) over points and permutations (Goda, Reliab. Eng. Syst. Saf. 213, 2021, 107702,
/// doi:10.1016/j.ress.2021.107702), which is half the rise of (F₀ − Fⱼ)²: the cost function E[Var(Y | X₋ⱼ)] of Song, Nelson
/// and Staum (SIAM/ASA J. Uncertain. Quantif. 4, 2016, 1060-1083, doi:10.1137/15M1048070). The sum over inputs is half the
/// mean of (F₀ − F_d)², the variance. Correlated inputs are drawn by Rosenblatt's transform with the last of the
/// permutation first, so that those not yet replaced keep their values and those replaced follow by their law given them.
struct ShapleyChain {
  /// The values of F₀ … F_d, one column a step.
  let steps: [ArraySlice<Double>]
  /// The step, from 1, at which each factor is replaced, by factor and draw: position + 1.
  let positions: [[UInt8]]

  /// Adds the contributions of every draw to the sums of its batch.
  func add(to sums: inout [[Double]], batch: (Int) -> Int) {
    let count = steps[0].count
    for draw in 0..<count {
      let own = batch(draw)
      let base = steps[0][steps[0].startIndex + draw]
      for (factor, position) in positions.enumerated() {
        let step = Int(position[draw])
        let before = steps[step][steps[step].startIndex + draw]
        let after = steps[step + 1][steps[step + 1].startIndex + draw]
        sums[own][factor] += (before - after) * (base - 0.5 * (before + after))
      }
    }
  }
}
