internal import CKernels

/// The natural logarithm.
func logarithm(_ x: Double) -> Double {
  var value = 0.0
  fs_column_logarithm([x], &value, 1)
  return value
}

/// The exponential function.
func exponential(_ x: Double) -> Double {
  var value = 0.0
  fs_column_exponential([x], &value, 1)
  return value
}
