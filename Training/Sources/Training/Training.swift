import Foundation
import GateTraining

/// Trains the networks of `Gate` on synthetic series and writes their weights.
///
///     swift run --package-path Training -c release Training   # from the root of the repository
@main
struct Training {
  static func main() {
    let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    do {
      try WeightsFile(root: root).write { line in
        print(line)
        fflush(nil)
      }
    } catch {
      FileHandle.standardError.write(Data("Training: \(error)\n".utf8))
      exit(1)
    }
  }
}
