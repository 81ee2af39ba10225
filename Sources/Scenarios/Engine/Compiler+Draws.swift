extension Compiler {
  /// The uniform and normal score of an input, after correlation.
  mutating func draws(of input: Input) -> (uniform: Int, score: Int) {
    guard let mix = copula.mixes[input.name] else {
      let own = graph.uniform(UniformStream(name: input.name, dimension: input.dimension))
      return (own, graph.unary(.normalScore, own))
    }
    if let degrees = mix.degreesOfFreedom { return studentDraws(mix, degrees) }
    var score: Int?
    for (name, weight) in mix.weights where weight != 0 {
      guard let uniform = ownUniform(name) else { continue }
      let term = graph.binary(.multiply, graph.unary(.normalScore, uniform), graph.constant(weight))
      score = score.map { graph.binary(.add, $0, term) } ?? term
    }
    let mixed = score ?? graph.constant(0)
    return (graph.unary(.normalCDF, mixed), mixed)
  }

  /// The uniform of an input of a t copula, by its law given those before it.
  ///
  /// Rosenblatt's transform (Annals of Mathematical Statistics 23(3), 1952, 470-472, doi:10.1214/aoms/1177729394) needs one
  /// uniform an input, and the first keeps its own:
  /// y₁ = T⁻¹(u₁; ν), yⱼ = √((ν + y₁² + … + yⱼ₋₁²)/(ν + j − 1)) T⁻¹(uⱼ; ν + j − 1), x = L y, and the uniform is T(x; ν).
  private mutating func studentDraws(_ mix: CopulaFactors.Mix, _ degrees: Double) -> (Int, Int) {
    var squares = graph.constant(degrees)
    var sum: Int?
    for (index, (name, weight)) in mix.weights.enumerated() {
      guard let uniform = ownUniform(name) else { continue }
      let freedom = degrees + Double(index)
      var value = graph.unary(.studentQuantile, uniform, number: freedom)
      if index > 0 {
        let ratio = graph.binary(.divide, squares, graph.constant(freedom))
        value = graph.binary(.multiply, value, graph.unary(.root, ratio))
      }
      squares = graph.binary(.add, squares, graph.binary(.multiply, value, value))
      guard weight != 0 else { continue }
      let term = graph.binary(.multiply, value, graph.constant(weight))
      sum = sum.map { graph.binary(.add, $0, term) } ?? term
    }
    let mixed = graph.unary(.studentCDF, sum ?? graph.constant(0), number: degrees)
    return (mixed, graph.unary(.normalScore, mixed))
  }

  private mutating func ownUniform(_ name: String) -> Int? {
    symbols.input(name, in: file).map {
      graph.uniform(UniformStream(name: $0.name, dimension: $0.dimension))
    }
  }
}
