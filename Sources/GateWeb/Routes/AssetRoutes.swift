import Hummingbird

/// The style sheet and the icon.
struct AssetRoutes: Sendable {
    func add(to router: WebRouter) {
        for asset in Asset.all {
            router.page(RouterPath(asset.path)) { _, _ in
                Response(
                    status: .ok,
                    headers: [
                        .contentType: asset.contentType, .cacheControl: "public, max-age=31536000, immutable",
                    ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
            }
        }
    }
}
