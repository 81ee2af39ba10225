/// Where a quantity comes from: its distribution, its formula down to inputs, and the path on which it is at its median.
public struct ScenarioExplanation: Sendable, Hashable {
  /// A part that the quantity is made of.
  public struct Part: Sendable, Hashable {
    /// How far below the quantity it stands: its own parts one further.
    public let depth: Int
    /// Its name with the year, such as `ps2.ramp[2035]`.
    public let name: String
    /// What kind of part it is: input, event, asset, series or derived.
    public let kind: String
    /// How it is made: a formula, a law, or a model and its data.
    public let formula: String
    /// Its unit.
    public let unit: String
    /// Whether it is a date.
    public let isDate: Bool
    /// Where its number comes from, where the file says.
    public let basis: Basis?
    /// The ids of the sources cited for it.
    public let sources: [String]
    /// Where it stands in the file.
    public let place: FilePlace
    /// The inverted cdf at 0.1, 0.5 and 0.9 over all paths; +∞ for never.
    public let quantiles: [Double]
    /// Its value on the median path.
    public let value: Double
    /// Whether it was shown before: its own parts are not repeated.
    public let isRepeated: Bool
  }

  /// The quantity, as it was asked for.
  public let quantity: String
  /// Its unit.
  public let unit: String
  /// Whether it is a date.
  public let isDate: Bool
  /// Its mean; `nil` where it is infinite.
  public let mean: Double?
  /// The inverted cdf at 0.1, 0.5 and 0.9; +∞ for never.
  public let quantiles: [Double]
  /// The number of the first draw on which it is at its median.
  public let medianDraw: Int
  /// The branch of that draw.
  public let branch: String
  /// The weight of that branch.
  public let branchWeight: Double
  /// The parts, each followed by its own.
  public let parts: [Part]
  /// The settings of the run.
  public let settings: RunSettings
}
