internal import CLAPACK

/// LAPACK's routines over Swift arrays.
///
/// Every routine works in place on column-major storage. A nonzero `info` that does not describe the data is thrown.
enum LAPACK {
  /// Turns off LAPACK's threads once: parallelism belongs to the caller's tasks.
  private static let singleThread: Void = la_single_thread()

  /// QR factorization in place; the scalars of the Householder reflectors.
  static func qr(_ a: inout [Double], _ m: Int, _ n: Int) throws(NumericsError) -> [Double] {
    singleThread
    var tau = [Double](repeating: 0, count: max(1, min(m, n)))
    var work = [Double](repeating: 0, count: max(1, n * 32))
    let info = unsafe la_dgeqrf(la_int(m), la_int(n), &a, la_int(max(1, m)), &tau, &work, la_int(work.count))
    guard info == 0 else { throw .lapackFailure(routine: "dgeqrf", info: Int(info)) }
    return tau
  }

  /// QR factorization with column pivoting in place; reflectors and the order of the columns, counted from 0.
  static func pivotedQR(
    _ a: inout [Double], _ m: Int, _ n: Int
  ) throws(NumericsError) -> (tau: [Double], order: [Int]) {
    singleThread
    var tau = [Double](repeating: 0, count: max(1, min(m, n)))
    var pivots = [la_int](repeating: 0, count: max(1, n))
    var work = [Double](repeating: 0, count: 2 * n + (n + 1) * 32)
    let info = unsafe la_dgeqp3(
      la_int(m), la_int(n), &a, la_int(max(1, m)), &pivots, &tau, &work, la_int(work.count))
    guard info == 0 else { throw .lapackFailure(routine: "dgeqp3", info: Int(info)) }
    return (tau, pivots.prefix(n).map { Int($0) - 1 })
  }

  /// C ← QᵀC (or QC), Q of k reflectors, C of m × columns.
  static func applyQ(
    _ a: [Double], _ tau: [Double], rows m: Int, reflectors k: Int, transposed: Bool, to c: inout [Double],
    columns: Int
  ) throws(NumericsError) {
    guard m > 0, k > 0, columns > 0 else { return }
    singleThread
    var a = a
    var tau = tau
    var work = [Double](repeating: 0, count: max(1, columns * 32) + 65 * 64)
    let trans = CChar(UInt8(ascii: transposed ? "T" : "N"))
    let info = unsafe la_dormqr(
      trans, la_int(m), la_int(columns), la_int(k), &a, la_int(m), &tau, &c, la_int(m), &work,
      la_int(work.count))
    guard info == 0 else { throw .lapackFailure(routine: "dormqr", info: Int(info)) }
  }

  /// The first n columns of Q, in place.
  static func formQ(
    _ a: inout [Double], _ tau: [Double], _ m: Int, _ n: Int, reflectors k: Int
  ) throws(NumericsError) {
    guard m > 0, n > 0 else { return }
    singleThread
    var tau = tau
    var work = [Double](repeating: 0, count: max(1, n * 32))
    let info = unsafe la_dorgqr(
      la_int(m), la_int(n), la_int(k), &a, la_int(m), &tau, &work, la_int(work.count))
    guard info == 0 else { throw .lapackFailure(routine: "dorgqr", info: Int(info)) }
  }

  /// B ← T⁻¹B for the leading n × n triangle of `a`.
  static func solveTriangle(
    _ a: [Double], leading: Int, size n: Int, upper: Bool, transposed: Bool, _ b: inout [Double], columns: Int
  ) throws(NumericsError) {
    guard n > 0, columns > 0 else { return }
    singleThread
    var a = a
    let info = unsafe la_dtrtrs(
      CChar(UInt8(ascii: upper ? "U" : "L")), CChar(UInt8(ascii: transposed ? "T" : "N")), la_int(n),
      la_int(columns), &a, la_int(max(1, leading)), &b, la_int(n))
    guard info >= 0 else { throw .lapackFailure(routine: "dtrtrs", info: Int(info)) }
    guard info == 0 else { throw .rankDeficient(rank: Int(info) - 1, columns: n) }
  }

  /// The reciprocal condition number of the leading n × n upper triangle in the 1-norm.
  static func reciprocalCondition(_ a: [Double], leading: Int, size n: Int) throws(NumericsError) -> Double {
    guard n > 0 else { return 1 }
    singleThread
    var a = a
    var rcond = 0.0
    var work = [Double](repeating: 0, count: 3 * n)
    var iwork = [la_int](repeating: 0, count: n)
    let info = unsafe la_dtrcon(la_int(n), &a, la_int(leading), &rcond, &work, &iwork)
    guard info == 0 else { throw .lapackFailure(routine: "dtrcon", info: Int(info)) }
    return rcond
  }

  /// The lower Cholesky factor in place; the entries above the diagonal are unchanged.
  static func cholesky(_ a: inout [Double], _ n: Int) throws(NumericsError) {
    guard n > 0 else { return }
    singleThread
    let info = unsafe la_dpotrf(la_int(n), &a, la_int(n))
    guard info >= 0 else { throw .lapackFailure(routine: "dpotrf", info: Int(info)) }
    guard info == 0 else { throw .notPositiveDefinite(pivot: Int(info) - 1) }
  }

  /// C ← C + AᵀB, A of rows × m, B of rows × n.
  static func addProduct(_ c: inout [Double], _ a: [Double], _ b: [Double], rows: Int, _ m: Int, _ n: Int) {
    guard rows > 0, m > 0, n > 0 else { return }
    singleThread
    unsafe la_add_product(la_int(rows), la_int(m), la_int(n), a, b, &c)
  }

  /// The thin singular value decomposition: U (m × k), s, Vᵀ (k × n) with k = min(m, n).
  static func svd(
    _ a: [Double], _ m: Int, _ n: Int
  ) throws(NumericsError) -> (u: [Double], s: [Double], vt: [Double]) {
    let k = min(m, n)
    guard k > 0 else { return ([], [], []) }
    singleThread
    var a = a
    var s = [Double](repeating: 0, count: k)
    var u = [Double](repeating: 0, count: m * k)
    var vt = [Double](repeating: 0, count: k * n)
    var iwork = [la_int](repeating: 0, count: 8 * k)
    var size = [0.0]
    var info = unsafe la_dgesdd(
      la_int(m), la_int(n), &a, la_int(m), &s, &u, la_int(m), &vt, la_int(k), &size, -1, &iwork)
    guard info == 0 else { throw .lapackFailure(routine: "dgesdd", info: Int(info)) }
    var work = [Double](repeating: 0, count: max(1, Int(size[0])))
    info = unsafe la_dgesdd(
      la_int(m), la_int(n), &a, la_int(m), &s, &u, la_int(m), &vt, la_int(k), &work, la_int(work.count),
      &iwork)
    guard info == 0 else { throw .lapackFailure(routine: "dgesdd", info: Int(info)) }
    return (u, s, vt)
  }

  /// Eigenvalues in ascending order; eigenvectors replace `a`.
  static func symmetricEigen(_ a: inout [Double], _ n: Int) throws(NumericsError) -> [Double] {
    guard n > 0 else { return [] }
    singleThread
    var values = [Double](repeating: 0, count: n)
    var work = [Double](repeating: 0, count: 1 + 6 * n + 2 * n * n)
    var iwork = [la_int](repeating: 0, count: 3 + 5 * n)
    let info = unsafe la_dsyevd(
      la_int(n), &a, la_int(n), &values, &work, la_int(work.count), &iwork, la_int(iwork.count))
    guard info == 0 else { throw .lapackFailure(routine: "dsyevd", info: Int(info)) }
    return values
  }
}
