import Foundation

/// What libFuzzer, which has the `main` of this program, calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func takeInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosen.take([UInt8](UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// The subject of this process, which FUZZ_SUBJECT names, because the arguments are libFuzzer's.
private let chosen: Subject = {
  let name = ProcessInfo.processInfo.environment["FUZZ_SUBJECT"] ?? ""
  guard let subject = Subject(rawValue: name) else {
    print("FUZZ_SUBJECT must be one of \(Subject.allCases.map(\.rawValue).joined(separator: ", "))")
    exit(2)
  }
  return subject
}()
