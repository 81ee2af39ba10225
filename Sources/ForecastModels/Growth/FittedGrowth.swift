internal import Forecasting

extension FittedExponentialGrowth: FittedCurveInTime {
  func total(first: Int, count: Int) -> Double {
    exponentialTotal(solution, first: Double(first), count: Double(count))
  }
}

extension FittedSaturatingGrowth: FittedCurveInTime {
  func total(first: Int, count: Int) -> Double { curve.mean(first: first, count: count) }
}

extension FittedRampToCapacity: FittedCurveInTime {
  func total(first: Int, count: Int) -> Double { fit.mean(first: first, count: count) }
}

extension SavedReader {
  /// A fit made of the series estimated on and brought to the end of the one that forecasts follow.
  fileprivate func fit<Fit: FittedForecaster>(_ make: (TimeSeries) throws -> Fit) throws -> Fit {
    let fit = try make(try self.basis)
    guard let series: TimeSeries = try self.series else { return fit }
    return try fit.updated(to: series)
  }

  /// The optimum of a model with so many parameters.
  fileprivate func curveOptimum(of count: Int) throws -> CurveOptimum {
    let optimum: CurveOptimum = try self[dynamicMember: "optimum"]
    try require(optimum.fits(count), "optimum", "does not have the \(count) parameters of the model")
    return optimum
  }
}

extension FittedCurveInTime {
  /// The series that forecasts follow, where it is not the one estimated on.
  fileprivate var moved: TimeSeries? { series == basis ? nil : series }
}

extension FittedExponentialGrowth: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.exponential-growth", version: 1)]

  /// The solution and the series estimated on, some twenty bytes an observation.
  var saved: SavedFields { ["model": model, "basis": basis, "series": moved, "solution": solution] }

  init(_ saved: SavedReader) throws {
    let model: ExponentialGrowth = try saved.model
    let solution: ExponentialKernel.Solution = try saved.solution
    self = try saved.fit { basis in
      let sample = try GrowthSample(basis, noise: model.noise, model: model.name, needed: 3)
      return try model.fitted(to: basis, sample, solution)
    }
  }
}

extension FittedSaturatingGrowth: SavedFit {
  static var envelopes: [ModelEnvelope] {
    (Model.self as? any CurveModel.Type).map { [ModelEnvelope($0.format, version: 1)] } ?? []
  }

  /// The parameters and the series estimated on, some twenty bytes an observation.
  var saved: SavedFields {
    ["model": model, "basis": basis, "series": moved, "optimum": curve.optimum]
  }

  init(_ saved: SavedReader) throws {
    let model: Model = try saved.model
    guard let curved = model as? any CurveModel else {
      throw UnsoundFit(key: "model", reason: "is not a curve of this library")
    }
    let kind = type(of: curved)
    let optimum = try saved.curveOptimum(of: curved.parameterCount)
    self = try saved.fit { basis in
      FittedSaturatingGrowth(
        model: model, series: basis, curve: try curved.curve(of: basis, at: optimum),
        capacityName: kind.capacityName, limit: kind.limit)
    }
  }
}

extension FittedRampToCapacity: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.ramp-to-capacity", version: 1)]

  /// The parameters and the series estimated on, some twenty bytes an observation.
  var saved: SavedFields { ["model": model, "basis": basis, "series": moved, "optimum": fit.optimum] }

  init(_ saved: SavedReader) throws {
    let model: RampToCapacity = try saved.model
    try require(model.capacity.map { $0 > 0 } ?? true, "model", "has a capacity that is not positive")
    let optimum = try saved.curveOptimum(
      of: 1 + (model.capacity == nil ? 1 : 0) + (model.start == nil ? 1 : 0))
    self = try saved.fit { try model.fitted(to: $0, at: optimum) }
  }
}

/// A fitted curve in time, which has no state: later observations move the end of the series and nothing else.
protocol FittedCurveInTime: StatefulFit {
  /// The series that the parameters were estimated on, whose start is the curve's.
  var basis: TimeSeries { get }

  /// The sum of the mean over base periods, the first counted from the start.
  func total(first: Int, count: Int) -> Double
}

extension FittedCurveInTime {
  var origin: Period { basis.start }

  /// False: a curve in time goes on as it was.
  public var followsObservations: Bool { false }

  /// None.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { .none }

  mutating func restart() {}

  mutating func take(_ observations: [Observation], from first: Int) {
    fitted += observations.map { observation in
      let (first, count, factor) = GrowthSample.geometry(
        of: observation.span, rule: series.rule, origin: origin)
      return factor * total(first: Int(first), count: Int(count))
    }
  }
}
