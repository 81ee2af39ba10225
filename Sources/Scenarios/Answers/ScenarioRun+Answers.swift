public import Forecasting

/// Answers by the name of their question.
extension ScenarioRun {
  /// Returns the mean that a question asked for.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name for a question that was not asked, `.invalidOption` if it did not ask for the
  ///   mean or there is none.
  public func mean(_ question: String) throws(ForecastError) -> Double { try value(question, .mean, nil) }

  /// Returns the probability that a question asked for.
  ///
  /// - Throws: The errors of `mean(_:)`.
  public func probability(_ question: String) throws(ForecastError) -> Double {
    try value(question, .probability, nil)
  }

  /// Returns the quantile that a question asked for, at a probability.
  ///
  /// - Throws: The errors of `mean(_:)`.
  public func quantile(_ probability: Double, of question: String) throws(ForecastError) -> Double {
    try value(question, .quantile, probability)
  }

  /// Returns the probability of at least a level that a question asked for.
  ///
  /// - Throws: The errors of `mean(_:)`.
  public func exceedance(_ level: Double, of question: String) throws(ForecastError) -> Double {
    try value(question, .exceed, level)
  }

  /// Returns the answer to a question.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name for a question that was not asked.
  public func answer(_ question: String) throws(ForecastError) -> ScenarioAnswer {
    guard let answer = self[question] else {
      throw .unknownName(
        kind: "question", name: question, nearest: nearestName(to: question, among: answers.map(\.question)))
    }
    return answer
  }

  private func value(
    _ question: String, _ kind: AnswerRow.Kind, _ level: Double?
  ) throws(ForecastError) -> Double {
    let answer = try answer(question)
    let row = answer.rows.first {
      $0.kind == kind && (level == nil || abs(($0.level ?? .nan) - (level ?? 0)) < 1e-12)
    }
    guard let value = row?.value else {
      throw .invalidOption(
        name: "statistic", value: FigureName(kind: kind, level: level).text,
        reason: row == nil ? "needs a question that asks for it" : "does not exist for this quantity")
    }
    return value
  }
}
