internal import ForesightNumerics

/// The findings of a study of a question's drivers, with all that is needed to repeat it.
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

extension CheckedScenario {
  func study<Findings>(
    _ quantity: Quantity, _ settings: RunSettings, evaluations: Int, notes: [String], _ findings: Findings
  ) -> SensitivityStudy<Findings> {
    SensitivityStudy(
      scenario: file.id, file: file.name, fileHash: scenario.textHash, question: quantity.question.name,
      of: quantity.question.subject.text, unit: quantity.unit.text, given: quantity.question.given?.text,
      settings: settings, evaluations: evaluations, findings: findings, notes: notes)
  }

  /// What a question asks about its drivers, with other groups and another level if they are given.
  ///
  /// - Throws: `ScenarioError` for a level outside 0 … 1.
  func request(
    of question: Question, groups: [SensitivityGroup] = [], level: Double?
  ) throws(ScenarioError) -> SensitivityRequest {
    var request = question.sensitivity ?? SensitivityRequest(groups: [], level: 0.95)
    if !groups.isEmpty { request.groups = groups }
    guard let level else { return request }
    guard level > 0, level < 1 else {
      throw failure(question, "the level of the intervals is \(level); it must be between 0 and 1")
    }
    request.level = level
    return request
  }

  /// Refuses a question about the paths under a condition, on which inputs no longer follow their laws.
  func refuseCondition(_ question: Question, _ method: String) throws(ScenarioError) {
    guard let given = question.given else { return }
    throw ScenarioError(
      "questions.\(question.name): \(method) vary inputs freely and cannot respect given: \(given.text)",
      at: given.place)
  }

  /// The second, independent sources of a program's uniforms: Sobol' points of the dimension `dim` + D, where D is one more than
  /// the largest pinned dimension, under the name with `.second` added.
  func secondSources(
    _ program: Program, _ settings: RunSettings, replicate: Int, _ question: Question
  ) throws(ScenarioError) -> [UniformSource?] {
    let offset = 1 + (program.streams.compactMap(\.dimension).max() ?? 0)
    do throws(NumericsError) {
      var second: [UniformSource?] = []
      for (index, stream) in program.streams.enumerated() {
        guard program.plan.streams.contains(index) else {
          second.append(nil)
          continue
        }
        second.append(
          try UniformSource(
            stream.name + ".second", dimension: stream.dimension.map { $0 + offset }, settings,
            replicate: replicate))
      }
      return second
    } catch {
      throw failure(question, "\(error); pin fewer dimensions")
    }
  }
}

/// Ranks in descending order, withheld if intervals overlap.
enum Ranking {
  /// The order of values from the largest, and the rank of each; `nil` if its interval overlaps another's.
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

/// Percentile intervals of statistics of sums, from a bootstrap over batches of draws.
struct BatchBootstrap {
  /// The batches that draws are summed in.
  static let batches = 128
  static let resamples = 400

  /// The sums of each batch.
  let batches: [[Double]]
  let level: Double
  let seed: UInt64

  /// Statistics of the sums over all batches, each with its interval.
  func intervals(_ statistics: ([Double]) -> [Double]) -> [(Double, ClosedRange<Double>)] {
    let width = batches.first?.count ?? 0
    func evaluate(_ pick: (Int) -> Int) -> [Double] {
      var sum = [Double](repeating: 0, count: width)
      for k in batches.indices {
        let batch = batches[pick(k)]
        for term in 0..<width { sum[term] += batch[term] }
      }
      return statistics(sum)
    }
    let estimates = evaluate { $0 }
    let stream = RandomStream(seed: seed, name: "sensitivity.bootstrap")
    var drawn = [[Double]](repeating: [], count: estimates.count)
    for resample in 0..<BatchBootstrap.resamples {
      let base = resample * batches.count
      let uniforms = stream.uniforms(base..<base + batches.count)
      let values = evaluate { min(batches.count - 1, Int(uniforms[$0] * Double(batches.count))) }
      for index in values.indices { drawn[index].append(values[index]) }
    }
    return estimates.indices.map { index in
      let sorted = drawn[index].sorted()
      let tail = (1 - level) / 2
      let low = sorted[min(sorted.count - 1, Int(tail * Double(sorted.count)))]
      let high = sorted[min(sorted.count - 1, Int((1 - tail) * Double(sorted.count)))]
      return (estimates[index], min(low, estimates[index])...max(high, estimates[index]))
    }
  }
}
