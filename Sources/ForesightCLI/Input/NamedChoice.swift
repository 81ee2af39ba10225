internal import ArgumentParser
internal import Forecasting

/// The case of an enumeration with a name.
///
/// - Throws: `ValidationError` with all names and the nearest one.
func named<Choice: RawRepresentable & CaseIterable>(_ text: String) throws -> Choice
where Choice.RawValue == String {
  if let choice = Choice(rawValue: text) { return choice }
  let names = Choice.allCases.map(\.rawValue)
  let near = nearestName(to: text, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
  throw ValidationError("must be one of \(names.joined(separator: ", "))\(near)")
}
