internal import Forecasting
internal import Yams

/// A value that replaces one in the file: `assets.ps2.capacity=38`, or `inputs.price.triangular.0=200` for the first of a list.
public struct ScenarioOverride: Sendable, Hashable {
  /// The keys from the root to the value, joined by dots.
  public let path: String
  /// The new value in YAML.
  public let value: String

  /// The branch whose weight it sets, the others rescaled; `nil` of any other value.
  let rescaledBranch: String?

  /// An override of the value at a path.
  public init(path: String, value: String) { self.init(path: path, value: value, rescaledBranch: nil) }

  private init(path: String, value: String, rescaledBranch: String?) {
    self.path = path
    self.value = value
    self.rescaledBranch = rescaledBranch
  }

  /// The override written `path=value`; `nil` if the path, the value or the sign is missing.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.init(path: String(parts[0]), value: String(parts[1]))
  }
}

extension ScenarioOverride {
  /// The weight of a branch, which the other branches make room for in proportion to theirs.
  public static func rescaling(branch name: String, to weight: Double) -> ScenarioOverride {
    ScenarioOverride(path: "weight of \(name)", value: "\(weight)", rescaledBranch: name)
  }

  /// Returns the root with the value at the path replaced; in `{value: …, unit: …}` a scalar replaces `value` alone.
  ///
  /// The value's lines are counted after the others, so that messages about it name `path=value`.
  func applied(to root: Node, lines: inout LineTable) throws(ScenarioError) -> Node {
    let text = value.hasSuffix("\n") ? String(value.dropLast()) : value
    let place = FilePlace(file: "\(path)=\(text)")
    let skipped = lines.total
    lines.add(place.file, lines: text.utf8.count { $0 == 10 } + 1, isFile: false)
    let new: Node
    do {
      guard let node = try Yams.compose(yaml: String(repeating: "\n", count: skipped) + text) else {
        throw ScenarioError("the value is missing", at: place)
      }
      new = node
    } catch {
      throw ScenarioError("the value is not YAML", at: place)
    }
    let keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return try replaced(root, keys[...], new, place)
  }

  private func replaced(
    _ node: Node, _ keys: ArraySlice<String>, _ new: Node, _ place: FilePlace
  ) throws(ScenarioError) -> Node {
    guard let key = keys.first else {
      if new.scalar != nil, case .mapping(var mapping) = node, mapping["value"] != nil {
        mapping["value"] = new
        return .mapping(mapping)
      }
      return new
    }
    if case .sequence(var items) = node {
      guard let index = Int(key), items.indices.contains(index) else {
        let parent = path.prefix(path.count - keys.joined(separator: ".").count - 1)
        throw ScenarioError(
          "\"\(parent)\" is a list of \(items.count); name an element by its number from 0 to \(max(0, items.count - 1)), not \"\(key)\"",
          at: place)
      }
      items[index] = try replaced(items[index], keys.dropFirst(), new, place)
      return .sequence(items)
    }
    guard case .mapping(var mapping) = node else {
      throw ScenarioError(
        "there are no keys below \"\(path.prefix(path.count - keys.joined(separator: ".").count - 1))\"",
        at: place
      )
    }
    guard let old = mapping[key] else {
      let names = mapping.keys.compactMap { $0.scalar?.string }
      throw ScenarioError("unknown key \"\(key)\"" + suggestion(for: key, among: names), at: place)
    }
    mapping[key] = try replaced(old, keys.dropFirst(), new, place)
    return .mapping(mapping)
  }

  /// Returns the overrides that give one branch a weight, the others keeping their proportions: w' = w (1 − new)/(1 − old).
  ///
  /// - Throws: `ScenarioError` for an unknown branch, a weight outside 0 … 1, and other branches that have no weight to share.
  static func weight(
    _ weight: Double, ofBranch name: String, in root: Node, file: String
  ) throws(ScenarioError) -> [ScenarioOverride] {
    let place = FilePlace(file: file)
    var weights: [(name: String, weight: Double)] = []
    for (key, value) in root.mapping?["branches"]?.mapping ?? [:] {
      guard let name = key.scalar?.string else { continue }
      let own = value.mapping?["weight"]?.scalar.flatMap { Double(decimal: $0.string) }
      weights.append((name, own ?? 0))
    }
    guard weights.contains(where: { $0.name == name }) else {
      throw ScenarioError(
        "unknown branch \"\(name)\"" + suggestion(for: name, among: weights.map(\.name)), at: place)
    }
    guard (0...1).contains(weight) else {
      throw ScenarioError("the weight of branch \(name) must be from 0 to 1, not \(weight)", at: place)
    }
    let others = weights.reduce(0) { $0 + ($1.name == name ? 0 : $1.weight) }
    guard others > 0 || weight == 1 else {
      throw ScenarioError(
        "the weight of branch \(name) cannot be \(weight): the other branches have no weight to share the rest",
        at: place)
    }
    return weights.map { branch in
      let own = branch.name == name ? weight : others > 0 ? branch.weight * (1 - weight) / others : 0
      return ScenarioOverride(path: "branches.\(branch.name).weight", value: "\(own)")
    }
  }

  /// Returns the overrides that make one branch certain.
  static func branch(_ name: String, in root: Node, file: String) throws(ScenarioError) -> [ScenarioOverride]
  {
    let names = root.mapping?["branches"]?.mapping?.keys.compactMap { $0.scalar?.string } ?? []
    guard names.contains(name) else {
      throw ScenarioError(
        "unknown branch \"\(name)\"" + suggestion(for: name, among: names), at: FilePlace(file: file))
    }
    return names.map { ScenarioOverride(path: "branches.\($0).weight", value: $0 == name ? "1" : "0") }
  }
}
