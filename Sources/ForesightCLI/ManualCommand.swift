internal import ArgumentParser

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `foresight manual`: the manual pages, which Scripts/install puts in place.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Write the manual pages, one per command.",
    discussion: """
      EXAMPLE
        foresight manual --output ~/.local/share/man/man1
      """,
    shouldDisplay: false)

  @Option(help: ArgumentHelp("The folder of the pages; it must exist.", valueName: "folder"))
  var output: String

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output must name a folder") }
  }

  func run() throws {
    for page in try ManualCommand.pages() { try writeWhole(page.text, to: output + "/" + page.file) }
  }

  /// The pages of all commands.
  ///
  /// - Throws: `Failure` of kind `.run` if the parser's own description cannot be read.
  static func pages() throws -> [ManualPage] {
    do {
      _ = try ForesightCommand.parseAsRoot(["--experimental-dump-help"])
    } catch {
      let text = ForesightCommand.fullMessage(for: error)
      guard
        let document = try? JSONDecoder().decode(CommandDescription.Document.self, from: Data(text.utf8))
      else { throw Failure(.run, "the description of the commands cannot be read") }
      return ManualPage.all(of: document.command, version: toolVersion)
    }
    throw Failure(.run, "the parser gave no description of the commands")
  }
}
