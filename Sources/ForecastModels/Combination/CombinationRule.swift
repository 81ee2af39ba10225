/// How the members of a combination are weighed.
///
/// All but mean and median are drawn towards equal weights by the combination's shrinkage: weights that are estimated on
/// a short series cost more than they bring (J. Smith and K. F. Wallis, *Oxford Bull. Econ. Stat.* 71 (2009) 331–355,
/// doi:10.1111/j.1468-0084.2008.00541.x).
public enum CombinationRule: Sendable, Hashable, Codable {
  /// Equal weights.
  case mean
  /// At each step the member with the median mean, or the two in the middle (F. Petropoulos and I. Svetunkov,
  /// *Int. J. Forecasting* 36 (2020) 110–115, doi:10.1016/j.ijforecast.2019.01.006).
  case median
  /// The inverse of the mean squared residual over the observations that all members fit (J. M. Bates and
  /// C. W. J. Granger, *Oper. Res. Q.* 20 (1969) 451–468, doi:10.1057/jors.1969.103).
  case inverseError
  /// Akaike weights exp(−ΔAICc/2) (S. Kolassa, *Int. J. Forecasting* 27 (2011) 238–251,
  /// doi:10.1016/j.ijforecast.2010.04.006); a member without AICc is left out. Criteria of different families are
  /// comparable only where they speak of the same observations.
  case informationCriterion
  /// The inverse of the mean absolute error of forecasts from so many origins inside the series, one step apart.
  case rollingOrigin(origins: Int, horizon: Int)
}

/// The name and error of a member that could not be fitted.
public struct CombinationFailure: Sendable, Hashable, Codable {
  /// The member's name.
  public let member: String
  /// Why it dropped out, in one line.
  public let reason: String

  /// A member that dropped out.
  public init(member: String, reason: String) {
    self.member = member
    self.reason = reason
  }
}
