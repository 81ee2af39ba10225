public import Forecasting

/// The figures that growth curves have in common, for tables that compare them.
public struct GrowthFigures: Sendable, Equatable {
  /// The continuous rate per year (per period, for an integer index): for an exponential curve the rate itself; for a
  /// logistic or Richards curve r, the rate far below the capacity; for a Gompertz curve the rate of approach to it.
  public var ratePerYear: Estimate?
  /// The time in years in which the mean doubles, for a curve that grows without limit.
  public var doublingTime: Estimate?
  /// The time in years in which the mean halves.
  public var halvingTime: Estimate?
  /// The level that the curve approaches (for Bass diffusion, the sum over all periods).
  public var capacity: Estimate?
  /// Whether the data identify the capacity.
  public var capacityStatus: CapacityStatus?

  /// Creates the figures of a curve; those that it does not have are `nil`.
  public init(
    ratePerYear: Estimate? = nil, doublingTime: Estimate? = nil,
    halvingTime: Estimate? = nil, capacity: Estimate? = nil,
    capacityStatus: CapacityStatus? = nil
  ) {
    self.ratePerYear = ratePerYear
    self.doublingTime = doublingTime
    self.halvingTime = halvingTime
    self.capacity = capacity
    self.capacityStatus = capacityStatus
  }
}

/// A fitted growth curve.
public protocol FittedGrowth: FittedForecaster {
  /// The figures that it has in common with other growth curves.
  var figures: GrowthFigures { get }
}

extension FittedSaturatingGrowth: FittedGrowth {
  /// Rate, capacity and whether it is identified.
  public var figures: GrowthFigures {
    GrowthFigures(
      ratePerYear: curve.rate.map { $0.scaled(by: series.frequency.meanPeriodsPerYear) },
      capacity: capacity, capacityStatus: capacityStatus)
  }
}

extension FittedRampToCapacity: FittedGrowth {
  /// Capacity and whether it is identified.
  public var figures: GrowthFigures { GrowthFigures(capacity: capacity, capacityStatus: capacityStatus) }
}

/// Whether the data identify the capacity of a growth curve.
public enum CapacityStatus: Sendable, Equatable {
  /// The capacity was given.
  case given
  /// The capacity is estimated, with the ends of its 95% profile-likelihood interval.
  case identified(lower: Double, upper: Double)
  /// The data do not reject any capacity from the lower bound up to the limit of the fit: the curve has not reached its
  /// inflection, or does not grow. The bound is the lower end of the 95% profile-likelihood interval, 0 if that is open too.
  case unidentified(lowerBound: Double)

  init(_ profile: (lower: Double?, upper: Double?)) {
    if let upper = profile.upper {
      self = .identified(lower: profile.lower ?? 0, upper: upper)
    } else {
      self = .unidentified(lowerBound: profile.lower ?? 0)
    }
  }
}
