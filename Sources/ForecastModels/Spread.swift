/// How much wider a predictive distribution is than the one that the fitted model implies.
///
/// A model that was chosen among many, or that is wrong, errs by more than its residuals say, and more often by far than a
/// normal distribution allows. All tuned factors are here, each with what it was tuned on.
struct Spread: Sendable, Hashable, Codable {
  /// The factor of the innovations' standard deviation.
  var innovation: Double
  /// The factor of the parameters' standard errors.
  var parameters: Double
  /// The upper limit of the degrees of freedom; `nil` if there is none.
  var degreesOfFreedom: Double?

  /// The distribution that the model implies.
  static let exact = Spread(1)

  /// The width for theta models, CES and ARIMA models of a chosen order.
  ///
  /// Tuned on the training parts of the M3 series for the coverage of theta models and of CES over the last horizon, which was
  /// held out; the same data support the values for automatic ARIMA.
  static let misspecified = Spread(innovation: 1.15, parameters: 1.3, degreesOfFreedom: 8)

  /// The width for exponential smoothing whose form the data chose.
  ///
  /// Tuned on rolling origins inside the training parts of M3: forecasts err by about a tenth more than the chosen form
  /// implies.
  static let chosenForm = Spread(1.1)

  /// The width of the smoothing member that stands for the distribution of `TemporalBlend`.
  ///
  /// Tuned on rolling origins inside the training parts of M3, together with the members and their equal weights.
  static let pooled = Spread(1.15)

  /// The width that multiplies innovations and parameters alike.
  init(_ factor: Double) { self.init(innovation: factor, parameters: factor) }

  /// The width with a factor for each part.
  init(innovation: Double, parameters: Double, degreesOfFreedom: Double? = nil) {
    self.innovation = innovation
    self.parameters = parameters
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The degrees of freedom that are left of those of σ̂².
  func limited(_ freedom: Double) -> Double { degreesOfFreedom.map { min(freedom, $0) } ?? freedom }
}
