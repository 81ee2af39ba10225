/// The compact limited-memory BFGS matrix B = θI − W M Wᵀ, W = [Y θS], and the steps taken with it.
///
/// Equations and algorithm names (CP, direct primal) are those of Byrd, Lu, Nocedal and Zhu (1995).
struct QuasiNewtonHistory {
  private let capacity: Int
  private var steps: [[Double]] = []
  private var changes: [[Double]] = []
  private var theta = 1.0
  /// M⁻¹ = [−D Lᵀ; L θSᵀS], row by row.
  private var middle: [[Double]] = []

  init(capacity: Int) { self.capacity = max(capacity, 1) }

  var isEmpty: Bool { steps.isEmpty }

  mutating func clear() {
    steps = []
    changes = []
    middle = []
    theta = 1
  }

  /// Keeps a step s and gradient change y with sᵀy > 0 clearly; others would spoil positive definiteness.
  mutating func append(step: [Double], change: [Double]) {
    let curvature = dot(step, change)
    let size = dot(change, change)
    guard curvature > Double.ulpOfOne * size, size > 0 else { return }
    if steps.count == capacity {
      steps.removeFirst()
      changes.removeFirst()
    }
    steps.append(step)
    changes.append(change)
    theta = size / curvature
    let m = steps.count
    middle = [[Double]](repeating: [Double](repeating: 0, count: 2 * m), count: 2 * m)
    for i in 0..<m {
      middle[i][i] = -dot(steps[i], changes[i])
      for j in 0..<m {
        middle[m + i][m + j] = theta * dot(steps[i], steps[j])
        if i > j {
          let entry = dot(steps[i], changes[j])
          middle[m + i][j] = entry
          middle[j][m + i] = entry
        }
      }
    }
  }

  /// Row i of W.
  private func row(_ i: Int) -> [Double] { changes.map { $0[i] } + steps.map { theta * $0[i] } }

  /// M·v.
  private func applyMiddle(_ v: [Double]) -> [Double] { solveDense(middle, v) ?? v.map { _ in 0 } }

  /// The point the next line search aims at: subspace minimum from the generalized Cauchy point.
  func subspaceMinimizer(at x: [Double], gradient g: [Double], box: BoxBounds) -> [Double] {
    let n = x.count
    let width = 2 * steps.count
    // Generalized Cauchy point: the first minimum of the model along the projected gradient path.
    var breaks = [Double](repeating: .infinity, count: n)
    var d = [Double](repeating: 0, count: n)
    for i in 0..<n {
      if g[i] < 0 { breaks[i] = (x[i] - box.upper[i]) / g[i] }
      if g[i] > 0 { breaks[i] = (x[i] - box.lower[i]) / g[i] }
      d[i] = breaks[i] <= 0 ? 0 : -g[i]
    }
    var p = [Double](repeating: 0, count: width)
    for i in 0..<n where d[i] != 0 {
      let w = row(i)
      for k in 0..<width { p[k] += w[k] * d[i] }
    }
    var c = [Double](repeating: 0, count: width)
    var first = -dot(d, d)
    var second = -theta * first - (width == 0 ? 0 : dot(p, applyMiddle(p)))
    let floor = Double.ulpOfOne * second
    var point = x
    var time = 0.0
    var best = first == 0 ? 0 : -first / second
    for b in (0..<n).filter({ breaks[$0] > 0 && breaks[$0] < .infinity }).sorted(by: {
      breaks[$0] < breaks[$1]
    }) {
      let interval = breaks[b] - time
      if best < interval { break }
      point[b] = d[b] > 0 ? box.upper[b] : box.lower[b]
      let z = point[b] - x[b]
      let w = row(b)
      for k in 0..<width { c[k] += interval * p[k] }
      let gb = g[b]
      first += interval * second + gb * gb + theta * gb * z
      second -= theta * gb * gb
      if width > 0 {
        let mw = applyMiddle(w)
        first -= gb * dot(mw, c)
        second -= 2 * gb * dot(mw, p) + gb * gb * dot(mw, w)
        for k in 0..<width { p[k] += gb * w[k] }
      }
      second = max(second, floor)
      d[b] = 0
      time = breaks[b]
      best = first < 0 ? -first / second : 0
    }
    best = max(best, 0)
    time += best
    for k in 0..<width { c[k] += best * p[k] }
    var free: [Int] = []
    for i in 0..<n where d[i] != 0 {
      point[i] = box.clamp(x[i] + time * d[i], at: i)
      if point[i] > box.lower[i] && point[i] < box.upper[i] { free.append(i) }
    }
    if width == 0 || free.isEmpty { return point }
    return subspaceStep(from: point, x: x, gradient: g, c: c, free: free, box: box)
  }

  /// The direct primal method: the model's minimum over the free variables, cut back to the bounds.
  private func subspaceStep(
    from cauchy: [Double], x: [Double], gradient g: [Double], c: [Double], free: [Int], box: BoxBounds
  ) -> [Double] {
    let width = c.count
    let mc = applyMiddle(c)
    let rows = free.map { row($0) }
    var reduced = [Double](repeating: 0, count: free.count)
    var projected = [Double](repeating: 0, count: width)
    var gram = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    for (k, i) in free.enumerated() {
      reduced[k] = g[i] + theta * (cauchy[i] - x[i]) - dot(rows[k], mc)
      for a in 0..<width {
        projected[a] += rows[k][a] * reduced[k]
        for b in 0..<width { gram[a][b] += rows[k][a] * rows[k][b] / theta }
      }
    }
    // (I − M·N)⁻¹·M·q solves (M⁻¹ − N)·v = q.
    var system = middle
    for a in 0..<width {
      for b in 0..<width { system[a][b] -= gram[a][b] }
    }
    guard let v = solveDense(system, projected) else { return cauchy }
    var scale = 1.0
    var move = [Double](repeating: 0, count: free.count)
    for (k, i) in free.enumerated() {
      move[k] = -reduced[k] / theta - dot(rows[k], v) / (theta * theta)
      if move[k] > 0 { scale = min(scale, (box.upper[i] - cauchy[i]) / move[k]) }
      if move[k] < 0 { scale = min(scale, (box.lower[i] - cauchy[i]) / move[k]) }
    }
    var point = cauchy
    for (k, i) in free.enumerated() { point[i] = box.clamp(cauchy[i] + scale * move[k], at: i) }
    return point
  }
}

/// The solution of a small dense system by elimination with partial pivoting; nil when a pivot is zero.
private func solveDense(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
  var a = matrix
  var x = right
  let n = x.count
  for k in 0..<n {
    var pivot = k
    for i in k..<n where abs(a[i][k]) > abs(a[pivot][k]) { pivot = i }
    guard a[pivot][k] != 0, a[pivot][k].isFinite else { return nil }
    if pivot != k {
      a.swapAt(pivot, k)
      x.swapAt(pivot, k)
    }
    for i in (k + 1)..<max(n, k + 1) {
      let factor = a[i][k] / a[k][k]
      if factor == 0 { continue }
      for j in k..<n { a[i][j] -= factor * a[k][j] }
      x[i] -= factor * x[k]
    }
  }
  for k in (0..<n).reversed() {
    for j in (k + 1)..<max(n, k + 1) { x[k] -= a[k][j] * x[j] }
    x[k] /= a[k][k]
  }
  return x
}
