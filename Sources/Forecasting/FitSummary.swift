internal import ForesightNumerics

/// What a fit says of itself, in the form an econometrician recognises.
public struct FitSummary: Sendable, Equatable, Codable {
  /// One estimated parameter.
  public struct Coefficient: Sendable, Equatable, Codable {
    /// The parameter's name.
    public let name: String
    /// The estimate.
    public let estimate: Double
    /// The standard error, `nil` where the fit has none (a parameter at its bound, say).
    public let standardError: Double?
    /// The t (or z) statistic.
    public let statistic: Double?
    /// The two-sided p value.
    public let pValue: Double?

    /// A parameter with what is known of its precision.
    public init(
      name: String, estimate: Double, standardError: Double? = nil, statistic: Double? = nil,
      pValue: Double? = nil
    ) {
      self.name = name
      self.estimate = estimate
      self.standardError = standardError
      self.statistic = statistic
      self.pValue = pValue
    }
  }

  /// A figure derived from the parameters, with an interval: a doubling time, a growth rate a year.
  public struct Fact: Sendable, Equatable, Codable {
    /// What it is.
    public let name: String
    /// The value.
    public let value: Double
    /// The lower end of the interval, where there is one.
    public let lower: Double?
    /// The upper end of the interval, where there is one.
    public let upper: Double?
    /// The level of the interval, 0.95 by default.
    public let level: Double
    /// The unit.
    public let unit: String

    /// A derived figure.
    public init(
      name: String, value: Double, lower: Double? = nil, upper: Double? = nil, level: Double = 0.95,
      unit: String = ""
    ) {
      self.name = name
      self.value = value
      self.lower = lower
      self.upper = upper
      self.level = level
      self.unit = unit
    }
  }

  /// A test of the residuals.
  public struct Diagnostic: Sendable, Equatable, Codable {
    /// The test's name.
    public let name: String
    /// The test statistic.
    public let statistic: Double
    /// The p value, where the test has one.
    public let pValue: Double?
    /// The degrees of freedom, where the test has them.
    public let degreesOfFreedom: Double?

    /// A test result.
    public init(name: String, statistic: Double, pValue: Double? = nil, degreesOfFreedom: Double? = nil) {
      self.name = name
      self.statistic = statistic
      self.pValue = pValue
      self.degreesOfFreedom = degreesOfFreedom
    }
  }

  /// The model's name.
  public var model: String
  /// The series' name.
  public var series: String
  /// The series' unit.
  public var unit: String
  /// The first and last period fitted.
  public var span: String
  /// Observations with a value.
  public var observations: Int
  /// Observations without a value, gaps included.
  public var missing: Int
  /// Observations that cover several periods.
  public var spans: Int
  /// The parameters in order.
  public var coefficients: [Coefficient]
  /// Figures derived from them.
  public var facts: [Fact]
  /// Residual degrees of freedom.
  public var degreesOfFreedom: Double?
  /// The residual standard error, on the scale the noise is modelled on.
  public var residualStandardError: Double?
  /// R².
  public var rSquared: Double?
  /// R² adjusted for the number of parameters.
  public var adjustedRSquared: Double?
  /// The log-likelihood on the scale of y, Jacobian included.
  public var logLikelihood: Double?
  /// Akaike's criterion; the noise variance counts as a parameter.
  public var aic: Double?
  /// AIC corrected for small samples.
  public var aicc: Double?
  /// Schwarz's criterion.
  public var bic: Double?
  /// Tests of the residuals.
  public var diagnostics: [Diagnostic]
  /// Why the optimiser stopped, or `nil` for a closed form.
  public var convergence: String?
  /// The same where the search ended short of an optimum, at a limit of its work or without a start; else `nil`.
  public var shortfall: String?
  /// What the reader must know: an unidentified capacity, an approximation, dropped columns.
  public var notes: [String]

  /// A summary of a series' fit, to be filled by the model.
  public init(model: String, of series: TimeSeries) {
    self.model = model
    self.series = series.name
    self.unit = series.unit
    self.span = series.span.description
    self.observations = series.observedCount
    self.missing = series.missingCount
    self.spans = series.observations.count { $0.span.count > 1 }
    self.coefficients = []
    self.facts = []
    self.diagnostics = []
    self.notes = []
  }

  /// Says why the search for the parameters stopped, and whether an optimum was reached.
  public mutating func setConvergence(_ text: String, isOptimum: Bool) {
    convergence = text
    shortfall = isOptimum ? nil : text
  }

  /// Fills AIC, AICc and BIC from the log-likelihood.
  ///
  /// AIC = −2 log L + 2k, AICc = AIC + 2k(k+1)/(n−k−1), BIC = −2 log L + k log n, with k counting the noise variance
  /// as R does. AICc is left out where n ≤ k + 1.
  public mutating func setCriteria(logLikelihood: Double, parameters k: Int, observations n: Int) {
    let deviance = -2 * logLikelihood
    let penalty = 2 * Double(k)
    self.logLikelihood = logLikelihood
    aic = deviance + penalty
    aicc = n > k + 1 ? deviance + penalty + penalty * Double(k + 1) / Double(n - k - 1) : nil
    bic = deviance + Double(k) * logarithm(Double(n))
  }
}
