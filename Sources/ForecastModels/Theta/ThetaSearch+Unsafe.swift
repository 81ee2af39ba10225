internal import ForesightNumerics

/// The search for α, with ℓ₀ and the weight w = 1 − 1/θ concentrated out.
///
/// The lines depend only on the data, and given α the predictions are linear in ℓ₀ and w: their least-squares values under
/// 0 ≤ w < 1 follow from six sums. Eight values of α run over the series side by side, so that a pass costs O(n). A grid
/// brackets the minimum, and further passes narrow the bracket.
struct ThetaSearch {
  /// The values relative to the first observed value, in a unit near their size, with NaN for missing ones.
  let values: [Double]
  let intercepts: [Double]
  let slopes: [Double]
  let form: ThetaForm
  let limits: ThetaLimits

  /// Where a search ended.
  struct Optimum {
    var alpha: Double
    var weight: Double
    var level: Double
    var squares: Double
    var evaluations: Int
    var status: Convergence.Status
  }

  typealias Lanes = SIMD8<Double>

  /// A search over values; their lines are computed once.
  init(_ values: [Double], form: ThetaForm, limits: ThetaLimits) {
    self.values = values
    self.form = form
    self.limits = limits
    var line = ThetaLine()
    var intercepts = [Double](repeating: 0, count: values.count)
    var slopes = intercepts
    for (t, y) in values.enumerated() {
      let slope = line.slope
      slopes[t] = slope
      intercepts[t] = line.meanValue - slope * line.meanTime
      if !y.isNaN { line.add(y, at: Double(t + 1)) }
    }
    if !form.isDynamic {
      intercepts = [Double](repeating: line.intercept, count: values.count)
      slopes = [Double](repeating: line.slope, count: values.count)
      fullLine = line
    } else {
      fullLine = ThetaLine()
    }
    self.intercepts = intercepts
    self.slopes = slopes
    var observed = 0
    var first = 0
    while first < values.count && observed < form.skipped {
      if !values[first].isNaN { observed += 1 }
      first += 1
    }
    firstCounted = first
    counted = values[first...].count { !$0.isNaN }
  }

  /// The line through all values; an empty one for dynamic models.
  let fullLine: ThetaLine
  /// The first value whose prediction enters the sum of squares.
  let firstCounted: Int
  /// The number of values whose predictions do.
  private let counted: Int

  /// The least sum of squares over α inside the limits.
  func optimum() -> Optimum { flushingSubnormals { search() } }

  private func search() -> Optimum {
    let gridPasses = 3
    let points = 8 * gridPasses
    let low = limits.alpha.lowerBound
    let high = limits.alpha.upperBound
    var grid: [Optimum] = []
    grid.reserveCapacity(points)
    for pass in 0..<gridPasses {
      var alphas = Lanes.zero
      for lane in 0..<8 {
        alphas[lane] = low + (high - low) * Double(8 * pass + lane) / Double(points - 1)
      }
      evaluate(alphas, into: &grid)
    }
    var evaluations = points
    var place = 0
    for k in 1..<points where grid[k].squares < grid[place].squares { place = k }
    var best = grid[place]
    var left = grid[max(place - 1, 0)]
    var right = grid[min(place + 1, points - 1)]
    var trial: [Optimum] = []
    trial.reserveCapacity(11)
    for pass in 0..<7 {
      var alphas = Lanes.zero
      for lane in 0..<8 {
        alphas[lane] = left.alpha + (right.alpha - left.alpha) * Double(lane + 1) / 9
      }
      if pass > 0, let vertex = ThetaSearch.vertex(left, best, right) { alphas[pass % 8] = vertex }
      trial.removeAll(keepingCapacity: true)
      evaluate(alphas, into: &trial)
      trial.append(left)
      trial.append(right)
      trial.append(best)
      evaluations += 8
      for candidate in trial where candidate.squares < best.squares { best = candidate }
      var below = left
      var above = right
      for candidate in trial {
        if candidate.alpha < best.alpha && candidate.alpha > below.alpha { below = candidate }
        if candidate.alpha > best.alpha && candidate.alpha < above.alpha { above = candidate }
      }
      left = below
      right = above
      if right.alpha - left.alpha < 1e-7 { break }
    }
    best.evaluations = evaluations
    let isFlat = !(best.squares > 0) || grid.allSatisfy { $0.squares <= best.squares * (1 + 1e-12) }
    let isHeld =
      best.alpha <= low || best.alpha >= high
      || form.isOptimised && (best.weight <= 0 || best.weight >= limits.weight)
    best.status = isFlat ? .flat : isHeld ? .atBound : .converged
    return best
  }

  /// The vertex of the parabola through three points, if it is a minimum between them.
  private static func vertex(_ a: Optimum, _ b: Optimum, _ c: Optimum) -> Double? {
    guard a.alpha < b.alpha, b.alpha < c.alpha else { return nil }
    let left = (b.squares - a.squares) / (b.alpha - a.alpha)
    let right = (c.squares - b.squares) / (c.alpha - b.alpha)
    let curvature = (right - left) / (c.alpha - a.alpha)
    guard curvature > 0 else { return nil }
    let vertex = 0.5 * (a.alpha + b.alpha - left / curvature)
    return vertex > a.alpha && vertex < c.alpha ? vertex : nil
  }

  /// The optimum given each of eight α.
  func evaluate(_ alphas: Lanes, into found: inout [Optimum]) {
    let q = 1 - alphas
    var level = Lanes.zero
    var share = Lanes(repeating: 1)
    var carried = Lanes.zero
    var power = Lanes(repeating: 1)
    var reach = Lanes.zero
    var rr = Lanes.zero
    var rp = Lanes.zero
    var rg = Lanes.zero
    var pp = Lanes.zero
    var pg = Lanes.zero
    var gg = Lanes.zero
    let skipped = firstCounted
    unsafe values.withUnsafeBufferPointer { y in
      unsafe intercepts.withUnsafeBufferPointer { a in
        unsafe slopes.withUnsafeBufferPointer { b in
          for t in 0..<y.count {
            reach += power
            let pull = unsafe power * a[t] + reach * b[t]
            let drawn = carried + pull
            power *= q
            if unsafe y[t].isNaN {
              carried += alphas * pull
              continue
            }
            let r = unsafe y[t] - level
            if t >= skipped {
              rr += r * r
              rp += r * share
              rg += r * drawn
              pp += share * share
              pg += share * drawn
              gg += drawn * drawn
            }
            level += alphas * r
            share *= q
            carried *= q
          }
        }
      }
    }
    for lane in 0..<8 {
      let sums = Sums(
        rr: rr[lane], rp: rp[lane], rg: rg[lane], pp: pp[lane], pg: pg[lane], gg: gg[lane])
      found.append(solve(sums, alpha: alphas[lane]))
    }
  }

  private struct Sums {
    let rr, rp, rg, pp, pg, gg: Double
  }

  /// ℓ₀ and w by least squares, with w shrunk toward ½; a faint penalty on ℓ₀ decides what the data do not determine.
  ///
  /// The shrinkage is that of a normal prior on w, whose pull is `fade` times the noise, but never more than `pull` times that of the
  /// data: where the line explains far more than the noise, w is as least squares has it.
  private func solve(_ sums: Sums, alpha: Double) -> Optimum {
    let ridge = 1e-6
    let pp = sums.pp + ridge
    var weight = 0.5
    var pull = 0.0
    if form.isOptimised {
      pull = limits.pull * sums.gg
      if limits.fade < .infinity {
        let own = max(sums.gg - sums.pg * sums.pg / pp, .leastNormalMagnitude)
        let cross = sums.rg - sums.pg * sums.rp / pp
        let free = min(max(cross / own, 0), limits.weight)
        let rest = sums.rr - sums.rp * sums.rp / pp - 2 * free * cross + free * free * own
        pull = min(pull, limits.fade * max(rest, 0) / Double(max(counted * counted, 1)))
      }
      pull += Double.leastNormalMagnitude
      let remaining = sums.gg + pull - sums.pg * sums.pg / pp
      weight = (sums.rg + 0.5 * pull - sums.pg * sums.rp / pp) / remaining
      weight = min(max(weight, 0), limits.weight)
    }
    let level = (sums.rp - weight * sums.pg) / pp
    let squares =
      sums.rr - 2 * (level * sums.rp + weight * sums.rg) + level * level * pp
      + 2 * level * weight * sums.pg + weight * weight * sums.gg
      + (form.isOptimised ? pull * (weight - 0.5) * (weight - 0.5) : 0)
    return Optimum(
      alpha: alpha, weight: weight, level: level, squares: max(squares, 0), evaluations: 1,
      status: .converged)
  }
}

/// The region of the parameters.
struct ThetaLimits: Sendable, Hashable {
  var alpha: ClosedRange<Double>
  /// The largest w = 1 − 1/θ.
  var weight: Double
  /// The weight of the shrinkage of w toward ½, relative to that of the data.
  var pull: Double
  /// The largest weight of the shrinkage in units of the variance of the noise over the number of predictions.
  var fade = Double.infinity

  /// The region of `forecTheta` and statsforecast; the faint shrinkage decides θ if the line is flat.
  static let leastSquares = ThetaLimits(alpha: 0.1...0.99, weight: 0.999, pull: 1e-6)
  /// w is shrunk by a third of the way to ½, less where the line stands out of the noise; tuned on rolling origins inside the
  /// training parts of the M3 series.
  static let shrinkage = ThetaLimits(
    alpha: 0.1...0.99, weight: 0.999, pull: 0.5, fade: 1000)
}
