extension Graph {
  /// Whether the result of an operation cannot be negative, whatever is drawn, by what is known of its operands.
  func isNonNegative(_ instruction: Instruction) -> Bool {
    func known(_ operand: Int32) -> Bool { operand >= 0 && nonNegative[Int(operand)] }
    let (a, b, c) = (instruction.a, instruction.b, instruction.c)
    let isPositive = instruction.number >= 0
    return switch instruction.operation {
    case .constant: isPositive
    case .law: laws[Int(instruction.payload)].isNonNegative
    case .branchLaw: branchLaws[Int(instruction.payload)].allSatisfy { laws[$0].isNonNegative }
    case .binary(let operation): Graph.isNonNegative(operation, known(a), known(b))
    case .withNumber(let operation):
      operation == .subtract
        ? known(a) && instruction.number <= 0 : Graph.isNonNegative(operation, known(a), isPositive)
    case .numberWith(let operation): Graph.isNonNegative(operation, isPositive, known(a))
    case .select: known(a) && known(b)
    case .between: known(a) && known(b) && (0...1).contains(instruction.number)
    case .interrupt: known(a) && known(c)
    case .power: known(a)
    case .uniform, .branch, .normalCDF, .studentCDF, .absolute, .root, .exponential, .waitingTime, .rampHalf,
      .count:
      true
    // Integrals of shares that are not negative; of a schedule's quantities, under a capacity.
    case .rampIntegral: true
    case .shapeIntegral, .shapeValue: b < 0 || known(b)
    case .normalScore, .studentQuantile, .logarithm, .sine, .cosine, .series: false
    }
  }

  private static func isNonNegative(_ operation: Instruction.Binary, _ a: Bool, _ b: Bool) -> Bool {
    switch operation {
    case .add, .multiply, .divide, .minimum: a && b
    case .maximum: a || b
    case .subtract: false
    case .less, .lessOrEqual, .equal, .notEqual: true
    }
  }
}

extension Graph {
  /// Whether a number or draw, as it stands or below a bound, is never above 1.
  func isAtMostOne(_ node: Int) -> Bool {
    let instruction = nodes[node]
    return switch instruction.operation {
    case .constant: instruction.number <= 1
    case .law: laws[Int(instruction.payload)].isAtMostOne
    case .branchLaw: branchLaws[Int(instruction.payload)].allSatisfy { laws[$0].isAtMostOne }
    case .withNumber(.minimum): instruction.number <= 1
    case .withNumber(.maximum): instruction.number <= 1 && isAtMostOne(Int(instruction.a))
    case .between:
      (0...1).contains(instruction.number) && isAtMostOne(Int(instruction.a))
        && isAtMostOne(Int(instruction.b))
    default: false
    }
  }
}
