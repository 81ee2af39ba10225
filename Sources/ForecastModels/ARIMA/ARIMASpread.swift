/// How much wider a predictive distribution is than a fitted model's own.
///
/// A model that was chosen among many, or is wrong, errs by more than its residuals say, and more often far than a
/// normal law.
struct ARIMASpread: Sendable, Hashable, Codable {
  /// The factor of the innovations' standard deviation.
  var innovation: Double
  /// The factor of the parameters' standard errors.
  var parameters: Double
  /// The most degrees of freedom that the tails are given; none where nil.
  var degreesOfFreedom: Double?

  /// The model's own law.
  static let exact = ARIMASpread(innovation: 1, parameters: 1, degreesOfFreedom: nil)

  /// That of a chosen order: the figures of `ThetaSpread`, which the training parts of the M3 series bear out here too.
  static let chosen = ARIMASpread(
    innovation: ThetaSpread.standard.innovation, parameters: ThetaSpread.standard.parameters,
    degreesOfFreedom: ThetaSpread.standard.degreesOfFreedom)
}
