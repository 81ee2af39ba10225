/// The section `branches`: courses of events that exclude each other.
enum BranchesSection {
  private static let weight = Field(required: "weight", .number(.within(0...1)), "its probability")

  /// The section.
  static let shape = Shape<Branch>.object(
    Layout(fields: [weight, Provenance.says, Provenance.basis, Provenance.sources], later: ["when"])
  ) {
    Branch(name: $0.name, weight: $0[weight], says: $0[Provenance.says], place: $0.spot.keyPlace)
  }.section().then { branches, spot in
    let sum = branches.reduce(0) { $0 + $1.weight }
    if abs(sum - 1) > 1e-9 {
      spot.note("must have weights that sum to 1; they sum to \((sum * 1e12).rounded() / 1e12)")
    }
    if branches.count > 64 { spot.note("has \(branches.count) branches; at most 64 are supported") }
    return branches
  }
}
