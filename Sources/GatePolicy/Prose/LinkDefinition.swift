extension ProseLines.Line {
    /// Whether it says where a link leads, as in `[//]: # (text)`: Markdown shows nothing of it.
    var isLinkDefinition: Bool {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "["), let close = bytes.firstIndex(of: UInt8(ascii: "]")),
            bytes[1..<close].contains(where: { !$0.isBlank }), close + 1 < bytes.count, bytes[close + 1] == .colon
        else { return false }
        let target = bytes[(close + 2)...].drop(while: \.isBlank)
        let isBracketed = target.first == .less
        guard let end = target.firstIndex(where: { isBracketed ? $0 == .greater : $0.isBlank }) else {
            return !target.isEmpty && !isBracketed
        }
        let title = target[(isBracketed ? end + 1 : end)...].drop(while: \.isBlank)
        return title.first.map { UInt8.titleMarks.contains($0) } ?? true
    }
}

extension UInt8 {
    fileprivate static let titleMarks = Array("\"'(".utf8)
}
