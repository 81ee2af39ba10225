/// How far a long run has come, shown on standard error where a person reads it.
struct Progress {
  private let what: String
  private let total: Int
  private let clock = ContinuousClock()
  private var shown: ContinuousClock.Instant
  private var hasLine = false

  /// A run of `total` parts, such as series.
  init(of total: Int, _ what: String) {
    self.total = total
    self.what = what
    shown = clock.now
  }

  /// Shows that `done` parts are done, a few times a second.
  mutating func show(_ done: Int) {
    guard StandardError.isTerminal else { return }
    let now = clock.now
    guard shown.duration(to: now) > .milliseconds(200) else { return }
    shown = now
    hasLine = true
    StandardError.control("\r\(done) of \(total) \(what)")
  }

  /// Takes the line away.
  mutating func clear() {
    if hasLine { StandardError.control("\r\u{1B}[K") }
    hasLine = false
  }
}
