import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import Testing

/// A headless Chromium, driven over WebDriver.
struct Browser {
    /// Where screenshots are kept; the tests run only where it is given.
    static let folder = ProcessInfo.processInfo.environment["BROWSER_SHOTS"].map { URL(filePath: $0) }

    private let driver: String
    private let session: String

    /// Starts a driver and a browser, lets a test use it, and ends both.
    static func run(_ body: (Browser) async throws -> Void) async throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/chromedriver")
        process.arguments = ["--port=0"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It does not end by itself where the test runner has masked the gentler signals.
        defer { kill(process.processIdentifier, SIGKILL) }
        var said = ""
        while !said.contains("started successfully on port") {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { throw Problem(description: "chromedriver ended: \(said)") }
            said += String(decoding: data, as: UTF8.self)
        }
        let port = try #require(said.firstMatch(of: /started successfully on port (\d+)/)).output.1
        let driver = "http://127.0.0.1:\(port)"
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        let answer = try await call(
            .POST, driver + "/session",
            [
                "capabilities": [
                    "alwaysMatch": [
                        "goog:loggingPrefs": ["browser": "ALL"], "goog:chromeOptions": ["args": arguments],
                    ]
                ]
            ])
        let session = try #require((answer as? [String: Any])?["sessionId"] as? String)
        let browser = Browser(driver: driver, session: session)
        do {
            try await body(browser)
        } catch {
            _ = try? await call(.DELETE, "\(driver)/session/\(session)", nil)
            throw error
        }
        _ = try await call(.DELETE, "\(driver)/session/\(session)", nil)
    }

    struct Problem: Error, CustomStringConvertible {
        var description: String
    }

    /// Opens a page as somebody with that window and that preference sees it.
    func open(_ address: String, width: Int, height: Int, isDark: Bool) async throws {
        try await developer(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]]])
        try await developer(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
        _ = try await post("url", ["url": address])
    }

    /// What the console has said since it was last asked.
    func console() async throws -> [String] {
        let entries = try await post("se/log", ["type": "browser"]) as? [[String: Any]]
        return entries?.map { "\($0["level"] ?? "") \($0["message"] ?? "")" } ?? ["no log"]
    }

    /// What an expression comes to on the page.
    func number(_ expression: String) async throws -> Double {
        let value = try await post("execute/sync", ["script": "return \(expression)", "args": [String]()])
        return try #require((value as? NSNumber)?.doubleValue)
    }

    func shoot(_ name: String) async throws {
        let text = try #require(try await Self.call(.GET, "\(driver)/session/\(session)/screenshot", nil) as? String)
        let picture = try #require(Data(base64Encoded: text))
        let folder = try #require(Self.folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try picture.write(to: folder.appending(path: "\(name).png"))
    }

    private func developer(_ command: String, _ parameters: [String: Any]) async throws {
        _ = try await post("goog/cdp/execute", ["cmd": command, "params": parameters])
    }

    private func post(_ path: String, _ body: [String: Any]) async throws -> Any? {
        try await Self.call(.POST, "\(driver)/session/\(session)/\(path)", body)
    }

    private static func call(_ method: HTTPMethod, _ address: String, _ body: [String: Any]?) async throws -> Any? {
        var request = HTTPClientRequest(url: address)
        request.method = method
        if let body { request.body = .bytes(ByteBuffer(data: try JSONSerialization.data(withJSONObject: body))) }
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let data = Data(buffer: try await answer.body.collect(upTo: 64 * 1024 * 1024))
        let value = (try JSONSerialization.jsonObject(with: data) as? [String: Any])?["value"]
        guard answer.status == .ok else { throw Problem(description: "\(address): \(value ?? "")") }
        return value
    }
}
