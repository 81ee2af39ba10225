import Datasets
import Foundation
import Scenarios

/// The text of a scenario with every section in one file: the flagship as it was before its parts were shared.
func wholeScenarioText() throws -> String { try scenarioFixture("whole") }

/// The text of a scenario of the fixtures.
func scenarioFixture(_ name: String) throws -> String {
  guard let url = Bundle.module.url(forResource: name, withExtension: "yaml", subdirectory: "Fixtures") else {
    throw CocoaError(.fileNoSuchFile)
  }
  return try String(contentsOf: url, encoding: .utf8)
}

/// The folder of the bundled scenarios, with their table of sources.
func scenarioFolder() throws -> String {
  try Datasets.path(of: "scenarios/sources.csv").replacingOccurrences(of: "sources.csv", with: "")
}

/// The whole Power of Siberia-2 scenario, in one file.
func powerOfSiberia2() throws -> Scenario {
  try Scenario(
    yaml: wholeScenarioText(), file: scenarioFolder() + "power-of-siberia-2.yaml", folder: scenarioFolder(),
    data: BundledSeries())
}

/// The text of the whole scenario with another list of questions.
func powerOfSiberia2(questions: String, editing: (String) -> String = { $0 }) throws -> Scenario {
  let head = try wholeScenarioText().components(separatedBy: "\nquestions:")[0]
  return try Scenario(
    yaml: editing(head + "\nquestions:\n" + questions + "\n"), file: "edited.yaml", folder: scenarioFolder(),
    data: BundledSeries())
}
