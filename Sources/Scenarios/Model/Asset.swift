internal import RealModule

/// An asset that carries a flow.
public struct Asset: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// Its capacity.
  public var capacity: SourcedExpression
  /// The unit of the capacity and of the flow.
  public var unit: Unit
  /// The date of first flow.
  public var start: SourcedExpression
  /// Later capacities, in the order of the file.
  public var expansions: [Expansion]
  /// How it fills; all at once if `nil`.
  public var ramp: Ramp?
  /// The share of the capacity used on the plateau.
  public var utilisation: SourcedExpression?
  /// The response of nominations to the price.
  public var nominations: Nominations?
  /// The share of the time that it is available.
  public var availability: SourcedExpression?
  /// Outages that come at random.
  public var outages: Outages?
  /// What bounds the flow.
  public var ceiling: SourcedExpression?
  /// The ids of its sources.
  public var sources: [String]
  /// Its place in the file.
  public var place: FilePlace

  /// Whether its installed capacity is the product of one capacity and a ramp, year by year.
  var isProduct: Bool { quantities == nil && expansions.isEmpty }

  /// The contract's quantities by contract year, if it fills by a schedule.
  var quantities: [Double]? {
    if case .quantities(let quantities)? = ramp?.shape { quantities } else { nil }
  }
}

/// A capacity that takes the place of the one before it on a date.
public struct Expansion: Sendable, Hashable {
  /// The date.
  public var at: SourcedExpression
  /// The capacity from then on.
  public var capacity: SourcedExpression
  /// Its place in the file.
  public var place: FilePlace
}

/// How an asset fills from its start.
public struct Ramp: Sendable, Hashable {
  /// The shape.
  public var shape: RampShape
  /// How long it lasts, of the shapes that last so long.
  public var years: SourcedExpression?
  /// The place in the file of the numbers that give the shape.
  public var place: FilePlace
}

/// The share r of the capacity that has been filled x = (t − start)/years into a ramp, or in a year of operation.
public enum RampShape: Sendable, Hashable {
  /// r = x.
  case linear
  /// r = 1 − (1 − x)^exponent.
  case concave(exponent: Double)
  /// r = (L(x) − L(0))/(L(1) − L(0)), L(x) = 1/(1 + e^(−steepness (x − ½))).
  case logistic(steepness: Double)
  /// The share at the end of each year of operation, straight between them, the last from then on.
  case yearEnds([Double])
  /// The share throughout each year of operation, the last from then on.
  case yearMeans([Double])
  /// The shares of a line that the data source knows, by its name, until they are looked up.
  case analogue(String)
  /// The contract's annual quantity in each contract year, in the unit of the capacity; the last one applies from then on.
  case quantities([Double])
}

/// The response of nominations to a price: (price/reference)^elasticity between two bounds.
public struct Nominations: Sendable, Hashable {
  /// The price.
  public var price: SourcedExpression
  /// The price at which all is nominated.
  public var reference: Double
  /// The elasticity.
  public var elasticity: SourcedExpression
  /// The lower and upper bound.
  public var clamp: [Double]?
  /// Its place in the file.
  public var place: FilePlace
}

/// Outages that begin at random, a Poisson number in each calendar year.
public struct Outages: Sendable, Hashable {
  /// The expected number per year.
  public var rate: Double
  /// How long each lasts, years.
  public var lasts: Double
  /// What the flow is multiplied by meanwhile.
  public var multiply: Double
  /// Its place in the file.
  public var place: FilePlace

  /// The probabilities of at most n outages, n = 0, 1, …: as many terms as matter, since a year has room for at most 1/`lasts`.
  var cumulative: [Double] {
    var sums: [Double] = []
    var term = Double.exp(-rate)
    var sum = term
    while sum < 1 - 0x1p-53, term > 0, Double(sums.count) * lasts < 1 {
      sums.append(sum)
      term *= rate / Double(sums.count)
      sum += term
    }
    return sums
  }
}

/// A ceiling on the sum of several assets' flows; the assets are served in order.
public struct SharedCeiling: Sendable, Hashable {
  /// Its name, which stands for the part of it that is left.
  public var name: String
  /// The most that flows in all.
  public var limit: SourcedExpression
  /// The assets, the first to be served first.
  public var order: [String]
  /// The place of each.
  var places: [FilePlace]
  /// The ids of its sources.
  public var sources: [String]
  /// Its place in the file.
  public var place: FilePlace
}

extension ScenarioFile {
  /// The shared ceiling that an asset belongs to, and how many assets are served before it.
  func sharing(_ asset: Asset) -> (ceiling: SharedCeiling, before: Int)? {
    for ceiling in ceilings {
      if let before = ceiling.order.firstIndex(of: asset.name) { return (ceiling, before) }
    }
    return nil
  }
}
