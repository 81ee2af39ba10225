/// What an analysis of a question's drivers found, with all that is needed to repeat it.
public struct SensitivityStudy<Findings: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
  /// The scenario's name.
  public let scenario: String
  /// The file as it was named.
  public let file: String
  /// A hash of the file's text.
  public let fileHash: String
  /// The question's name.
  public let question: String
  /// The quantity or condition that was studied.
  public let of: String
  /// Its unit; `1` for the probability of a condition.
  public let unit: String
  /// The condition on the paths that count.
  public let given: String?
  /// The generator, draws, replicates and seed used.
  public let settings: RunSettings
  /// How often the quantity was computed.
  public let evaluations: Int
  /// What was found.
  public let findings: Findings
  /// Remarks.
  public let notes: [String]
}

/// How a question's drivers are studied.
public struct SensitivityOptions: Sendable, Hashable {
  /// Inputs that are taken together; those of the question itself where the list is empty.
  public var groups: [SensitivityGroup]
  /// The level of the intervals; the question's own, or 0.95, where `nil`.
  public var level: Double?
  /// The draws of one replicate; the file's where `nil`.
  public var draws: Int?
  /// The number of replicates; the file's where `nil`.
  public var replicates: Int?
  /// The seed; the file's where `nil`.
  public var seed: UInt64?
  /// The number of threads; as many as the machine has cores where `nil`.
  public var threads: Int?

  /// Options; what is not given is the file's.
  ///
  /// - Parameters:
  ///   - groups: inputs that are taken together.
  ///   - level: the level of the intervals.
  ///   - draws: the draws of one replicate.
  ///   - replicates: the number of replicates.
  ///   - seed: the seed.
  ///   - threads: the number of threads.
  public init(
    groups: [SensitivityGroup] = [], level: Double? = nil, draws: Int? = nil, replicates: Int? = nil,
    seed: UInt64? = nil, threads: Int? = nil
  ) {
    self.groups = groups
    self.level = level
    self.draws = draws
    self.replicates = replicates
    self.seed = seed
    self.threads = threads
  }

  func request(of question: Question) -> SensitivityRequest {
    var request = question.sensitivity ?? SensitivityRequest(groups: [], level: 0.95)
    if !groups.isEmpty { request.groups = groups }
    request.level = level ?? request.level
    return request
  }
}

/// Places in descending order, refused where intervals overlap.
enum Ranking {
  /// The order of values from the largest, and each one's place in it; no place where its interval overlaps another's.
  static func ranks(_ values: [Double], _ intervals: [ClosedRange<Double>?]) -> (order: [Int], ranks: [Int?])
  {
    let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
    let ranks = order.enumerated().map { place, index -> Int? in
      guard let own = intervals[index] else { return nil }
      let apart = intervals.indices.allSatisfy { other in
        other == index || intervals[other].map { !$0.overlaps(own) } ?? false
      }
      return apart ? place + 1 : nil
    }
    return (order, ranks)
  }
}
