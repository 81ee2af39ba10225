internal import CKernels

/// b + x W for rows of x; their number is a multiple of 4, and that of the outputs one of 8.
///
/// Multiplications and additions are rounded one by one in a fixed order: the bits are the same on every instruction set.
func dense(_ x: [Double], _ weights: [Double], _ bias: [Double], rows: Int) -> [Double] {
  let outputs = bias.count
  let inputs = weights.count / outputs
  precondition(x.count == rows * inputs && rows.isMultiple(of: 4) && outputs.isMultiple(of: 8))
  return unsafe [Double](unsafeUninitializedCapacity: rows * outputs) { buffer, count in
    unsafe fs_dense(weights, bias, Int64(inputs), Int64(outputs), x, Int64(rows), buffer.baseAddress)
    count = rows * outputs
  }
}

/// Replaces each x with x/(1 + e⁻ˣ).
func swish(_ values: inout [Double]) {
  unsafe fs_swish(&values, Int64(values.count))
}
