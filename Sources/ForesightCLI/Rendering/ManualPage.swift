/// A command as the argument parser describes it, `--experimental-dump-help`.
struct CommandDescription: Decodable {
  /// The document of all commands.
  struct Document: Decodable { let command: CommandDescription }

  /// An argument, an option or a flag.
  struct Argument: Decodable {
    /// A name of an option.
    struct Name: Decodable {
      let kind: String
      let name: String

      /// The name as it is typed.
      var typed: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let abstract: String?
  }

  let commandName: String
  let shouldDisplay: Bool?
  let abstract: String?
  let discussion: String?
  let subcommands: [CommandDescription]?
  let arguments: [Argument]?
}

/// The manual page of a command in the language of man(7).
struct ManualPage {
  /// The words of the command, such as `foresight scenario run`.
  let path: [String]
  let command: CommandDescription
  let version: String

  /// The name of the file: `foresight-scenario-run.1`.
  var file: String { path.joined(separator: "-") + ".1" }

  /// The pages of a command and of all commands below it.
  static func all(of command: CommandDescription, below path: [String] = [], version: String) -> [ManualPage]
  {
    let own = path + [command.commandName]
    let below = (command.subcommands ?? []).filter { $0.shouldDisplay ?? true && $0.commandName != "help" }
    return [ManualPage(path: own, command: command, version: version)]
      + below.flatMap { all(of: $0, below: own, version: version) }
  }

  /// The page.
  var text: String {
    var lines = [
      ".TH \"\(path.joined(separator: "-").uppercased())\" 1 \"\" \"foresight \(version)\" \"Foresight\"",
      ".SH NAME",
      "\(ManualPage.plain(path.joined(separator: "-"))) \\- \(ManualPage.escaped(command.abstract ?? ""))",
      ".SH SYNOPSIS", ".B \(path.joined(separator: " "))", synopsis,
    ]
    if let discussion = command.discussion, !discussion.isEmpty {
      lines += [".SH DESCRIPTION"] + ManualPage.paragraphs(discussion)
    }
    let shown = (command.arguments ?? []).filter(\.shouldDisplay)
    if !shown.isEmpty {
      lines.append(".SH OPTIONS")
      for argument in shown { lines += [".TP", term(argument), ManualPage.escaped(argument.abstract ?? "")] }
    }
    let below = (command.subcommands ?? []).filter { $0.shouldDisplay ?? true && $0.commandName != "help" }
    if !below.isEmpty {
      lines.append(".SH COMMANDS")
      for subcommand in below {
        let page = (path + [subcommand.commandName]).joined(separator: "\\-")
        lines += [".TP", ".BR \(page) (1)", ManualPage.escaped(subcommand.abstract ?? "")]
      }
    }
    if path.count > 1 {
      lines += [".SH SEE ALSO", ".BR \(path.dropLast().joined(separator: "\\-")) (1)"]
    }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  private var synopsis: String {
    let shown = (command.arguments ?? []).filter(\.shouldDisplay)
    let positional = shown.filter { $0.kind == "positional" }.map { argument in
      let name = "\\fI\(ManualPage.plain(argument.valueName ?? "value"))\\fR"
      return argument.isOptional ? "[\(name)]" : name
    }
    let hasCommands = !(command.subcommands ?? []).isEmpty
    let options = shown.contains { $0.kind != "positional" } ? ["[\\fIOPTIONS\\fR]"] : []
    return ((hasCommands ? ["\\fICOMMAND\\fR"] : []) + positional + options).joined(separator: " ")
  }

  private func term(_ argument: CommandDescription.Argument) -> String {
    let names = (argument.names ?? []).map { "\\fB\(ManualPage.plain($0.typed))\\fR" }.joined(separator: ", ")
    let value = "\\fI\(ManualPage.plain(argument.valueName ?? ""))\\fR"
    switch argument.kind {
    case "positional": return value
    case "option": return names + " " + value
    default: return names
    }
  }

  /// Text without marks of the language: a backslash, and hyphens that are typed.
  private static func plain(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
  }

  /// A line of text, which must not begin with a mark of the language.
  private static func escaped(_ text: String) -> String {
    let safe = plain(text).replacing("\n", with: " ")
    return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
  }

  /// Paragraphs of a discussion: lines in capitals are headings, and indented lines stay as they are.
  private static func paragraphs(_ text: String) -> [String] {
    var lines: [String] = []
    var isExample = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isIndented = line.hasPrefix("  ")
      if isIndented != isExample { lines.append(isIndented ? ".nf" : ".fi") }
      isExample = isIndented
      if line.isEmpty {
        lines.append(".PP")
      } else if !isIndented, line.allSatisfy({ $0.isUppercase || $0 == " " }) {
        lines.append(".SH \(line)")
      } else {
        lines.append(escaped(String(line)))
      }
    }
    if isExample { lines.append(".fi") }
    return lines
  }
}
