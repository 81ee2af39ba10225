internal import ForesightNumerics

/// One term of a surrogate: φ_a(u_i), or φ_a(u_i) φ_b(u_j) with i ≠ j.
struct SurrogateTerm {
  struct Part {
    let input: Int
    /// From 1.
    let degree: Int
  }

  let first: Part
  var second: Part?

  func touches(_ factor: Int, _ factors: [Int]) -> Bool {
    factors[first.input] == factor || second.map { factors[$0.input] == factor } ?? false
  }

  func isWithin(_ factor: Int, _ factors: [Int]) -> Bool {
    factors[first.input] == factor && second.map { factors[$0.input] == factor } ?? true
  }
}

/// A polynomial g = c₀ + Σ c_t φ_t of the uniforms, fitted to the values on A and B by least squares.
///
/// The φ_t are orthonormal, of mean zero given either of their inputs, so the variance of any part of g is the sum of its c_t².
struct SobolSurrogate {
  /// The greatest degree of a term.
  static let degree = 8
  /// The most terms.
  static let terms = 128
  /// The most inputs whose pairs are searched.
  static let paired = 16

  var terms: [SurrogateTerm] = []
  var coefficients: [Double] = []
  var constant = 0.0
}

extension RadialDesign {
  /// The surrogate of the values.
  ///
  /// Inputs of factors that change nothing have no terms. Terms in one input: up to degree 8, N/4 and 128 in all. Terms in two,
  /// of the 16 inputs whose factors have the largest totals: of total degree 8 at most, those whose coefficient on what the
  /// first leave, e_t, has e_t² > 2 ln(M) s²/(2N), M candidates, s² the mean square left: the universal threshold of Donoho and
  /// Johnstone (Biometrika 81, 1994, 425–455, doi:10.1093/biomet/81.3.425); the largest, up to N/2 and 128 terms in all. After
  /// each fit a term stays where the differences that each of its factors makes confirm at least half of it:
  /// c_t ½E[(f(A) − f(A_B)) (φ_t(A) − φ_t(A_B))] ≥ ½ c_t², all other terms in that factor taken out of f.
  func surrogate() -> SobolSurrogate {
    let totals = (0..<factors).map { jansen($0) }
    let active = inputs.indices.filter { totals[inputs[$0].factor] > 0 }
    guard !active.isEmpty else { return SobolSurrogate() }
    let degree = min(SobolSurrogate.degree, min(SobolSurrogate.terms, points / 4) / active.count)
    guard degree > 0 else { return SobolSurrogate() }
    let singles = active.flatMap { input in
      (1...degree).map { SurrogateTerm(first: .init(input: input, degree: $0)) }
    }
    let additive = fit(singles)
    let order = active.sorted { (totals[inputs[$0].factor], $1) > (totals[inputs[$1].factor], $0) }
    let pairs = pairs(of: order.prefix(SobolSurrogate.paired).sorted(), beyond: additive)
    return pairs.isEmpty ? additive : fit(additive.terms + pairs)
  }

  /// The surrogate of some terms, less those that are not confirmed.
  private func fit(_ terms: [SurrogateTerm]) -> SobolSurrogate {
    var products = Matrix(rows: terms.count + 2, columns: terms.count + 2)
    forEachBlock(degree: SobolSurrogate.degree) { block in
      for side in [DesignBlock.Side.a, .b] {
        let n = block.draws.count
        var columns = [Double](repeating: 1, count: n * (terms.count + 2))
        for (place, term) in terms.enumerated() {
          block.write(term, side, into: &columns, at: (place + 1) * n)
        }
        let start = block.draws.lowerBound + (side.isA ? 0 : points)
        for i in 0..<n { columns[(terms.count + 1) * n + i] = values[start + i] }
        let matrix = Matrix(rows: n, columns: terms.count + 2, columnMajor: columns)
        products.addProduct(transposing: matrix, matrix)
      }
    }
    let whole = solve(products, terms, Array(terms.indices))
    let kept = confirmed(whole)
    return kept.count == whole.terms.count ? whole : solve(products, terms, kept)
  }

  /// The least-squares surrogate of the terms named, from the sums of products of constant, terms and values.
  private func solve(_ products: Matrix, _ terms: [SurrogateTerm], _ kept: [Int]) -> SobolSurrogate {
    let places = [0] + kept.map { $0 + 1 }
    var left = Matrix(rows: places.count, columns: places.count)
    for (j, column) in places.enumerated() {
      for (i, row) in places.enumerated() { left[i, j] = products[row, column] }
    }
    let right = places.map { products[$0, terms.count + 1] }
    // Points in general position give a definite matrix; others leave the values to the plain estimator.
    guard let solution = try? Cholesky(left).solve(right) else { return SobolSurrogate() }
    return SobolSurrogate(
      terms: kept.map { terms[$0] }, coefficients: Array(solution.dropFirst()), constant: solution[0])
  }

  /// The terms of a surrogate that the differences of each of their factors confirm at least by half.
  private func confirmed(_ surrogate: SobolSurrogate) -> [Int] {
    let owned = (0..<factors).map { self.terms(of: $0, in: surrogate) }
    var sums = owned.map { [Double](repeating: 0, count: $0.count) }
    forEachBlock(degree: SobolSurrogate.degree) { block in
      for factor in 0..<factors where !owned[factor].isEmpty {
        let (columns, left) = differences(block, factor, owned[factor], surrogate)
        let n = block.draws.count
        for place in owned[factor].indices {
          var sum = 0.0
          for i in 0..<n { sum += columns[place * n + i] * left[i] }
          sums[factor][place] += sum
        }
      }
    }
    var isConfirmed = [Bool](repeating: true, count: surrogate.terms.count)
    for factor in 0..<factors {
      for (place, term) in owned[factor].enumerated() {
        let own = surrogate.coefficients[term]
        if own * sums[factor][place] / Double(2 * points) < -0.5 * own * own { isConfirmed[term] = false }
      }
    }
    return isConfirmed.indices.filter { isConfirmed[$0] }
  }

  /// The places of the terms that touch a factor.
  func terms(of factor: Int, in surrogate: SobolSurrogate) -> [Int] {
    let factors = inputs.map(\.factor)
    return surrogate.terms.indices.filter { surrogate.terms[$0].touches(factor, factors) }
  }

  /// φ_t(A) − φ_t(A_B) for the terms of a factor, one after another, and r(A) − r(A_B) for the rest r = f − g.
  func differences(
    _ block: DesignBlock, _ factor: Int, _ owned: [Int], _ surrogate: SobolSurrogate
  ) -> (columns: [Double], left: [Double]) {
    let n = block.draws.count
    var left = zip(values[block.draws], mixed(factor, block.draws)).map { $0 - $1 }
    var columns = [Double](repeating: 0, count: n * owned.count)
    var other = [Double](repeating: 0, count: n)
    for (place, index) in owned.enumerated() {
      block.write(surrogate.terms[index], .a, into: &columns, at: place * n)
      block.write(surrogate.terms[index], .mixed(factor), into: &other, at: 0)
      let own = surrogate.coefficients[index]
      for i in 0..<n {
        columns[place * n + i] -= other[i]
        left[i] -= own * columns[place * n + i]
      }
    }
    return (columns, left)
  }

  /// What a surrogate leaves on the points A or B of a block: f − g.
  func residuals(_ block: DesignBlock, _ side: DesignBlock.Side, _ surrogate: SobolSurrogate) -> [Double] {
    let start = block.draws.lowerBound + (side.isA ? 0 : points)
    var left = values[start..<start + block.draws.count].map { $0 - surrogate.constant }
    var column = [Double](repeating: 0, count: left.count)
    for (term, own) in zip(surrogate.terms, surrogate.coefficients) {
      block.write(term, side, into: &column, at: 0)
      for i in left.indices { left[i] -= own * column[i] }
    }
    return left
  }

  /// The terms in two of the chosen inputs that stand out of what a surrogate leaves, the largest first.
  private func pairs(of chosen: [Int], beyond surrogate: SobolSurrogate) -> [SurrogateTerm] {
    let room = min(SobolSurrogate.terms, points / 2) - surrogate.terms.count
    guard room > 0, chosen.count > 1 else { return [] }
    let degree = SobolSurrogate.degree - 1
    var products = Matrix(rows: chosen.count * degree, columns: chosen.count * degree)
    var square = 0.0
    forEachBlock(degree: SobolSurrogate.degree) { block in
      let n = block.draws.count
      for side in [DesignBlock.Side.a, .b] {
        let left = residuals(block, side, surrogate)
        square += left.reduce(0) { $0 + $1 * $1 }
        let columns = chosen.flatMap { (side.isA ? block.a : block.b)[$0][0..<n * degree] }
        var weighted = columns
        for column in 0..<chosen.count * degree {
          for i in 0..<n { weighted[column * n + i] *= left[i] }
        }
        products.addProduct(
          transposing: Matrix(rows: n, columns: chosen.count * degree, columnMajor: columns),
          Matrix(rows: n, columns: chosen.count * degree, columnMajor: weighted))
      }
    }
    var candidates: [(size: Double, term: SurrogateTerm)] = []
    for i in chosen.indices {
      for j in i + 1..<chosen.count {
        for a in 1...degree {
          for b in 1...SobolSurrogate.degree - a {
            candidates.append(
              (
                abs(products[i * degree + a - 1, j * degree + b - 1]) / Double(2 * points),
                SurrogateTerm(
                  first: .init(input: chosen[i], degree: a), second: .init(input: chosen[j], degree: b))
              ))
          }
        }
      }
    }
    let noise = square / Double(2 * points) / Double(2 * points)
    let threshold = (2 * logarithm(Double(candidates.count)) * noise).squareRoot()
    let standing = candidates.indices.filter { candidates[$0].size > threshold }
    return standing.sorted { (candidates[$0].size, $1) > (candidates[$1].size, $0) }.prefix(room).map {
      candidates[$0].term
    }
  }
}

extension DesignBlock.Side {
  var isA: Bool { if case .a = self { true } else { false } }
}
