internal import Forecasting
internal import Yams

/// A scenario file merged with the files that it extends: one tree of nodes, with lines counted through all of the files.
struct ScenarioDocument {
  /// The merged tree, without the key `extends`.
  let root: Node
  /// Which file each line belongs to.
  let lines: LineTable
  /// The texts of the files extended, in the order they were read.
  let bases: [String]

  /// Parses a text, and the files that it extends, into one tree.
  ///
  /// `extends` names a base, or a list of bases of which a later one wins over an earlier one. Names are relative to the file
  /// that contains them. A part of a section replaces the base's part of the same name as a whole; any other key of the root
  /// replaces the base's. Parts keep the order in which they are first named, those of the base first.
  ///
  /// - Throws: `ScenarioError` if a text is not YAML, or a file cannot be read, extends itself or is not a mapping.
  init(_ yaml: String, file: String, folder: String) throws(ScenarioError) {
    var composer = Composer()
    root = try composer.compose(yaml, file: file, folder: folder, prefix: "", chain: [])
    lines = composer.lines
    bases = composer.bases
  }
}

/// Tells which file a line belongs to when lines are counted through several files.
struct LineTable {
  private var starts: [(file: String, skipped: Int, isFile: Bool)] = []

  /// The number of lines so far.
  private(set) var total = 0

  /// Appends the lines of a file, or of a value set on the command line.
  mutating func add(_ file: String, lines: Int, isFile: Bool = true) {
    starts.append((file, total, isFile))
    total += lines
  }

  /// Returns the file and the line in it; a value set on the command line is named as a whole.
  func place(line: Int, column: Int) -> FilePlace {
    guard let start = starts.last(where: { $0.skipped < max(line, 1) }) else {
      return FilePlace(file: "", line: line, column: column)
    }
    guard start.isFile else { return FilePlace(file: start.file) }
    return FilePlace(file: start.file, line: max(line - start.skipped, 0), column: column)
  }
}

private struct Composer {
  private(set) var lines = LineTable()
  private(set) var bases: [String] = []

  /// The longest chain of files that extend each other.
  private static let deepest = 16

  mutating func compose(
    _ yaml: String, file: String, folder: String, prefix: String, chain: [String]
  ) throws(ScenarioError) -> Node {
    let skipped = lines.total
    lines.add(file, lines: yaml.utf8.count { $0 == 10 } + 1)
    let root = try YAMLDocument.root(of: yaml, file: file, after: skipped)
    guard case .mapping(var mapping) = root else {
      guard !chain.isEmpty else { return root }
      throw ScenarioError("a file that others extend must be a mapping of keys", at: place(root))
    }
    if case .scalar(var sources)? = mapping["sources"], !sources.string.hasPrefix("/") {
      // Seen from the file that is read, not from the base.
      sources.string = prefix + sources.string
      mapping["sources"] = .scalar(sources)
    }
    if !prefix.isEmpty { mapping["series"] = mapping["series"].map { Composer.seen($0, from: prefix) } }
    guard let clause = mapping["extends"] else { return .mapping(mapping) }
    mapping["extends"] = nil
    var merged: Node?
    let items = clause.sequence.map(Array.init) ?? [clause]
    var named: Set<String> = []
    guard !items.isEmpty else { throw ScenarioError("extends must name a file", at: place(clause)) }
    for item in items {
      let place = place(item)
      guard let name = item.scalar?.string, !name.isEmpty else {
        throw ScenarioError("extends must be a file, or a list of files", at: place)
      }
      let path = name.hasPrefix("/") ? name : folder + name
      guard named.insert(path).inserted else {
        throw ScenarioError("extends names \(name) twice", at: place)
      }
      let own = chain + [file]
      guard !own.contains(path), own.count <= Composer.deepest, bases.count < 64 else {
        throw ScenarioError(
          "the file extends itself: " + (own + [path]).joined(separator: " → "), at: place)
      }
      let text: String
      do throws(ForecastError) {
        text = try ScenarioText.read(path)
      } catch {
        let reason = ScenarioError(unreadable: error, file: path).problems[0].what
        throw ScenarioError("\(path) \(reason)", at: place)
      }
      bases.append(text)
      let slash = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
      let inner = name.hasPrefix("/") ? slash : prefix + slash
      let base = try compose(
        text, file: path, folder: path.lastIndex(of: "/").map { String(path[...$0]) } ?? "", prefix: inner,
        chain: own)
      try requireSections(base)
      merged = merged.map { Composer.merge($0, base) } ?? base
    }
    return merged.map { Composer.merge($0, .mapping(mapping)) } ?? .mapping(mapping)
  }

  /// Refuses a base whose sections are not mappings: the extending file would hide them, or be hidden by them.
  private func requireSections(_ base: Node) throws(ScenarioError) {
    guard case .mapping(let mapping) = base else { return }
    for (key, value) in mapping {
      guard let name = key.scalar?.string, ScenarioSection.sections.contains(name), value.mapping == nil
      else { continue }
      throw ScenarioError(
        "\(name) must be a mapping of names, not \(NodeReader.kind(value))", at: place(value))
    }
  }

  private func place(_ node: Node) -> FilePlace {
    lines.place(line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
  }

  /// Returns the series of a base, with paths relative to the file that is read.
  private static func seen(_ section: Node, from prefix: String) -> Node {
    guard case .mapping(var parts) = section else { return section }
    func moved(_ node: Node?, isFile: Bool) -> Node? {
      guard case .scalar(var name)? = node, isFile || name.string.hasSuffix(".csv"),
        !name.string.hasPrefix("/")
      else { return node }
      name.string = prefix + name.string
      return .scalar(name)
    }
    for (key, part) in parts {
      guard case .mapping(var fields) = part else { continue }
      if case .mapping(var data)? = fields["data"] {
        data["file"] = moved(data["file"], isFile: true)
        fields["data"] = .mapping(data)
      } else {
        fields["data"] = moved(fields["data"], isFile: false)
      }
      parts[key] = .mapping(fields)
    }
    return .mapping(parts)
  }

  /// Returns the base with parts replaced by those of the file that extends it.
  private static func merge(_ base: Node, _ own: Node) -> Node {
    guard case .mapping(var result) = base, case .mapping(let mapping) = own else { return own }
    for (key, value) in mapping {
      guard ScenarioSection.sections.contains(key.scalar?.string ?? ""),
        case .mapping(var section)? = result[key],
        case .mapping(let parts) = value
      else {
        result[key] = value
        continue
      }
      var pairs = section.map { ($0.key, $0.value) }
      for (name, part) in parts {
        // The key of the extending file too, since messages point at it.
        if let place = pairs.firstIndex(where: { $0.0 == name }) {
          pairs[place] = (name, part)
        } else {
          pairs.append((name, part))
        }
      }
      section = Node.Mapping(pairs, section.tag, section.style, section.mark)
      result[key] = .mapping(section)
    }
    // Where the file stands for itself, its own place is meant.
    result.mark = mapping.mark
    return .mapping(result)
  }
}
