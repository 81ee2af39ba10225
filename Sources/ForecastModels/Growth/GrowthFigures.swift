public import Forecasting

/// What growth curves have in common, for tables that hold several side by side.
public struct GrowthFigures: Sendable, Equatable {
  /// The continuous rate per year (per period, for an integer index): of an exponential curve the rate itself, of a
  /// logistic or Richards curve r, the rate far below the capacity; of a Gompertz curve that of closing in on it.
  public var ratePerYear: Estimate?
  /// The years in which the mean doubles, for a curve that does so for ever.
  public var doublingTime: Estimate?
  /// The years in which the mean halves.
  public var halvingTime: Estimate?
  /// The level that the curve ends at (of Bass diffusion, the sum over all periods).
  public var capacity: Estimate?
  /// Whether the data say what the capacity is.
  public var capacityStatus: CapacityStatus?

  /// Figures of a curve that has some of them.
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
  /// What it has in common with other growth curves.
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
