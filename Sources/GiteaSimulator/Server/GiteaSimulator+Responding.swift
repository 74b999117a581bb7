import Foundation
import Hummingbird
import NIOCore
import NIOFoundationCompat

extension GiteaSimulator {
    private static let bodyLimit = 32 * 1024 * 1024

    /// Answers one HTTP call: logs it, waits, fails or asks the world.
    func respond(to request: Request) async throws -> Response {
        var rawPath = request.uri.path
        let prefix = options.subPath + "/api/v1"
        guard rawPath.hasPrefix(prefix + "/") || rawPath == prefix else { return Response(status: .notFound) }
        rawPath = String(rawPath.dropFirst(prefix.count))
        let authorization = request.headers[.authorization]
        let record = requests.begin(
            request.method.rawValue, rawPath, request.uri.query ?? "", world.login(of: authorization))
        var status: Int?
        defer { requests.end(record.number, status: status) }
        let body = try await request.body.collect(upTo: Self.bodyLimit)
        if faults.latency > .zero { try await Task.sleep(for: faults.latency) }
        await beforeResponse?(record, world)
        let fault = faults.take(for: record)
        var isKept = true
        if case .withoutAuthorization = fault?.kind { isKept = false }
        let call = APIRequest(
            method: record.method, path: rawPath,
            segments: rawPath.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) },
            query: Self.query(record.query), body: JSON(parsing: Data(buffer: body)) ?? .null,
            authorization: isKept ? authorization : nil,
            passcode: HTTPFields.Element.Name("X-Gitea-OTP").flatMap { request.headers[$0] })
        switch fault?.kind {
        case nil, .withoutAuthorization: break
        case .delay(let duration): try await Task.sleep(for: duration)
        case .truncated: break
        case .hang, .status, .html, .gateway, .body, .empty, .redirect:
            if fault?.takesEffect == true { _ = world.respond(to: call) }
            wakeDelivery()
            let answer = try await failure(fault)
            status = answer.status.code
            return answer
        }
        let answer = world.respond(to: call)
        wakeDelivery()
        status = answer.status
        if case .truncated = fault?.kind { return truncated(answer) }
        return response(answer)
    }

    static func query(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).replacing("+", with: " ").removingPercentEncoding ?? String($0)
            }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    private func response(_ answer: APIResponse) -> Response {
        var response = Response(
            status: .init(code: answer.status), body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
        if let type = answer.contentType { response.headers[.contentType] = type }
        for (name, value) in answer.headers {
            if let field = HTTPFields.Element.Name(name) { response.headers[field] = value }
        }
        return response
    }

    /// Promises the whole answer, sends half of it and breaks the connection.
    private func truncated(_ answer: APIResponse) -> Response {
        struct Broken: Error {}
        let half = Array(answer.body.prefix(answer.body.count / 2))
        var response = response(answer)
        response.body = ResponseBody(contentLength: max(1, answer.body.count)) { writer in
            try await writer.write(ByteBuffer(bytes: half))
            throw Broken()
        }
        return response
    }

    private func failure(_ fault: Fault?) async throws -> Response {
        switch fault?.kind {
        case .status(let code, let retryAfter):
            var answer = APIResponse.json(code, ["message": "fault", "url": .string("\(baseAddress)/api/swagger")])
            if let retryAfter { answer.headers.append(("Retry-After", String(retryAfter))) }
            return response(answer)
        case .html(let code):
            var answer = APIResponse.text(code, "<html><body><h1>\(code)</h1></body></html>")
            answer.contentType = "text/html; charset=utf-8"
            return response(answer)
        case .gateway(let code):
            return response(APIResponse.json(code, ["message": "Forbidden", "request_id": "x"]))
        case .body(let text):
            var answer = APIResponse.text(200, text)
            answer.contentType = "application/json;charset=utf-8"
            return response(answer)
        case .empty(let code): return Response(status: .init(code: code))
        case .redirect(let place): return Response(status: .found, headers: [.location: place])
        default:
            while true { try await Task.sleep(for: .seconds(3600)) }
        }
    }
}
