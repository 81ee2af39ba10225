internal import CKernels

/// The result of a body whose numbers below 2⁻¹⁰²² count as zero.
///
/// What an initial state adds to later predictions dies out geometrically; a processor takes a hundred times as long over the
/// numbers just above zero that this passes through, and no sum with a number of the data's size can tell them from zero.
func flushingSubnormals<Result>(_ body: () -> Result) -> Result {
  let saved = fs_flush_subnormals()
  defer { fs_restore_subnormals(saved) }
  return body()
}
