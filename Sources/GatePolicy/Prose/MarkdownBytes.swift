/// Bytes that mean something to a reader of Markdown.
extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let tab = UInt8(ascii: "\t")
    static let space = UInt8(ascii: " ")
    static let exclamation = UInt8(ascii: "!")
    static let hash = UInt8(ascii: "#")
    static let hyphen = UInt8(ascii: "-")
    static let period = UInt8(ascii: ".")
    static let parenthesis = UInt8(ascii: ")")
    static let colon = UInt8(ascii: ":")
    static let slash = UInt8(ascii: "/")
    static let less = UInt8(ascii: "<")
    static let greater = UInt8(ascii: ">")
    static let at = UInt8(ascii: "@")
    static let backslash = UInt8(ascii: "\\")
    static let backtick = UInt8(ascii: "`")
    static let tilde = UInt8(ascii: "~")

    /// White space of ASCII.
    var isBlank: Bool { self == .space || self == .tab || self == .lineFeed || self == .carriageReturn }
    var isASCIIDigit: Bool { (48...57).contains(self) }
    var isASCIILetter: Bool { (65...90).contains(self) || (97...122).contains(self) }
}
