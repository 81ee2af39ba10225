extension Scenario {
  /// The scenario with every question asked under a further condition and with dates or values set on every path.
  ///
  /// A condition keeps the paths on which it holds and changes what is believed of their causes; an intervention sets a date
  /// or an input whatever causes it and leaves those alone.
  ///
  /// - Parameters:
  ///   - given: a condition on the paths that count, such as `first_gas < 2035`.
  ///   - interventions: dates, decimal years or +∞ for never, and values by the name of an event or input.
  /// - Throws: `ScenarioError` for a text that is no expression, its place counting its characters, a name that is no event or input,
  ///   and a value that is no number.
  public func conditioned(
    given: String? = nil, interventions: [(name: String, value: Double)] = []
  ) throws(ScenarioError) -> Scenario {
    let condition = try given.map { text throws(ScenarioError) in try SourcedExpression(outside: text) }
    try checkInterventions(interventions)
    var copy = self
    for index in copy.file.questions.indices {
      let question = copy.file.questions[index]
      if let condition {
        copy.file.questions[index].given =
          question.given.map { own in
            SourcedExpression(
              text: "(\(own.text)) and (\(condition.text))", place: own.place,
              expression: .binary(.and, own.expression, condition.expression, offset: 0))
          } ?? condition
      }
      for intervention in interventions {
        let place = FilePlace(file: "\"\(intervention.name)\"", line: 1, column: 1)
        copy.file.questions[index].interventions.removeAll { $0.name == intervention.name }
        copy.file.questions[index].interventions.append(
          Intervention(name: intervention.name, value: intervention.value, place: place))
      }
    }
    return copy
  }

  /// - Throws: `ScenarioError` for a name that is no event or input, and for a value that is no number.
  func checkInterventions(_ interventions: [(name: String, value: Double)]) throws(ScenarioError) {
    let names = file.events.map(\.name) + file.inputs.map(\.name)
    for intervention in interventions {
      guard names.contains(intervention.name) else {
        throw ScenarioError(
          "there is no event or input \"\(intervention.name)\" to set"
            + suggestion(for: intervention.name, among: names),
          at: FilePlace(file: file.name))
      }
      guard !intervention.value.isNaN else {
        throw ScenarioError(
          "what \(intervention.name) is set to is no number", at: FilePlace(file: file.name))
      }
    }
  }
}
