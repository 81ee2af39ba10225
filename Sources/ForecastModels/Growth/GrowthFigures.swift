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
