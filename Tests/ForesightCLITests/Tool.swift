import Foundation
import TestSupport
import Testing

/// The built tool, run as a process.
enum Tool {
  /// What a run gave.
  struct Run {
    let status: Int32
    let output: String
    let errors: String

    /// The output as a JSON document.
    func json() throws -> JSON { try JSONDecoder().decode(JSON.self, from: Data(output.utf8)) }
  }

  /// The outcome of `foresight` with arguments and standard input.
  static func run(_ arguments: String..., input: String? = nil, in scratch: Scratch? = nil) throws -> Run {
    try run(arguments, input: input, in: scratch)
  }

  /// The outcome of `foresight` with arguments and standard input.
  static func run(_ arguments: [String], input: String? = nil, in scratch: Scratch? = nil) throws -> Run {
    let process = Process()
    process.executableURL = try program()
    process.arguments = arguments
    process.currentDirectoryURL = scratch?.folder
    // Files, not pipes: no output is too long for them.
    let streams = try Scratch()
    let files = ["out", "err"].map { streams.folder.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    let source = try streams.file("in", input ?? "")
    process.standardInput = try FileHandle(forReadingFrom: source)
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit, "\(arguments) was killed")
    return Run(
      status: process.terminationStatus, output: try String(contentsOf: files[0], encoding: .utf8),
      errors: try String(contentsOf: files[1], encoding: .utf8))
  }

  /// Expects a refusal: the exit code, nothing on standard output, one line on standard error that holds `parts`.
  static func refuses(
    _ arguments: [String], status: Int32 = 2, naming parts: [String], input: String? = nil,
    in scratch: Scratch? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let process = try run(arguments, input: input, in: scratch)
    #expect(process.status == status, "\(arguments): \(process.errors)", sourceLocation: sourceLocation)
    #expect(process.output.isEmpty, "\(arguments)", sourceLocation: sourceLocation)
    let lines = process.errors.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 2 && lines.last == "", "\(process.errors)", sourceLocation: sourceLocation)
    #expect(process.errors.hasPrefix("foresight: "), "\(process.errors)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(process.errors.contains(part), "\(process.errors)", sourceLocation: sourceLocation)
    }
  }

  /// The program beside the test bundle.
  static func program() throws -> URL {
    var folders: [URL] = []
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      folders.append(URL(filePath: argument).deletingLastPathComponent())
    }
    folders.append(Bundle.main.bundleURL)
    if let executable = Bundle.main.executableURL { folders.append(executable.deletingLastPathComponent()) }
    let found = folders.map { $0.appending(path: "foresight") }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
    return try #require(found, "foresight is not beside the test bundle: \(folders)")
  }
}

/// A folder that lives as long as the test that made it.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "foresight-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
  }

  /// A file with a text.
  @discardableResult
  func file(_ name: String, _ text: String) throws -> URL {
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    return url
  }
}
