import Datasets
import Foundation
import Scenarios

/// The bundled Power of Siberia-2 scenario.
func powerOfSiberia2() throws -> Scenario {
  try Scenario(contentsOf: Datasets.path(of: "scenarios/power-of-siberia-2.yaml"), data: BundledSeries())
}

/// The text of the bundled scenario with another list of questions.
func powerOfSiberia2(questions: String, editing: (String) -> String = { $0 }) throws -> Scenario {
  let text = try powerOfSiberia2().text
  let head = text.components(separatedBy: "\nquestions:")[0]
  let folder = try Datasets.path(of: "scenarios/power-of-siberia-2.yaml")
    .replacingOccurrences(of: "power-of-siberia-2.yaml", with: "")
  return try Scenario(
    yaml: editing(head + "\nquestions:\n" + questions + "\n"), file: "edited.yaml", folder: folder,
    data: BundledSeries())
}
