extension Scenario {
  /// Adds the tornado and the boxes that a question of the file asks for to its answer.
  func addStudies(
    of question: Question, to answer: inout ScenarioAnswer, _ settings: RunSettings, threads: Int
  ) throws(ScenarioError) {
    let options = SensitivityOptions(
      draws: settings.draws, replicates: settings.replicates, seed: settings.seed, threads: threads)
    if let levels = question.tornado {
      let study = try tornado(of: question.name, levels: levels, options)
      answer.tornado = study
      answer.notes += study.notes
    }
    guard let density = question.boxDensity else { return }
    // Where every path is a case, or none, there is no box, and the probability says so.
    guard let share = answer.row(.probability)?.value, share > 0, share < 1 else {
      answer.notes.append("there is no box to find: every path is a case, or none")
      return
    }
    let study = try boxes(of: question.name, density: density, options)
    answer.boxes = study
    answer.notes += study.notes
  }
}
