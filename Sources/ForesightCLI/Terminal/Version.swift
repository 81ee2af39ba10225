/// The version of the software.
let toolVersion = "0.2.0"
