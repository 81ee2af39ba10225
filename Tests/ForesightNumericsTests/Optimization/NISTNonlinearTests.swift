import ForesightNumerics
import Testing

/// Families of NIST StRD problems on simulated data: the certified parameters with noise of the certified size.
///
/// What the certified data themselves come out as stands in `NISTDigitTable`.
@Suite("NIST StRD nonlinear regression")
struct NISTNonlinearTests {
  static func fit(_ name: String, _ problem: NISTNonlinear, from start: [Double]) throws
    -> NonlinearLeastSquaresFit
  {
    let model = NISTModel(name: name, parameterCount: start.count)
    return try LevenbergMarquardt().fit(
      model, inputs: problem.inputs, responses: problem.data.map { model.response($0[0]) }, start: start)
  }

  /// Starts as NIST gives them, parameters and residual deviations as certified.
  struct Family: Sendable, CustomTestStringConvertible {
    let name: String
    let parameters: [Double]
    let deviation: Double
    let starts: [[Double]]
    let inputs: [Double]
    var testDescription: String { name }
  }

  static let families = [
    Family(
      name: "Hahn1",
      parameters: [
        1.0776351733, -1.2269296921e-1, 4.0863750610e-3, -1.4262662514e-6, -5.7609940901e-3, 2.4053735503e-4,
        -1.2314450199e-7,
      ], deviation: 8.1803852243e-2,
      starts: [
        [10, -1, 0.05, -0.00001, -0.05, 0.001, -0.000001],
        [1, -0.1, 0.005, -0.000001, -0.005, 0.0001, -0.0000001],
      ], inputs: (0..<236).map { 14 + 836 * Double($0) / 235 }),
    Family(
      name: "Thurber",
      parameters: [
        1.2881396800e3, 1.4910792535e3, 5.8323836877e2, 7.5416644291e1, 9.6629502864e-1, 3.9797285797e-1,
        4.9727297349e-2,
      ], deviation: 1.3714600784e1,
      starts: [[1000, 1000, 400, 40, 0.7, 0.3, 0.03], [1300, 1500, 500, 75, 1, 0.4, 0.05]],
      inputs: (0..<37).map { -3.067 + 5.2 * Double($0) / 36 }),
    Family(
      name: "Chwirut1", parameters: [1.9027818370e-1, 6.1314004477e-3, 1.0530908399e-2],
      deviation: 3.3616721320,
      starts: [[0.1, 0.01, 0.02], [0.15, 0.008, 0.010]],
      inputs: (0..<214).map { 0.5 + 5.5 * Double($0 % 22) / 21 }),
    Family(
      name: "MGH17",
      parameters: [3.7541005211e-1, 1.9358469127, -1.4646871366, 1.2867534640e-2, 2.2122699662e-2],
      deviation: 1.3970497866e-3,
      starts: [[50, 150, -100, 1, 2], [0.5, 1.5, -1, 0.01, 0.02]],
      inputs: (0..<33).map { 10 * Double($0) }),
    Family(
      name: "BoxBOD", parameters: [2.1380940889e2, 5.4723748542e-1], deviation: 1.7088072423e1,
      starts: [[1, 1], [100, 0.75]], inputs: [1, 2, 3, 5, 7, 10]),
  ]

  @Test(
    "Both starts reach one certified minimum, no worse than the parameters that made the data",
    arguments: families)
  func simulated(_ family: Family) throws {
    let model = NISTModel(name: family.name, parameterCount: family.parameters.count)
    for seed in 1...4 as ClosedRange<UInt64> {
      let noise = RandomStream(seed: seed, name: family.name).normals(0..<family.inputs.count)
      let responses = zip(family.inputs, noise).map { x, z in
        model.value(family.parameters, at: [x]) + family.deviation * z
      }
      let fits = try family.starts.map {
        try LevenbergMarquardt().fit(
          model, inputs: family.inputs.map { [$0] }, responses: responses, start: $0)
      }
      let made = zip(family.inputs, responses).reduce(0) {
        let r = model.value(family.parameters, at: [$1.0]) - $1.1
        return $0 + r * r
      }
      for fit in fits {
        #expect(fit.convergence.isConverged, "seed \(seed): \(fit.convergence)")
        #expect(fit.residualSumOfSquares <= made * (1 + 1e-12), "seed \(seed)")
      }
      for (a, b) in zip(fits[0].parameters, fits[1].parameters) {
        #expect(digits(a, b) >= 8, "seed \(seed): \(a) and \(b)")
      }
    }
  }
}
