internal import CKernels

extension Cholesky {
  /// Solves A x = b in place for a small positive definite A of `size` rows of `stride`, given by its upper triangle.
  ///
  /// The triangle becomes R with A = RᵀR and `right` becomes x; false, with both spoiled, where a pivot is not
  /// positive. The vector kernel of the searches: no allocation, cost size³/3.
  package static func solve(
    _ matrix: inout [Double], size: Int, stride: Int, _ right: inout [Double]
  ) -> Bool {
    precondition(size <= stride && matrix.count >= size * stride && right.count >= size, "too few entries")
    return unsafe fs_cholesky_solve(&matrix, Int64(size), Int64(stride), &right) == 1
  }
}
