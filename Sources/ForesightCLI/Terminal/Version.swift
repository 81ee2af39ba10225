/// The version of the software.
let toolVersion = "0.1.0"
