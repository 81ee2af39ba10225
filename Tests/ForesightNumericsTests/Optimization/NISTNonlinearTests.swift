import ForesightNumerics
import Testing

@Suite("NIST StRD nonlinear regression")
struct NISTNonlinearTests {
  static let names = [
    "Bennett5", "Chwirut2", "DanWood", "ENSO", "Gauss1", "Gauss2", "Gauss3", "Kirby2", "Lanczos1", "Lanczos3",
    "MGH09", "MGH10", "Misra1a", "Misra1b", "Misra1d", "Nelson", "Rat42", "Roszman1",
  ]
  static let recalled = ["BoxBOD", "Eckerle4", "Lanczos2", "MGH17", "Misra1c", "Rat43", "Thurber"]

  static func fit(_ name: String, _ problem: NISTNonlinear, from start: [Double]) throws
    -> NonlinearLeastSquaresFit
  {
    let model = NISTModel(name: name, parameterCount: start.count)
    return try LevenbergMarquardt().fit(
      model, inputs: problem.inputs, responses: problem.data.map { model.response($0[0]) }, start: start)
  }

  @Test("parameters to 8 digits, standard errors and RSS to 7", arguments: names, [1, 2])
  func certified(_ name: String, _ start: Int) throws {
    let problem = try #require(try NISTNonlinear.load("nonlinear")[name])
    let fit = try Self.fit(name, problem, from: start == 1 ? problem.start1 : problem.start2)
    #expect(fit.isConverged)
    for (found, certified) in zip(fit.parameters, problem.parameters) {
      #expect(digits(found, certified) >= 8, "\(found) against \(certified)")
    }
    let rss = try #require(Double(problem.rss))
    if name == "Lanczos1" {
      // Residuals of 1e-13 carry two or three digits in a double: the data themselves are rounded at 4e-16.
      #expect(digits(fit.residualSumOfSquares, rss) >= 2)
      return
    }
    #expect(digits(fit.residualSumOfSquares, rss) >= 7)
    for (found, certified) in zip(fit.standardErrors, problem.errors) {
      #expect(digits(found, certified) >= 7, "\(found) against \(certified)")
    }
  }

  @Test("further problems of the collection, by parameters and RSS", arguments: recalled, [1, 2])
  func further(_ name: String, _ start: Int) throws {
    let problem = try #require(try NISTNonlinear.load("nonlinear-recalled")[name])
    let fit = try Self.fit(name, problem, from: start == 1 ? problem.start1 : problem.start2)
    #expect(fit.isConverged)
    for (found, certified) in zip(fit.parameters, problem.parameters) {
      #expect(digits(found, certified) >= 8, "\(found) against \(certified)")
    }
    #expect(digits(fit.residualSumOfSquares, try #require(Double(problem.rss))) >= 8)
  }

  @Test("35 of the 36 runs need no restart")
  func withoutRestart() throws {
    var direct = 0
    for (name, problem) in try NISTNonlinear.load("nonlinear") {
      for start in [problem.start1, problem.start2] {
        if try Self.fit(name, problem, from: start).restarts == 0 { direct += 1 }
      }
    }
    #expect(direct >= 35)
  }
}
