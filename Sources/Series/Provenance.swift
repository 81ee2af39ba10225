/// Where a series comes from.
public struct Provenance: Sendable, Hashable, Codable {
  /// The file it was read from.
  public var file: String?
  /// Who publishes it, and on what terms.
  public var licence: String?
  /// The date of the edition.
  public var vintage: String?

  /// Creates a provenance from what is known.
  public init(file: String? = nil, licence: String? = nil, vintage: String? = nil) {
    self.file = file
    self.licence = licence
    self.vintage = vintage
  }
}
