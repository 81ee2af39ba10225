internal import Forecasting
internal import Reports

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Android)
  internal import Android
#else
  internal import Darwin
#endif

/// The stream for answers.
enum StandardOutput {
  /// Whether it is a terminal.
  static let isTerminal = isatty(1) == 1

  /// The number of columns of the terminal; `nil`, no limit, if it is not one.
  static let width: Int? = {
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }()

  /// Writes a text; the process ends quietly if the reader has gone away.
  ///
  /// - Throws: `Failure` of kind `.run` when the stream accepts no more.
  static func write(_ text: String) throws(Failure) {
    if let code = writeAll(text, to: 1) {
      if code == EPIPE { exit(0) }
      throw Failure(.run, "cannot write to standard output: \(reason(code))")
    }
  }
}

/// The stream for messages.
enum StandardError {
  /// Whether it is a terminal.
  static let isTerminal = isatty(2) == 1

  /// Writes a message, control characters in it visible; a failure to do so is ignored.
  static func write(_ text: String) { _ = writeAll(text.shown.brief, to: 2) }

  /// Writes what moves the cursor of a terminal.
  static func control(_ text: String) { _ = writeAll(text, to: 2) }
}

/// The stream that `-` names as an input.
enum StandardInput {
  /// The whole stream.
  ///
  /// - Throws: `ForecastError.data` when the stream cannot be read or is not UTF-8.
  static func text() throws(ForecastError) -> String {
    try TextFile.text(path: "-")
  }
}

/// A file that is `NAME.partial` until it is complete.
///
/// The unfinished file is locked while it is written, so that a second run on the same name is an error, and it is not opened through a
/// symbolic link that someone else may have put there. The complete file keeps the mode and, where that is allowed, the owner of
/// the file that it replaces. Devices and pipes are written directly.
final class OutputFile {
  let path: String
  private let descriptor: Int32
  private let isRegular: Bool
  /// Whether an unfinished file is left to be continued if the run is interrupted.
  var isResumable: Bool { isRegular }
  /// What is removed when the file is complete.
  private var companions: [String] = []

  /// The name of an unfinished file.
  static func partialPath(_ path: String) -> String { path + ".partial" }

  /// Opens an empty file, or an unfinished one as it is.
  ///
  /// - Throws: `Failure` of kind `.input` when it cannot be written, or another process writes it.
  init(_ path: String, resuming: Bool = false) throws(Failure) {
    self.path = path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Failure(.input, "cannot write \(path): \(reason(EISDIR))")
    }
    // Renaming a file over a device would replace the device.
    let exists = stat(path, &status) == 0
    isRegular = !exists || status.st_mode & S_IFMT == S_IFREG
    guard isRegular else {
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Failure(.input, "cannot write \(path): \(reason(errno))") }
      return
    }
    let partial = OutputFile.partialPath(path)
    descriptor = open(partial, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      let why = errno == ELOOP ? "\(partial) is a symbolic link; remove it" : reason(errno)
      throw Failure(.input, "cannot write \(path): \(why)")
    }
    let busy = Failure(.input, "cannot write \(path): another run is writing \(partial)")
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      throw code == EWOULDBLOCK ? busy : Failure(.input, "cannot lock \(partial): \(reason(code))")
    }
    // The run that had the lock may have renamed the file in between.
    var (own, named) = (stat(), stat())
    guard fstat(descriptor, &own) == 0, lstat(partial, &named) == 0, own.st_ino == named.st_ino,
      own.st_dev == named.st_dev
    else {
      close(descriptor)
      throw busy
    }
    guard own.st_mode & S_IFMT == S_IFREG, own.st_nlink == 1 else {
      close(descriptor)
      throw Failure(.input, "cannot write \(path): \(partial) is not a file of its own; remove it")
    }
    if exists {
      _ = fchmod(descriptor, status.st_mode & 0o7777)
      if status.st_uid != own.st_uid || status.st_gid != own.st_gid {
        _ = fchown(descriptor, status.st_uid, status.st_gid)
      }
    }
    if !resuming { try keep(0) }
  }

  /// Cuts an unfinished file off after its first bytes, after which it is continued.
  ///
  /// - Throws: `Failure` of kind `.input` when it cannot be written.
  func keep(_ count: Int) throws(Failure) {
    guard isRegular else { return }
    guard ftruncate(descriptor, off_t(count)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw Failure(.input, "cannot write \(path): \(reason(errno))")
    }
  }

  /// Writes a text.
  ///
  /// - Throws: `Failure` of kind `.run` when the file accepts no more.
  func write(_ text: String) throws(Failure) {
    if let code = writeAll(text, to: descriptor) {
      throw Failure(.run, "cannot write \(path): \(reason(code))")
    }
  }

  /// Names a file that is removed once this one is complete.
  func remove(whenComplete companion: String) { companions.append(companion) }

  /// Renames the file once its bytes are on the disk, and puts the new name there too.
  ///
  /// - Throws: `Failure` of kind `.run`.
  func finish() throws(Failure) {
    guard isRegular else { return }
    guard fsync(descriptor) == 0, rename(OutputFile.partialPath(path), path) == 0 else {
      throw Failure(.run, "cannot write \(path): \(reason(errno))")
    }
    syncFolder(of: path)
    for companion in companions { _ = unlink(companion) }
  }

  deinit { close(descriptor) }
}

/// Puts the names in a file's folder on the disk; file systems that cannot do so are left alone.
private func syncFolder(of path: String) {
  let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  _ = fsync(descriptor)
  close(descriptor)
}

/// Writes a whole small file under a name of its own and puts it in place, complete or not at all.
///
/// - Parameter name: The first name of the file, which nobody else uses; by default one at random.
/// - Throws: `Failure` of kind `.input` when it cannot be opened, of kind `.run` when it takes no more.
func writeWhole(_ text: String, to path: String, by name: String? = nil) throws(Failure) {
  var status = stat()
  if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
    let file = try OutputFile(path)
    try file.write(text)
    return try file.finish()
  }
  let exists = lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  let temporary = name ?? path + "." + String(UInt64.random(in: 0 ... .max), radix: 36) + ".partial"
  if name != nil { _ = unlink(temporary) }
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw Failure(.input, "cannot write \(path): \(reason(errno))") }
  defer { close(descriptor) }
  if exists {
    _ = fchmod(descriptor, status.st_mode & 0o7777)
    _ = fchown(descriptor, status.st_uid, status.st_gid)
  }
  var code = writeAll(text, to: descriptor)
  if code == nil, fsync(descriptor) != 0 { code = errno }
  if code == nil, rename(temporary, path) != 0 { code = errno }
  if let code {
    _ = unlink(temporary)
    throw Failure(.run, "cannot write \(path): \(reason(code))")
  }
  syncFolder(of: path)
}

/// Adds a text to the end of an existing file.
///
/// - Throws: `Failure` of kind `.run`.
func append(_ text: String, to path: String) throws(Failure) {
  let descriptor = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
  guard descriptor >= 0 else { throw Failure(.run, "cannot write \(path): \(reason(errno))") }
  defer { close(descriptor) }
  if let code = writeAll(text, to: descriptor) {
    throw Failure(.run, "cannot write \(path): \(reason(code))")
  }
}

/// Whether a file exists.
func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// Whether two paths lead, through links, to the same name, and it is not a device or pipe.
func isSameFile(_ one: String, _ other: String) -> Bool {
  var status = stat()
  if stat(one, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return false }
  return resolved(one) == resolved(other)
}

/// A path with its links resolved; for a file that does not exist, its folder resolved and its name.
private func resolved(_ path: String) -> String {
  func real(_ path: String) -> String? {
    guard let bytes = realpath(path, nil) else { return nil }
    defer { free(bytes) }
    return String(cString: bytes)
  }
  if let whole = real(path) { return whole }
  let name = path.split(separator: "/").last.map(String.init) ?? path
  let folder = path.dropLast(name.count)
  return (real(folder.isEmpty ? "." : String(folder)) ?? String(folder)) + "/" + name
}

/// The bytes of a file.
///
/// - Throws: `ForecastError.data` when it cannot be read.
func fileBytes(_ path: String) throws(ForecastError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { throw .data(DataFault(.unreadable(reason(errno)), file: path)) }
  defer { close(descriptor) }
  return try allBytes(descriptor, name: path)
}

/// The hash of a file, read in pieces.
///
/// - Throws: `ForecastError.data` when it cannot be read.
func fileHash(_ path: String) throws(ForecastError) -> ContentHash {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .data(DataFault(.unreadable(reason(errno)), file: path)) }
  defer { close(descriptor) }
  var hasher = ContentHasher()
  var chunk = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw .data(DataFault(.unreadable(reason(errno)), file: path)) }
    guard count > 0 else { return hasher.hash }
    hasher.add(count == chunk.count ? chunk : Array(chunk[..<count]))
  }
}

/// The system's description of an error number.
func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

/// Everything that a descriptor yields.
private func allBytes(_ descriptor: Int32, name: String) throws(ForecastError) -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw .data(DataFault(.unreadable(reason(errno)), file: name)) }
    guard count > 0 else { return bytes }
    bytes.append(contentsOf: chunk[..<count])
  }
}

/// Writes all of a text; returns the error number if that fails.
private func writeAll(_ text: String, to descriptor: Int32) -> Int32? {
  var text = text
  return text.withUTF8 { buffer in
    var rest = UnsafeRawBufferPointer(buffer)[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = write(descriptor, part.baseAddress, part.count)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
