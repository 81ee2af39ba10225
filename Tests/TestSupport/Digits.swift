#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The correct digits of q against a certified c, −log₁₀(|q − c|/|c|), or −log₁₀|q| where c = 0; at most 16.
public func correctDigits(_ q: Double, _ c: Double) -> Double {
  let error = c == 0 ? abs(q) : abs(q - c) / abs(c)
  return error == 0 ? 16 : min(16, max(0, -log10(error)))
}
