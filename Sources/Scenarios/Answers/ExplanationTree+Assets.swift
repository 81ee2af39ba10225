extension ExplanationTree {
  mutating func addParts(of asset: Asset, _ part: String, at moment: Expression.Moment?, depth: Int) {
    switch part {
    case "flow" where file.sharing(asset) != nil:
      add("\(asset.name).before_sharing", at: moment, depth: depth)
      if let (ceiling, before) = file.sharing(asset) {
        addParts(of: ceiling, after: before, at: moment, depth: depth)
      }
    case "flow", "before_sharing":
      add("\(asset.name).before_ceiling", at: moment, depth: depth)
      if let ceiling = asset.ceiling { add(ceiling, at: moment, depth: depth) }
    case "before_ceiling":
      if asset.isProduct {
        add(asset.capacity, at: moment, depth: depth)
      } else {
        add("\(asset.name).installed", at: moment, depth: depth)
      }
      if asset.utilisation != nil { add("\(asset.name).utilisation", at: moment, depth: depth) }
      if asset.nominations != nil { add("\(asset.name).nominations", at: moment, depth: depth) }
      if asset.isProduct { add("\(asset.name).ramp", at: moment, depth: depth) }
      for event in cuts(of: asset) { add(event.name, at: nil, depth: depth) }
      if asset.availability != nil { add("\(asset.name).availability", at: moment, depth: depth) }
      if asset.outages != nil { add("\(asset.name).outages", at: moment, depth: depth) }
    case "availability":
      if let availability = asset.availability { add(availability, at: moment, depth: depth) }
    case "ramp":
      add(asset.start, at: nil, depth: depth)
      if let years = asset.ramp?.years { add(years, at: nil, depth: depth) }
    case "installed":
      add(asset.capacity, at: moment, depth: depth)
      for step in asset.expansions {
        add(step.at, at: nil, depth: depth)
        add(step.capacity, at: moment, depth: depth)
      }
      if asset.quantities == nil {
        add("\(asset.name).ramp", at: moment, depth: depth)
      } else {
        add(asset.start, at: nil, depth: depth)
      }
    case "utilisation": if let utilisation = asset.utilisation { add(utilisation, at: moment, depth: depth) }
    case "nominations":
      guard let nominations = asset.nominations else { return }
      add(nominations.price, at: moment, depth: depth)
      add(nominations.elasticity, at: moment, depth: depth)
    default: break
    }
  }

  /// What the first assets of a shared ceiling's order leave of it, and what that rests on.
  func formula(_ ceiling: SharedCeiling, after count: Int) -> String {
    (["\(ceiling.name).limit"] + ceiling.order.prefix(count)).joined(separator: " − ")
  }

  mutating func addParts(
    of ceiling: SharedCeiling, after count: Int, at moment: Expression.Moment?, depth: Int
  ) {
    for name in ["\(ceiling.name).limit"] + ceiling.order.prefix(count) {
      add(name, at: moment, depth: depth)
    }
  }

  func formula(_ asset: Asset, _ part: String) -> String {
    switch part {
    case "flow" where file.sharing(asset) != nil:
      return file.sharing(asset).map { "min(before_sharing, \(formula($0, after: $1)))" } ?? ""
    case "flow", "before_sharing":
      return asset.ceiling.map { "min(before_ceiling, \($0.text))" } ?? "before_ceiling"
    case "before_ceiling":
      let factors =
        (asset.utilisation == nil ? [] : ["utilisation"]) + (asset.nominations == nil ? [] : ["nominations"])
        + (asset.isProduct ? ["ramp"] : []) + cuts(of: asset).map(\.name)
        + (asset.availability == nil ? [] : ["availability"]) + (asset.outages == nil ? [] : ["outages"])
      let whole = asset.isProduct ? "(\(asset.capacity.text) \(asset.unit))" : "installed"
      return ([whole] + factors).joined(separator: " × ")
    case "installed":
      let steps = asset.expansions.map { ", \($0.capacity.text) from \($0.at.text)" }.joined()
      let capacity = "(\(asset.capacity.text)\(steps) \(asset.unit))"
      return asset.quantities == nil
        ? "\(capacity) × ramp" : "min(\(capacity), \(asset.ramp.text)) from \(asset.start.text)"
    case "ramp": return "from \(asset.start.text) \(asset.ramp.text)"
    case "utilisation": return asset.utilisation?.text ?? "1"
    case "availability": return asset.availability?.text ?? "1"
    case "outages":
      return asset.outages.map {
        "\($0.rate) a year of \($0.lasts) years, × \($0.multiply) meanwhile"
      } ?? "1"
    default:
      guard let nominations = asset.nominations else { return "1" }
      let power = "(\(nominations.price.text) / \(nominations.reference))^(\(nominations.elasticity.text))"
      return nominations.clamp.map { "\(power) between \($0[0]) and \($0[1])" } ?? power
    }
  }

  private func cuts(of asset: Asset) -> [Event] {
    file.events.filter { event in
      if case .interruption(let cut) = event.kind { cut.asset == asset.name } else { false }
    }
  }

  /// The sources of the numbers of a part.
  func cited(by asset: Asset, _ part: String) -> [String] {
    let keys: [String] =
      switch part {
      case "before_ceiling" where asset.isProduct: ["capacity"]
      case "installed": ["capacity", "expansions"] + (asset.quantities == nil ? [] : ["ramp"])
      case "ramp", "outages": [part]
      default: []
      }
    return keys.flatMap { cited("assets.\(asset.name).\($0)") }
  }
}

extension Ramp? {
  /// How the asset fills, in words.
  fileprivate var text: String {
    guard let ramp = self else { return "over no time" }
    let over = "over \(ramp.years?.text ?? "no") years"
    return switch ramp.shape {
    case .linear: over
    case .concave(let exponent): "\(over), 1 − (1 − x)^\(exponent)"
    case .logistic(let steepness): "\(over), logistic of steepness \(steepness)"
    case .yearEnds(let shares): "to \(shares.listed) at the ends of years of operation"
    case .yearMeans(let shares): "at \(shares.listed) in years of operation"
    case .analogue(let name): "as \(name)"
    case .quantities(let quantities): "\(quantities.listed) by contract year"
    }
  }
}

extension [Double] {
  fileprivate var listed: String { map { "\($0)" }.joined(separator: ", ") }
}
