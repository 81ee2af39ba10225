internal import Forecasting

/// The SHA-256 of a JSON object as the last key of it, by which a change of the file is noticed.
///
/// The hash is that of the object's bytes without this key. An object without it is accepted: earlier versions wrote none, and a person who
/// changes a file takes it away.
enum Seal {
  private static let key = Array("\"sha256\":".utf8)

  /// Returns a JSON object that is not empty with its hash added.
  static func sealed(_ object: String) -> String {
    "\(object.dropLast()),\"sha256\":\"\(ContentHash(object))\"}"
  }

  /// What is wrong with the bytes of an object that has a hash; `nil` if nothing is, or it has none.
  static func fault(in bytes: [UInt8]) -> String? {
    // Inside a string, quotation marks have a backslash before them.
    guard let place = start(of: key, in: bytes) else { return nil }
    let end = bytes.lastIndex { !" \n\r\t".utf8.contains($0) } ?? bytes.endIndex
    let object = bytes[..<max(place - 1, 0)] + [UInt8(ascii: "}")]
    let seal = Array("\"sha256\":\"\(ContentHash(object))\"}".utf8)
    guard place > 0, bytes[place...end].elementsEqual(seal) else {
      return "was changed after it was written: its sha256 is not that of its contents; "
        + "fit again, or remove sha256 if the change is meant"
    }
    return nil
  }

  /// The last place where a part begins.
  private static func start(of part: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= part.count else { return nil }
    for place in stride(from: bytes.count - part.count, through: 0, by: -1)
    where bytes[place] == part[0] && bytes[place...].starts(with: part) {
      return place
    }
    return nil
  }
}
