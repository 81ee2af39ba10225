import ForesightNumerics
import Testing

@Suite("Dual numbers")
struct DualTests {
  typealias D = Dual<Double>

  /// A function with its derivative in closed form, and points inside its domain.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let function: @Sendable (D) -> D
    let value: @Sendable (Double) -> Double
    let slope: @Sendable (Double) -> Double
    let points: [Double]
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "exp", function: { .exp($0) }, value: { .exp($0) }, slope: { .exp($0) }, points: [-3, 0, 1.5]),
    Case(
      name: "expm1", function: { .expMinusOne($0) }, value: { .expMinusOne($0) }, slope: { .exp($0) },
      points: [-1e-9, 2]),
    Case(
      name: "log", function: { .log($0) }, value: { .log($0) }, slope: { 1 / $0 }, points: [0.1, 1, 40]),
    Case(
      name: "log1p", function: { .log(onePlus: $0) }, value: { .log(onePlus: $0) },
      slope: { 1 / (1 + $0) }, points: [1e-10, 3]),
    Case(name: "sin", function: { .sin($0) }, value: { .sin($0) }, slope: { .cos($0) }, points: [0, 1, 5]),
    Case(name: "cos", function: { .cos($0) }, value: { .cos($0) }, slope: { -.sin($0) }, points: [0, 1, 5]),
    Case(
      name: "tan", function: { .tan($0) }, value: { .tan($0) },
      slope: { 1 / (Double.cos($0) * Double.cos($0)) }, points: [0, 1, -0.7]),
    Case(
      name: "sinh", function: { .sinh($0) }, value: { .sinh($0) }, slope: { .cosh($0) }, points: [-1, 2]),
    Case(
      name: "cosh", function: { .cosh($0) }, value: { .cosh($0) }, slope: { .sinh($0) }, points: [-1, 2]),
    Case(
      name: "tanh", function: { .tanh($0) }, value: { .tanh($0) },
      slope: { 1 / (Double.cosh($0) * Double.cosh($0)) }, points: [-1, 0, 12]),
    Case(
      name: "asin", function: { .asin($0) }, value: { .asin($0) },
      slope: { 1 / Double.sqrt(1 - $0 * $0) }, points: [-0.5, 0, 0.9]),
    Case(
      name: "acos", function: { .acos($0) }, value: { .acos($0) },
      slope: { -1 / Double.sqrt(1 - $0 * $0) }, points: [-0.5, 0, 0.9]),
    Case(
      name: "atan", function: { .atan($0) }, value: { .atan($0) }, slope: { 1 / (1 + $0 * $0) },
      points: [-4, 0, 0.3]),
    Case(
      name: "asinh", function: { .asinh($0) }, value: { .asinh($0) },
      slope: { 1 / Double.sqrt(1 + $0 * $0) }, points: [-4, 0, 0.3]),
    Case(
      name: "acosh", function: { .acosh($0) }, value: { .acosh($0) },
      slope: { 1 / Double.sqrt($0 * $0 - 1) }, points: [1.5, 8]),
    Case(
      name: "atanh", function: { .atanh($0) }, value: { .atanh($0) }, slope: { 1 / (1 - $0 * $0) },
      points: [-0.5, 0.25]),
    Case(
      name: "sqrt", function: { .sqrt($0) }, value: { .sqrt($0) }, slope: { 0.5 / Double.sqrt($0) },
      points: [0.25, 7]),
    Case(
      name: "cube root", function: { .root($0, 3) }, value: { .root($0, 3) },
      slope: { Double.root($0, 3) / (3 * $0) }, points: [8, 0.3]),
    Case(
      name: "x^5", function: { .pow($0, 5) }, value: { .pow($0, 5) }, slope: { 5 * Double.pow($0, 4) },
      points: [-2, 0, 1.5]),
    Case(
      name: "x^-2", function: { .pow($0, -2) }, value: { .pow($0, -2) },
      slope: { -2 * Double.pow($0, -3) }, points: [-2, 1.5]),
    Case(
      name: "x^x", function: { .pow($0, $0) }, value: { .pow($0, $0) },
      slope: { Double.pow($0, $0) * (Double.log($0) + 1) }, points: [0.5, 2, 3.5]),
    Case(
      name: "|x|", function: { $0.magnitude }, value: { abs($0) }, slope: { $0 < 0 ? -1 : 1 },
      points: [-2, 3]),
    Case(
      name: "x / (1 + x²)", function: { $0 / (1.0 + $0 * $0) }, value: { $0 / (1 + $0 * $0) },
      slope: { (1 - $0 * $0) / ((1 + $0 * $0) * (1 + $0 * $0)) }, points: [-2, 0, 3]),
  ]

  @Test("derivative equals the closed form in every lane", arguments: cases)
  func closedForm(_ test: Case) {
    for x in test.points {
      for lane in 0..<D.width {
        let y = test.function(D(x, lane: lane))
        #expect(y.value == test.value(x))
        let slope = test.slope(x)
        #expect(abs(y[lane] - slope) <= 8e-16 * max(abs(slope), 1), "at \(x): \(y[lane]) against \(slope)")
        for other in 0..<D.width where other != lane { #expect(y[other] == 0) }
      }
    }
  }

  @Test("powers keep their slope at zero")
  func powersAtZero() {
    let x = D(0, lane: 0)
    #expect(D.pow(x, 0)[0] == 0)
    #expect(D.pow(x, 1)[0] == 1)
    #expect(D.pow(x, D(1.0))[0] == 1)
    #expect(D.pow(x, D(3.0))[0] == 0)
    #expect(D.pow(x, D(2.0, lane: 1))[1] == 0)
  }

  struct Quintic: DifferentiableFunction {
    func value<S: DifferentiableScalar>(_ x: [S]) -> S {
      // x₀²x₁ + sin(x₂)·x₃ + x₄³x₀
      x[0] * x[0] * x[1] + S.sin(x[2]) * x[3] + S.pow(x[4], 3) * x[0]
    }
  }

  @Test("gradient and Hessian over more parameters than a Dual carries")
  func gradientAndHessian() {
    let x = [2.0, -1, 0.5, 3, 1.5]
    let gradient = Quintic().gradient(x)
    let expected = [
      2 * x[0] * x[1] + Double.pow(x[4], 3), x[0] * x[0], Double.cos(x[2]) * x[3], Double.sin(x[2]),
      3 * x[4] * x[4] * x[0],
    ]
    for i in 0..<5 { #expect(abs(gradient[i] - expected[i]) <= 1e-15 * abs(expected[i])) }
    var hessian = [[Double]](repeating: [Double](repeating: 0, count: 5), count: 5)
    hessian[0][0] = 2 * x[1]
    hessian[0][1] = 2 * x[0]
    hessian[0][4] = 3 * x[4] * x[4]
    hessian[2][2] = -Double.sin(x[2]) * x[3]
    hessian[2][3] = Double.cos(x[2])
    hessian[4][4] = 6 * x[4] * x[0]
    for i in 0..<5 { for j in 0..<i { hessian[i][j] = hessian[j][i] } }
    let found = Quintic().hessian(x)
    for i in 0..<5 {
      for j in 0..<5 { #expect(abs(found[i][j] - hessian[i][j]) <= 2e-15 * max(1, abs(hessian[i][j]))) }
    }
  }

  @Test("branches look at values only")
  func comparison() {
    #expect(D(1, lane: 0) == D(1, lane: 1))
    #expect(D(1, lane: 0) < D(2.0))
    #expect(D(2, lane: 3).doubleValue == 2)
    #expect(D.pi.value == Double.pi)
  }
}
