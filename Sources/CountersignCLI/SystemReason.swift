import Foundation

extension Error {
    /// What the system says went wrong, in its own words; what Foundation wraps around them is for programmers.
    var systemReason: String {
        var error = self as NSError
        while error.domain != NSPOSIXErrorDomain, let inner = error.userInfo[NSUnderlyingErrorKey] as? any Error {
            error = inner as NSError
        }
        return error.domain == NSPOSIXErrorDomain ? String(cString: strerror(Int32(error.code))) : "\(self)"
    }
}
