import Forecasting

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The location of the bundled files: next to the running program, in `../share/foresight` where it is installed, or else in the checkout
/// from which it was built.
enum ResourceFolder {
  /// The path of a bundled file.
  ///
  /// - Throws: `ForecastError.data` that names the file if it is in neither place.
  static func path(of file: String) throws(ForecastError) -> String {
    for folder in candidates {
      let path = folder + "/" + file
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw .data(
      DataFault(
        .unreadable("the bundled file is neither next to the program nor in ../share/foresight"), file: file))
  }

  private static let candidates: [String] = {
    let bundle = "foresight_Datasets.resources"
    var folders: [String] = []
    if let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
      folders.append(parent(program) + "/" + bundle)
      folders.append(parent(parent(program)) + "/share/foresight")
    }
    if let invoked = CommandLine.arguments.first { folders.append(parent(invoked) + "/" + bundle) }
    // Sources/ResourceFolder.swift is two levels below the data.
    folders.append(parent(parent(#filePath)))
    return folders
  }()

  private static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return String(path[..<slash])
  }
}
