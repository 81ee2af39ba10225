/// The linear least-squares fits of a batch of problems of one size.
public struct BatchedLinearFit: Sendable, Equatable {
  /// The number of columns of a design.
  public let parameters: Int
  /// The coefficients, `parameters` values per problem.
  public internal(set) var coefficients: [Double]
  /// The standard errors, `parameters` values per problem.
  public internal(set) var standardErrors: [Double]
  /// The sum of squared residuals of each problem.
  public internal(set) var residualSumsOfSquares: [Double]
  /// The number of independent columns of each problem; coefficients of dropped columns are zero.
  public internal(set) var ranks: [Int]

  /// The number of problems.
  public var count: Int { residualSumsOfSquares.count }

  /// The coefficients of one problem.
  public func coefficients(_ problem: Int) -> ArraySlice<Double> {
    coefficients[(problem * parameters)..<((problem + 1) * parameters)]
  }

  /// The standard errors of one problem.
  public func standardErrors(_ problem: Int) -> ArraySlice<Double> {
    standardErrors[(problem * parameters)..<((problem + 1) * parameters)]
  }
}

/// Least squares for many small problems of one size, each with its own design or all with the same one.
///
/// Eight problems side by side fill the lanes of a vector. Separate designs are orthogonalized by modified Gram–Schmidt
/// with the response appended, which is as stable as Householder's method (Björck, "Solving linear least squares
/// problems by Gram–Schmidt orthogonalization", BIT 7 (1967) 1–21); normal equations are never formed. A problem in
/// which a column keeps less than 2⁻¹⁰ of its length after projection on the earlier ones, or whose scale is extreme,
/// is solved by ``LeastSquares`` instead, so that every result agrees with it to about 1e-12 of the largest effect of a
/// coefficient. Cost: 2mn² per problem.
public struct BatchedLeastSquares: Sendable, Hashable {
  /// The number of rows m of a problem.
  public let observations: Int
  /// The number of columns n of a design.
  public let parameters: Int

  /// Creates a solver for problems of `observations` rows and `parameters` columns.
  ///
  /// - Throws: `NumericsError.tooFewObservations` for fewer rows than columns, `.invalidParameter` for zero columns.
  public init(observations: Int, parameters: Int) throws(NumericsError) {
    guard parameters > 0 else { throw .invalidParameter(name: "parameters", value: Double(parameters)) }
    guard observations >= parameters else {
      throw .tooFewObservations(needed: parameters, found: observations)
    }
    self.observations = observations
    self.parameters = parameters
  }

  /// Fits each response on its own design.
  ///
  /// - Parameters:
  ///   - designs: The designs one after another, each column by column.
  ///   - responses: The responses one after another.
  /// - Throws: `NumericsError.dimensionMismatch`, and `.nonFinite` with the row counted over all problems and the
  ///   column at fault (`parameters` for a response).
  public func fit(designs: [Double], responses: [Double]) throws(NumericsError) -> BatchedLinearFit {
    let problems = try count(responses)
    let size = observations * parameters
    guard designs.count == problems * size else {
      throw .dimensionMismatch(expected: problems * size, found: designs.count)
    }
    var (fit, careful) = kernel(designs: designs, responses: responses, problems)
    for problem in careful {
      let design = Matrix(
        rows: observations, columns: parameters,
        columnMajor: Array(designs[(problem * size)..<((problem + 1) * size)]))
      try solve(problem, design, responses, &fit)
    }
    return fit
  }

  /// Fits every response on one design, which is factored once.
  ///
  /// - Parameters:
  ///   - design: The design that all problems share.
  ///   - responses: The responses one after another.
  /// - Throws: `NumericsError.dimensionMismatch`, and `.nonFinite` with the row counted over all problems and the
  ///   column at fault (`parameters` for a response).
  public func fit(design: Matrix, responses: [Double]) throws(NumericsError) -> BatchedLinearFit {
    let problems = try count(responses)
    guard design.rows == observations else {
      throw .dimensionMismatch(expected: observations, found: design.rows)
    }
    guard design.columns == parameters else {
      throw .dimensionMismatch(expected: parameters, found: design.columns)
    }
    try design.requireFinite()
    var (fit, careful) = try sharedKernel(design, responses, problems)
    for problem in careful { try solve(problem, design, responses, &fit) }
    return fit
  }

  private func count(_ responses: [Double]) throws(NumericsError) -> Int {
    let problems = responses.count / observations
    guard responses.count == problems * observations else {
      throw .dimensionMismatch(expected: (problems + 1) * observations, found: responses.count)
    }
    return problems
  }

  /// Solves one problem by the refined method.
  private func solve(
    _ problem: Int, _ design: Matrix, _ responses: [Double], _ fit: inout BatchedLinearFit
  ) throws(NumericsError) {
    let first = problem * observations
    let solution: LeastSquaresSolution
    do {
      solution = try LeastSquares().solve(design, Array(responses[first..<(first + observations)]))
    } catch .nonFinite(let row, let column) {
      throw .nonFinite(row: first + row, column: column)
    }
    let own = (problem * parameters)..<((problem + 1) * parameters)
    fit.coefficients.replaceSubrange(own, with: solution.coefficients)
    fit.standardErrors.replaceSubrange(own, with: solution.standardErrors)
    fit.residualSumsOfSquares[problem] = solution.residualSumOfSquares
    fit.ranks[problem] = solution.rank
  }
}
