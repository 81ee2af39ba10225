#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What the process needs of the system before it starts.
enum ProcessLimits {
  /// Ends the process under limits in which libraries would trap, or wait for ever.
  ///
  /// It ends without the finalizers of libraries: the one of linear algebra would wait too.
  static func require() {
    openStreams()
    #if canImport(Glibc)
      let (memory, stack, files) = (
        __rlimit_resource_t(RLIMIT_AS.rawValue), __rlimit_resource_t(RLIMIT_STACK.rawValue),
        __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
      )
    #else
      let (memory, stack, files) = (RLIMIT_AS, RLIMIT_STACK, RLIMIT_NOFILE)
    #endif
    var limit = rlimit()
    func refuse(_ what: String, _ option: String, least: UInt64, unit: (shift: Int, name: String)) {
      guard UInt64(limit.rlim_cur) < least else { return }
      StandardError.write(
        "foresight: the \(what) of the process is limited to \(UInt64(limit.rlim_cur) >> unit.shift)\(unit.name) "
          + "(ulimit \(option)); it needs at least \(least >> unit.shift)\(unit.name)\n")
      _exit(Failure.Kind.input.rawValue)
    }
    if getrlimit(memory, &limit) == 0 { refuse("memory", "-v", least: 512 << 20, unit: (10, " KiB")) }
    if getrlimit(stack, &limit) == 0 { refuse("stack", "-s", least: 1 << 20, unit: (10, " KiB")) }
    if getrlimit(files, &limit) == 0 { refuse("number of open files", "-n", least: 16, unit: (0, "")) }
  }

  /// Occupies the descriptors of standard streams that are closed, so that no file gets one of them and then the text for that stream.
  ///
  /// Each is opened the other way round: to use it is still an error.
  private static func openStreams() {
    for (descriptor, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", mode)
    }
  }
}
