public import Forecasting
internal import ForesightNumerics
internal import RealModule

extension FittedExponentialGrowth: FittedGrowth {
  /// Whether the optimizer reached an optimum.
  public var hasConverged: Bool { converged }

  /// Coefficients, growth figures with 95% intervals, and criteria on the scale of y.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: basis)
    summary.coefficients = [
      FitSummary.Coefficient("log level", logLevel, degreesOfFreedom: degreesOfFreedom),
      FitSummary.Coefficient("rate", rate, degreesOfFreedom: degreesOfFreedom),
    ]
    let years = series.frequency == .index ? "periods" : "years"
    summary.facts = [
      FitSummary.Fact("level at \(origin)", level, unit: series.unit),
      FitSummary.Fact("growth per \(series.frequency.rawValue)", growthRate, unit: ""),
    ]
    if series.frequency != .year, series.frequency != .index {
      summary.facts.append(FitSummary.Fact("growth per year", compoundAnnualGrowthRate, unit: ""))
    }
    if let doublingTime { summary.facts.append(FitSummary.Fact("doubling time", doublingTime, unit: years)) }
    if let halvingTime { summary.facts.append(FitSummary.Fact("halving time", halvingTime, unit: years)) }
    if (doublingTime ?? halvingTime)?.upper == nil {
      summary.notes.append(
        "the 95% interval of the rate includes zero, so the doubling or halving time has no upper bound")
    }
    summary.degreesOfFreedom = Double(degreesOfFreedom)
    summary.residualStandardError = dispersion.squareRoot()
    fillCriteria(
      &summary, sample: sample, noise: model.noise, parameters: 3, logLikelihood: logLikelihood,
      objective: solution.objective)
    if logLikelihood != nil {
      summary.diagnostics = ResidualDiagnostics(scaledResiduals).tests(
        design: design, seasonalPeriod: series.seasonalPeriod)
    }
    summary.setConvergence(
      converged ? "converged in \(iterations) steps" : "not converged after \(iterations) steps",
      isOptimum: converged)
    return summary
  }

  /// Rate, doubling and halving time.
  public var figures: GrowthFigures {
    GrowthFigures(
      ratePerYear: rate.scaled(by: series.frequency.meanPeriodsPerYear), doublingTime: doublingTime,
      halvingTime: halvingTime)
  }

  private func total(_ i: Int) -> Double {
    exponentialTotal(solution, first: sample.first[i], count: sample.count[i])
  }

  /// The residuals in time order over the standard deviation of the noise.
  private var scaledResiduals: [Double] {
    (0..<sample.size).map { sample.scaledResidual(model.noise, $0, mean: total($0)) }
  }

  /// ∂m/∂(α, b) over the standard deviation of the noise: (1, t) for single periods on logarithms.
  private var design: Matrix {
    var design = Matrix(rows: sample.size, columns: 2, repeating: 0)
    for i in 0..<sample.size {
      var sum = 0.0
      var moment = 0.0
      for j in 0..<Int(sample.count[i]) {
        let time = sample.first[i] + Double(j)
        let mean = exponentialTotal(solution, first: time, count: 1)
        sum += mean
        moment += time * mean
      }
      let deviation = sample.deviation(model.noise, i, mean: sum)
      design[i, 0] = sum / deviation
      design[i, 1] = moment / deviation
    }
    return design
  }
}

/// Adds R² if the noise has one, the criteria, and the notes on aggregated periods and on the noise.
func fillCriteria(
  _ summary: inout FitSummary, sample: GrowthSample, noise: GrowthNoise, parameters: Int,
  logLikelihood: Double?,
  objective: Double
) {
  if noise != .poisson {
    let total = sample.totalSum(noise)
    if total > 0 {
      let r = 1 - objective / total
      let n = Double(sample.size)
      summary.rSquared = r
      let free = n - Double(parameters - 1)
      if free > 0 { summary.adjustedRSquared = 1 - (1 - r) * (n - 1) / free }
    }
  }
  if let logLikelihood {
    summary.setCriteria(logLikelihood: logLikelihood, parameters: parameters, observations: sample.size)
  } else {
    summary.notes.append(
      "the curve passes through every value, so there is no likelihood, criterion or noise estimate")
  }
  switch noise {
  case .multiplicative where summary.spans > 0:
    summary.notes.append(
      "the logarithm of an aggregated total is treated as normal with variance σ²/|S|, an approximation")
  case .poisson:
    summary.notes.append(
      "criteria use the normal distribution with variance φμ, because a quasi-likelihood is not a density")
  default: break
  }
}
