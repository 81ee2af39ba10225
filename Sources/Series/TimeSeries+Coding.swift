extension TimeSeries: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, unit, rule, start, widths, values, sources, notes, gapCount, seasonalPeriod, provenance
  }

  /// Writes the values in order; widths, sources and notes only where some observation has more than the usual.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(unit, forKey: .unit)
    try container.encode(rule, forKey: .rule)
    try container.encode(start, forKey: .start)
    try container.encode(values, forKey: .values)
    if hasSpans { try container.encode(observations.map(\.span.count), forKey: .widths) }
    if observations.contains(where: { $0.source != nil }) {
      try container.encode(observations.map(\.source), forKey: .sources)
    }
    if observations.contains(where: { $0.note != nil }) {
      try container.encode(observations.map(\.note), forKey: .notes)
    }
    try container.encode(gapCount, forKey: .gapCount)
    try container.encode(seasonalPeriod, forKey: .seasonalPeriod)
    try container.encode(provenance, forKey: .provenance)
  }

  /// Reads a series.
  ///
  /// - Throws: `DecodingError` for lists of different lengths, an empty one, and widths or a season out of range.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func require(_ holds: Bool, _ key: CodingKeys, _ text: String) throws {
      guard holds else {
        throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: text)
      }
    }
    let values = try container.decode([Double?].self, forKey: .values)
    let widths =
      try container.decodeIfPresent([Int].self, forKey: .widths) ?? [Int](repeating: 1, count: values.count)
    let none = [String?](repeating: nil, count: values.count)
    let sources = try container.decodeIfPresent([String?].self, forKey: .sources) ?? none
    let notes = try container.decodeIfPresent([String?].self, forKey: .notes) ?? none
    try require(!values.isEmpty, .values, "has no observations")
    try require(
      widths.count == values.count && widths.allSatisfy { (1...longestGap).contains($0) }, .widths,
      "does not have a number of periods for each value")
    try require(widths.reduce(0, +) <= 10 * longestGap, .widths, "covers too many periods")
    try require(sources.count == values.count, .sources, "does not have an entry for each value")
    try require(notes.count == values.count, .notes, "does not have an entry for each value")
    let start = try container.decode(Period.self, forKey: .start)
    let season = try container.decode(Int.self, forKey: .seasonalPeriod)
    try require(
      TimeSeries.seasonalPeriods.contains(season), .seasonalPeriod,
      "must be a number of periods from 1 to 1000000")
    let gapCount = try container.decode(Int.self, forKey: .gapCount)
    try require((0...(1 << 40)).contains(gapCount), .gapCount, "is not a number of periods")
    var next = start
    let observations = values.indices.map { index in
      defer { next = next + widths[index] }
      return Observation(
        PeriodSpan(next, count: widths[index]), values[index], source: sources[index], note: notes[index])
    }
    self.init(
      name: try container.decode(String.self, forKey: .name),
      unit: try container.decode(String.self, forKey: .unit),
      rule: try container.decode(SpanRule.self, forKey: .rule), tiled: observations,
      gapCount: gapCount, seasonalPeriod: season,
      provenance: try container.decode(Provenance.self, forKey: .provenance))
  }
}
