/// Whether the data say where a growth curve levels off.
public enum CapacityStatus: Sendable, Equatable {
  /// The capacity was given.
  case given
  /// The capacity is estimated; the ends of its 95 % profile-likelihood interval.
  case identified(lower: Double, upper: Double)
  /// No capacity above the lower bound is worse than the best by the data, up to the limit of the fit: the curve is still
  /// short of its bend, or does not grow. The bound is the lower end of the 95 % profile-likelihood interval, 0 where
  /// even that is open.
  case unidentified(lowerBound: Double)

  init(_ profile: (lower: Double?, upper: Double?)) {
    if let upper = profile.upper {
      self = .identified(lower: profile.lower ?? 0, upper: upper)
    } else {
      self = .unidentified(lowerBound: profile.lower ?? 0)
    }
  }
}
