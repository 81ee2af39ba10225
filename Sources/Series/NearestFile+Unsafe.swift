#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The path of the file that is named most like one that does not exist, in the same folder; `nil` if none is close.
///
/// Cost: one look at the folder, at most 10,000 names of it.
package func nearestFile(to path: String) -> String? {
  let slash = path.lastIndex(of: "/")
  let folder = slash.map { String(path[...$0]) } ?? ""
  let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
  guard !name.isEmpty, let stream = opendir(folder.isEmpty ? "." : folder) else { return nil }
  defer { closedir(stream) }
  var names: [String] = []
  while names.count < 10_000, let entry = readdir(stream) {
    let found = withUnsafePointer(to: &entry.pointee.d_name) { place in
      place.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if found != ".", found != ".." { names.append(found) }
  }
  return nearestName(to: name, among: names.sorted()).map { folder + $0 }
}
