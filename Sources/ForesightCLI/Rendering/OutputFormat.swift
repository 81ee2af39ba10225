/// The forms in which a command that has no rows answers.
enum OutputFormat: String, CaseIterable {
  case text
  case json
}

/// The forms in which a command that has rows answers.
enum RowFormat: String, CaseIterable {
  case text
  case json
  case csv
}
