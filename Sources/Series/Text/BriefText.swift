extension String {
  /// The text for a message: of a word longer than 240 bytes, and of anything longer than 4,000, the beginning and the end.
  ///
  /// Messages quote what was read, and a cell of a damaged file can have megabytes.
  package var brief: String {
    guard utf8.count > 240 else { return self }
    var text = ""
    for part in split(separator: " ", omittingEmptySubsequences: false) {
      if !text.isEmpty || part.startIndex != startIndex { text += " " }
      text += part.cut(to: 240)
    }
    return text[...].cut(to: 4_000)
  }
}

extension Substring {
  /// The first three quarters and the last quarter of so many characters; the text itself if it has no more bytes than that.
  fileprivate func cut(to count: Int) -> String {
    guard utf8.count > count else { return String(self) }
    let head = utf8.prefix(count * 3 / 4)
    let tail = utf8.suffix(count / 4)
    return String(decoding: head, as: UTF8.self) + "…" + String(decoding: tail, as: UTF8.self)
  }
}
