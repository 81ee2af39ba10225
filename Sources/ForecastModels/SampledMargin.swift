internal import ForesightNumerics

/// A margin that is known by samples.
protocol SampledMargin: Distribution {
  /// The distribution of the samples.
  var samples: Empirical { get }
}

extension Empirical: SampledMargin {
  var samples: Empirical { self }
}
