import Foundation
import TestSupport

/// A published value, or a peer's, with the command that gives ours.
struct PublishedRow: Decodable, Sendable {
  /// How ours was related to it when the row was written.
  enum Verdict: String, Decodable, Sendable {
    /// The same to the digits printed.
    case agrees
    /// A likelihood or criterion that is better than the reference.
    case better
    /// Another definition of the same word; the note says which. Nothing is compared.
    case definition
    /// Something that the tool does not compute.
    case missing
    /// A series that the model refuses.
    case refused
    /// A likelihood or criterion that falls short of the reference.
    case worse
  }

  let family: String
  let name: String
  let what: String
  let reference: [Double]
  let verdict: Verdict
  let note: String
  let source: String
  let command: String
  /// Where the value stands in the JSON document, and what is made of it.
  let path: String
  /// The decimal digits that ours has in common with the reference, at most ten; for `better`, with `recorded`.
  let digits: Double
  /// Our value when the row was written.
  let recorded: [Double]
  /// Whether the command runs in every pass of the suite.
  let isCheap: Bool

  /// The values in a document; `nil` if one is not there.
  func values(in document: JSON) -> [Double]? {
    switch path {
    case "width95":
      let steps = document["steps"]?.list ?? []
      return numbers(
        steps.map { step in
          let interval = step["intervals"]?.list.first { $0["level"]?.number == 95 }
          guard let upper = interval?["upper"]?.number, let lower = interval?["lower"]?.number else {
            return nil
          }
          return upper - lower
        })
    case "means": return numbers((document["steps"]?.list ?? []).map { $0["mean"]?.number })
    case "concentrated":
      // −(n/2) log Σe², which leaves the constants of the Gaussian likelihood out.
      guard let likelihood = document["log_likelihood"]?.number, let n = document["observations"]?.number
      else {
        return nil
      }
      return [likelihood + 0.5 * n * (1 + log(2 * .pi / n))]
    default:
      // "-less-constants" subtracts n(1 + log 2π).
      if let cut = path.range(of: "-less-constants") {
        guard let value = document[String(path[..<cut.lowerBound])]?.number,
          let n = document["observations"]?.number
        else { return nil }
        return [value - n * (1 + log(2 * .pi))]
      }
      let places = path.split(separator: "|").map(String.init)
      if places.count == 1, path.contains("#") {
        return numbers(reference.indices.map { at(path, $0, in: document) })
      }
      return numbers(places.map { at($0, 0, in: document) })
    }
  }

  /// The value at a path of keys and positions; a position with # is moved by `offset`.
  private func at(_ path: String, _ offset: Int, in document: JSON) -> Double? {
    var value: JSON? = document
    for part in path.split(separator: "/") {
      if part.hasPrefix("#"), let first = Int(part.dropFirst()) {
        value = element(value, first + offset)
      } else if let place = Int(part) {
        value = element(value, place)
      } else {
        value = value?[String(part)]
      }
    }
    return value?.number
  }

  private func element(_ value: JSON?, _ place: Int) -> JSON? {
    guard let list = value?.list, list.indices.contains(place) else { return nil }
    return list[place]
  }

  private func numbers(_ values: [Double?]) -> [Double]? {
    let found = values.compactMap { $0 }
    return found.count == values.count && !found.isEmpty ? found : nil
  }

  /// The decimal digits that two lists have in common: −log₁₀ of the largest difference over the largest size.
  static func digits(_ a: [Double], _ b: [Double]) -> Double {
    let size = b.reduce(0) { max($0, abs($1)) }
    let gap = zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
    guard a.count >= b.count, gap.isFinite else { return -.infinity }
    return gap == 0 ? 16 : -log10(gap / max(size, .leastNormalMagnitude))
  }

  /// Whether a larger value is better: likelihoods, as opposed to criteria.
  var isLikelihood: Bool { what.hasPrefix("loglik") }
}
