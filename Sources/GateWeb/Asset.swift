import Crypto

/// A file that pages need: its address changes with its content, so browsers may keep it.
struct Asset: Sendable {
    static let stylesheet = Asset("countersign", "css", "text/css; charset=utf-8", PackageResources.countersign_css)
    static let icon = Asset("icon", "svg", "image/svg+xml", PackageResources.icon_svg)
    static let all = [stylesheet, icon]

    let path: String
    let contentType: String
    let bytes: [UInt8]

    private init(_ name: String, _ ending: String, _ contentType: String, _ bytes: [UInt8]) {
        let digest = SHA256.hash(data: bytes).prefix(5).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        path = "assets/\(name)-\(digest.joined()).\(ending)"
        self.contentType = contentType
        self.bytes = bytes
    }
}
