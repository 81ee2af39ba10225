/// What the generator believes of series: the constants that were chosen at earlier origins of the developers' sets.
public struct Prior: Codable, Hashable {
  /// The share of series with long and steady growth and little noise.
  public var steady = 0.15
  /// The largest slope of a cycle, in units of the level's noise.
  public var slope = 0.8
  /// The largest slope of steady series.
  public var steadySlope = 2.5
  /// The share of series whose slope keeps its direction and size.
  public var constantSlope = 0.5
  /// The share of series that have a slope.
  public var sloping = 0.6
  /// The largest standard deviation of a level's change over a cycle.
  public var levelNoise = 1.5
  /// The share of series whose level moves at random.
  public var movingLevel = 0.75
  /// The largest standard deviation of noise.
  public var noise = 3.0
  /// The share of series with a shift of the level, at each of three dates.
  public var shifts = 0.2
  /// The share of series with outliers.
  public var outliers = 0.25
  /// The share of series whose seasonal shape wanders.
  public var movingSeason = 0.35
  /// The share of series whose growth and season multiply.
  public var multiplicative = 0.55
  /// The share of series with a smooth cycle beside the season.
  public var waves = 0.35
  /// The share of each network's inputs that are dropped.
  public var dropout = 0.2

  /// The constants of the release.
  public init() {}
}
