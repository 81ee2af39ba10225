internal import RealModule

/// The fast filter for stationary ARMA processes: variances and gains of the predictions over n values, and the innovations.
///
/// The covariance recursion of the Kalman filter is carried by its increments, which have rank one (Chandrasekhar
/// equations: M. Morf, G. S. Sidhu and T. Kailath, *IEEE Trans. Automat. Control* 19 (1974) 315–323,
/// doi:10.1109/TAC.1974.1100576): with P_{t+1} − P_t = M L Lᵀ, z = L₀ and T the companion matrix of φ,
///
///     F′ = F + M z²,  K′ = K + T L M z,  L′ = T L − K z/F,  M′ = M F/F′,
///
/// so that a step costs O(r) where the general filter costs O(r²). It stops once the increment is below rounding. Gradients are
/// the reverse of the recursion. `StateSpaceFilter` gives the same innovations and variances for the companion form.
@safe final class ARMARecursion {
  /// The largest number of values that can be filtered.
  let count: Int
  /// r.
  let width: Int
  /// The number of steps after which F and K no longer change.
  private(set) var settled = 0
  private var lags: [Int] = []
  private var phi: [Double] = []
  /// L_t after the last step, if the steady state is not reached.
  private var increment: [Double] = []
  /// K_t and T L_t, one row per step; F_t, M_t, z_t.
  private let gains: UnsafeMutablePointer<Double>
  private let images: UnsafeMutablePointer<Double>
  private let variances: UnsafeMutablePointer<Double>
  private let factors: UnsafeMutablePointer<Double>
  private let heads: UnsafeMutablePointer<Double>
  /// A state whose origin advances by one per step, so that shifting it costs nothing.
  private let track: UnsafeMutablePointer<Double>
  private let rows: Int

  /// Allocates memory for `count` values and a state of `width` entries.
  init(count: Int, width: Int) {
    self.count = count
    self.width = width
    rows = count + 1
    unsafe gains = .allocate(capacity: rows * width)
    unsafe images = .allocate(capacity: rows * width)
    unsafe variances = .allocate(capacity: rows)
    unsafe factors = .allocate(capacity: rows)
    unsafe heads = .allocate(capacity: rows)
    unsafe track = .allocate(capacity: count + width + 1)
  }

  deinit {
    unsafe gains.deallocate()
    unsafe images.deallocate()
    unsafe variances.deallocate()
    unsafe factors.deallocate()
    unsafe heads.deallocate()
    unsafe track.deallocate()
  }

  /// F_t over the innovation variance.
  func variance(_ t: Int) -> Double { unsafe variances[min(t, settled)] }

  /// K_t.
  @unsafe func gains(at t: Int) -> UnsafeMutablePointer<Double> { unsafe gains + min(t, settled) * width }

  /// φ at its lags.
  var terms: [(lag: Int, weight: Double)] { Array(zip(lags, phi)).map { (lag: $0.0, weight: $0.1) } }

  /// Σ log F_t.
  var logDeterminant: Double {
    var sum = 0.0
    var product = 1.0
    for t in 0..<min(settled, count) {
      unsafe product *= variances[t]
      if product > 0x1p400 || product < 0x1p-400 {
        sum += Double.log(product)
        product = 1
      }
    }
    sum += Double.log(product)
    if count > settled { unsafe sum += Double(count - settled) * Double.log(variances[settled]) }
    return sum
  }

  /// Runs the covariance recursion of a process; returns false if a variance is not positive.
  ///
  /// - Parameters:
  ///   - canSettle: Whether it may stop at the steady state.
  ///   - data: The number of steps after which a variance lost to rounding stops the recursion instead of failing.
  func prepare(_ process: ARMAProcess, canSettle: Bool = true, data: Int = .max) -> Bool {
    lags = process.ar.map(\.lag)
    phi = process.ar.map(\.value.value)
    let gain = process.gain.map(\.value)
    let variance = process.variance.value
    guard variance > 0, variance.isFinite else { return false }
    return run(gain: gain, increment: gain, variance: variance, factor: -1 / variance, canSettle, data)
  }

  /// Resumes the covariance recursion from the state of a filter.
  func resume(_ state: ARMAState) {
    lags = state.lags
    phi = state.phi
    // All data are filtered: a variance lost to rounding stops the recursion without failing.
    _ = run(
      gain: state.gain, increment: state.increment, variance: state.variance, factor: state.factor, true, 0)
  }

  private func run(
    gain: [Double], increment first: [Double], variance: Double, factor: Double, _ canSettle: Bool,
    _ data: Int
  ) -> Bool {
    let l = unsafe track
    unsafe l.update(repeating: 0, count: count + width + 1)
    for i in 0..<width { unsafe gains[i] = gain[i] }
    for i in first.indices { unsafe l[i] = first[i] }
    unsafe variances[0] = variance
    unsafe factors[0] = factor
    settled = 0
    increment = []
    // A filter in its steady state has no increment.
    guard !first.isEmpty else { return true }
    defer { if settled == count { increment = (0..<width).map { unsafe l[count + $0] } } }
    while settled < count {
      let t = settled
      let f = unsafe variances[t]
      let m = unsafe factors[t]
      let z = unsafe l[t]
      let u = z / f
      let s = m * z
      let next = unsafe l + (t + 1)
      for (place, lag) in lags.enumerated() { unsafe next[lag - 1] += phi[place] * z }
      let k = unsafe gains + t * width
      let kNext = unsafe k + width
      let image = unsafe images + t * width
      var size = 0.0
      for i in 0..<width {
        let x = unsafe next[i]
        unsafe image[i] = x
        unsafe kNext[i] = unsafe k[i] + s * x
        let y = unsafe x - u * k[i]
        unsafe next[i] = y
        size += y * y
      }
      // The increment is meaningless below rounding.
      unsafe heads[t] = z
      let fNext = f + s * z
      guard fNext > 0, fNext.isFinite else { return t >= data }
      unsafe variances[t + 1] = fNext
      unsafe factors[t + 1] = m * f / fNext
      settled = t + 1
      if unsafe canSettle && -factors[t + 1] * size < 1e-20 * fNext { break }
    }
    return true
  }

  /// The innovations of a column that is zero before index `first`: L⁻¹x without the scaling by √F.
  func filter(
    _ column: [Double], from first: Int = 0, state: [Double] = [], into innovations: inout [Double]
  ) {
    let a = unsafe track
    unsafe a.update(repeating: 0, count: count + width + 1)
    for i in state.indices { unsafe a[i] = state[i] }
    for t in 0..<min(first, count) { innovations[t] = 0 }
    for t in min(first, count)..<count {
      let row = min(t, settled)
      let head = unsafe a[t]
      let v = column[t] - head
      innovations[t] = v
      let g = unsafe v / variances[row]
      let next = unsafe a + (t + 1)
      let k = unsafe gains + row * width
      for i in 0..<width { unsafe next[i] += g * k[i] }
      for (place, lag) in lags.enumerated() { unsafe next[lag - 1] += phi[place] * head }
    }
  }

  /// The state after the column that was filtered last.
  var lastState: [Double] { (0..<width).map { unsafe track[count + $0] } }

  /// Σ vᵢvⱼ/F of filtered columns as the rows of the lower triangle, and Σ vᵢv/F with the filtered series.
  func products(_ columns: [[Double]], _ series: [Double]) -> (gram: [[Double]], right: [Double]) {
    let all = columns + [series]
    let packed = PackedColumns(all, length: count)
    let inverse = (0..<count).map { 1 / variance($0).squareRoot() }
    for place in all.indices { packed.scale(place, by: inverse) }
    let last = columns.count
    return (
      columns.indices.map { i in (0...i).map { packed.product(i, $0) } },
      columns.indices.map { packed.product($0, last) }
    )
  }

  /// The columns of V L⁻ᵀ for filtered columns V, L lower triangular and column-major.
  func orthonormal(_ columns: [[Double]], factor: [Double], leading: Int) -> [[Double]] {
    let packed = PackedColumns(columns, length: count)
    for j in columns.indices {
      for i in 0..<j { packed.add(-factor[j + i * leading], of: i, to: j) }
      packed.scale(j, by: 1 / factor[j + j * leading])
    }
    return columns.indices.map { packed.column($0) }
  }

  /// K_t row by row: those of the steps before the steady state, then that of the steady state.
  var movingGains: [Double] { (0..<(min(settled, count - 1) + 1) * width).map { unsafe gains[$0] } }

  /// The state of the filter after all values, with the states of the columns and their products.
  func state(heads: [[Double]], gram: [[Double]], right: [Double]) -> ARMAState {
    let row = min(settled, count)
    return ARMAState(
      lags: lags, phi: phi, gain: (0..<width).map { unsafe gains[row * width + $0] }, increment: increment,
      variance: unsafe variances[row], factor: unsafe factors[row], heads: heads, gram: gram, right: right)
  }

  /// The gradient of ½Σ log F + Σ_c ½ω_c Σ v²/F by φ at its lags, by the first gain and by γ₀.
  struct Adjoint {
    var ar: [Double]
    var gain: [Double]
    var variance: Double
  }

  /// The reverse recursion for columns with weights ω and innovations v.
  func adjoint(_ columns: [(weight: Double, column: [Double], innovations: [Double])]) -> Adjoint {
    var ar = [Double](repeating: 0, count: lags.count)
    var gain = [Double](repeating: 0, count: width)
    var variance = 0.0
    // The derivatives by K and F of each step; those beyond the steady state are summed in the last row.
    let spread = settled + 1
    var onGains = [Double](repeating: 0, count: spread * width)
    var onVariances = [Double](repeating: 0, count: spread)
    for t in 0..<count { unsafe onVariances[min(t, settled)] += 0.5 / variances[min(t, settled)] }
    unsafe onGains.withUnsafeMutableBufferPointer { onGains in
      for (weight, column, innovations) in columns {
        let lambda = unsafe track
        unsafe lambda.update(repeating: 0, count: count + width + 1)
        for t in stride(from: count - 1, through: 0, by: -1) {
          let row = min(t, settled)
          let f = unsafe variances[row]
          let v = innovations[t]
          let g = v / f
          let head = column[t] - v
          let next = unsafe lambda + (t + 1)
          let k = unsafe gains + row * width
          var pull = 0.0
          let base = row * width
          for i in 0..<width {
            unsafe pull += k[i] * next[i]
            unsafe onGains[base + i] += g * next[i]
          }
          var through = -(weight * g + pull / f)
          for (place, lag) in lags.enumerated() {
            unsafe ar[place] += head * next[lag - 1]
            unsafe through += phi[place] * next[lag - 1]
          }
          onVariances[row] -= 0.5 * weight * g * g + pull * g / f
          unsafe lambda[t] = through
        }
      }
      let lambda = unsafe track
      unsafe lambda.update(repeating: 0, count: count + width + 1)
      let base = settled * width
      for i in 0..<width { gain[i] = unsafe onGains[base + i] }
      variance = onVariances[settled]
      var onFactor = 0.0
      unsafe gain.withUnsafeMutableBufferPointer { gain in
        for t in stride(from: settled - 1, through: 0, by: -1) {
          let f = unsafe variances[t]
          let m = unsafe factors[t]
          let z = unsafe heads[t]
          let fNext = unsafe variances[t + 1]
          let u = z / f
          let s = m * z
          let onNext = variance - onFactor * m * f / (fNext * fNext)
          var onVariance = onVariances[t] + onFactor * m / fNext + onNext
          var onS = onNext * z
          var onU = 0.0
          var onZ = onNext * s
          let k = unsafe gains + t * width
          let image = unsafe images + t * width
          let next = unsafe lambda + (t + 1)
          let row = t * width
          for i in 0..<width {
            let kb = unsafe gain[i]
            let lb = unsafe next[i]
            unsafe onS += kb * image[i]
            unsafe onU -= k[i] * lb
            unsafe gain[i] = unsafe kb - u * lb + onGains[row + i]
            unsafe next[i] = lb + s * kb
          }
          for (place, lag) in lags.enumerated() {
            unsafe ar[place] += z * next[lag - 1]
            unsafe onZ += phi[place] * next[lag - 1]
          }
          onZ += onU / f + onS * m
          onVariance -= onU * u / f
          onFactor = onFactor * f / fNext + onS * z
          variance = onVariance
          unsafe lambda[t] = onZ
        }
      }
      for i in 0..<width { unsafe gain[i] += lambda[i] }
      let first = unsafe variances[0]
      variance += onFactor / (first * first)
    }
    return Adjoint(ar: ar, gain: gain, variance: variance)
  }
}
