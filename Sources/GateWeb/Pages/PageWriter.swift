import Hummingbird
import NIOCore
import NIOFoundationCompat

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes pages as HTML and as JSON.
struct PageWriter: Sendable {
    let templates: PageTemplates

    func html(_ page: some Sendable, _ name: PageTemplates.Name, status: HTTPResponse.Status = .ok) -> Response {
        response(status, "text/html; charset=utf-8", ByteBuffer(string: templates.html(page, name)))
    }

    func json(_ document: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return response(status, "application/json", ByteBuffer(data: try encoder.encode(document)))
    }

    private func response(_ status: HTTPResponse.Status, _ type: String, _ body: ByteBuffer) -> Response {
        Response(
            status: status, headers: [.contentType: type, .vary: "Accept"], body: ResponseBody(byteBuffer: body))
    }
}
