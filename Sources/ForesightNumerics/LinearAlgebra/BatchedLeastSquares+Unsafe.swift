internal import CKernels

extension BatchedLeastSquares {
  /// Fits all problems by the kernel and lists those that need the refined method.
  func kernel(
    designs: [Double], responses: [Double], _ problems: Int
  ) -> (fit: BatchedLinearFit, careful: [Int]) {
    unsafe run(problems) { scratch, coefficients, errors, sums, careful in
      unsafe fs_least_squares(
        designs, responses, Int64(problems), Int64(observations), Int64(parameters), scratch, coefficients,
        errors, sums, careful)
    }
  }

  /// The same for a shared design, from Qᵀy and R⁻¹ of one factorization.
  func sharedKernel(
    _ design: Matrix, _ responses: [Double], _ problems: Int
  ) throws(NumericsError) -> (fit: BatchedLinearFit, careful: [Int]) {
    let scaled = design.columnsScaled()
    let qr = try QR(scaled.matrix)
    let q = try qr.q()
    let r = qr.r
    // The diagonal of R holds the share of its length that a column keeps.
    let isGood = (0..<parameters).allSatisfy { abs(r[$0, $0]) > 0x1p-10 * scaled.norms[$0] }
    guard isGood else {
      return (empty(problems), Array(0..<problems))
    }
    var inverse = Matrix(rows: parameters, columns: parameters)
    for j in 0..<parameters {
      var unit = [Double](repeating: 0, count: parameters)
      unit[j] = 1
      let column = try qr.solveR(unit, size: parameters)
      for i in 0...j { inverse[i, j] = column[i] * scaled.scales[i] }
    }
    let spread = (0..<parameters).map { i in Matrix.norm(inverse.row(i)) }
    let rows = q.transposed().elements
    return unsafe run(problems) { scratch, coefficients, errors, sums, careful in
      unsafe fs_least_squares_shared(
        rows, inverse.elements, spread, responses, Int64(problems), Int64(observations), Int64(parameters),
        scratch, coefficients, errors, sums, careful)
    }
  }

  private func empty(_ problems: Int) -> BatchedLinearFit {
    BatchedLinearFit(
      parameters: parameters, coefficients: [Double](repeating: 0, count: problems * parameters),
      standardErrors: [Double](repeating: 0, count: problems * parameters),
      residualSumsOfSquares: [Double](repeating: 0, count: problems),
      ranks: [Int](repeating: parameters, count: problems))
  }

  private func run(
    _ problems: Int,
    _ body: (
      UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?,
      UnsafeMutablePointer<Double>?, UnsafeMutablePointer<UInt8>?
    ) -> Void
  ) -> (fit: BatchedLinearFit, careful: [Int]) {
    var fit = empty(problems)
    guard problems > 0 else { return (fit, []) }
    guard parameters <= Int(FS_LEAST_SQUARES_COLUMNS) else { return (fit, Array(0..<problems)) }
    var careful = [UInt8](repeating: 0, count: problems)
    let needed = fs_least_squares_scratch(Int64(observations), Int64(parameters))
    var scratch = [Double](repeating: 0, count: needed)
    unsafe scratch.withUnsafeMutableBufferPointer { scratch in
      unsafe fit.coefficients.withUnsafeMutableBufferPointer { coefficients in
        unsafe fit.standardErrors.withUnsafeMutableBufferPointer { errors in
          unsafe fit.residualSumsOfSquares.withUnsafeMutableBufferPointer { sums in
            unsafe careful.withUnsafeMutableBufferPointer { careful in
              unsafe body(
                scratch.baseAddress, coefficients.baseAddress, errors.baseAddress, sums.baseAddress,
                careful.baseAddress)
            }
          }
        }
      }
    }
    return (fit, careful.indices.filter { careful[$0] != 0 })
  }
}
