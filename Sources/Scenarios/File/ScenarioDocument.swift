internal import Forecasting
internal import Yams

/// A scenario file with the files that it extends, as one tree of nodes whose lines are counted through all of them.
struct ScenarioDocument {
  /// The merged tree, without the key `extends`.
  let root: Node
  /// Which file each line belongs to.
  let lines: LineTable
  /// The texts of the files extended, in the order they were read.
  let bases: [String]

  /// The tree of a text and of what it extends.
  ///
  /// A file says `extends: base.yaml`, or a list of files of which the later one wins over the earlier; names are relative to
  /// the file that says it. A part that a section of the extending file names takes the place of the base's part of that name,
  /// whole; other keys of the root take the place of the base's. Parts keep the order in which they are first named, the
  /// base's first.
  ///
  /// - Throws: `ScenarioError` for what is no YAML, a file that cannot be read, and one that extends itself.
  init(_ yaml: String, file: String, folder: String) throws(ScenarioError) {
    var composer = Composer()
    root = try composer.compose(yaml, file: file, folder: folder, prefix: "", chain: [])
    lines = composer.lines
    bases = composer.bases
  }
}

/// Which file a line belongs to, where lines are counted through several files.
struct LineTable {
  private var starts: [(file: String, skipped: Int, isFile: Bool)] = []

  /// The lines counted so far.
  private(set) var total = 0

  /// A file, or a value set by hand, of so many lines after those before it.
  mutating func add(_ file: String, lines: Int, isFile: Bool = true) {
    starts.append((file, total, isFile))
    total += lines
  }

  /// The file and the line in it; a value set by hand as a whole.
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

  /// The deepest chain of files, and the most of them.
  private static let deepest = 16

  mutating func compose(
    _ yaml: String, file: String, folder: String, prefix: String, chain: [String]
  ) throws(ScenarioError) -> Node {
    let skipped = lines.total
    lines.add(file, lines: yaml.utf8.count { $0 == 10 } + 1)
    let root = try YAMLDocument.root(of: yaml, file: file, after: skipped)
    guard case .mapping(var mapping) = root else { return root }
    if case .scalar(var sources)? = mapping["sources"], !sources.string.hasPrefix("/") {
      // Seen from the file that is read, not from the base.
      sources.string = prefix + sources.string
      mapping["sources"] = .scalar(sources)
    }
    if !prefix.isEmpty { mapping["series"] = mapping["series"].map { Composer.seen($0, from: prefix) } }
    guard let clause = mapping["extends"] else { return .mapping(mapping) }
    mapping["extends"] = nil
    var merged: Node?
    for item in clause.sequence.map(Array.init) ?? [clause] {
      let place = lines.place(line: item.mark?.line ?? 0, column: item.mark?.column ?? 0)
      guard let name = item.scalar?.string, !name.isEmpty else {
        throw ScenarioError("extends is a file, or a list of files", at: place)
      }
      let path = name.hasPrefix("/") ? name : folder + name
      let own = chain + [file]
      guard !own.contains(path), own.count <= Composer.deepest, bases.count < 64 else {
        throw ScenarioError("extends itself: " + (own + [path]).joined(separator: " → "), at: place)
      }
      let text: String
      do throws(ForecastError) {
        text = try TextFile.text(path: path)
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
      merged = merged.map { Composer.merge($0, base) } ?? base
    }
    return merged.map { Composer.merge($0, .mapping(mapping)) } ?? .mapping(mapping)
  }

  /// The series of a base, their own files seen from the file that is read.
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

  /// The base with the parts of the extending file in their places.
  private static func merge(_ base: Node, _ own: Node) -> Node {
    guard case .mapping(var result) = base, case .mapping(let mapping) = own else { return own }
    for (key, value) in mapping {
      guard sections.contains(key.scalar?.string ?? ""), case .mapping(var section)? = result[key],
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

  /// The sections that are merged part by part.
  private static let sections: Set<String> = [
    "branches", "inputs", "events", "assets", "ceilings", "series", "derived", "questions", "overrides",
  ]
}
