import AsyncHTTPClient
import Foundation
import GiteaSimulator
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import Subprocess
import SystemPackage
import UnixSignals

/// `countersign serve` on the demo's forge, with its pages, until Ctrl-C.
struct DemoService: Sendable {
    let program: String
    let story: DemoStory
    /// The port for webhooks; the pages are on the next one.
    let port: Int

    private var pages: String { "http://127.0.0.1:\(port + 1)" }
    private static let secret = String(repeating: "demo-", count: 8)

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "countersign-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await story.hook("http://127.0.0.1:\(port)/hooks/gitea", secret: Self.secret)
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        _ = try await Subprocess.run(
            .path(FilePath(program)), arguments: ["serve"], environment: .custom(environment(folder.path)),
            input: .none, output: .currentStandardError, error: .currentStandardError
        ) { execution in
            if try await isShowing(story.open.count) {
                print(invitation)
                for await _ in signals { break }
            } else {
                print("The service did not come up: see above. Is another program on port \(port) or \(port + 1)?")
                print("`make demo PORT=9420` takes 9420 and 9421.")
            }
            await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(20))])
        }
    }

    private func environment(_ folder: String) -> [Subprocess.Environment.Key: String] {
        [
            "COUNTERSIGN_FORGE_URL": story.forge.baseAddress, "COUNTERSIGN_FORGE_TOKEN": story.gate.token,
            "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": story.directoryToken,
            "COUNTERSIGN_REPOSITORIES": "acme/*", "COUNTERSIGN_HOOK_SECRET": Self.secret,
            "COUNTERSIGN_LISTEN": "127.0.0.1:\(port)", "COUNTERSIGN_PAGES_LISTEN": "127.0.0.1:\(port + 1)",
            "COUNTERSIGN_PAGES_PUBLIC_URL": "http://127.0.0.1:\(port)", "COUNTERSIGN_PAGES_SECRET": Self.secret,
            "COUNTERSIGN_STORE_PATH": "\(folder)/countersign.sqlite",
            "COUNTERSIGN_CONTROL_SOCKET": "\(folder)/control.sock", "COUNTERSIGN_LOG_LEVEL": "error",
        ]
    }

    private var invitation: String {
        let list = story.open.map { "    \(pages)/\(story.repository)/pulls/\($0.number)    \($0.title)" }
        return """

            `countersign serve` now gates the ones that are open, and shows them:

                \(pages)/    what waits for whom
            \(list.joined(separator: "\n"))

            Approve #\(story.half.number) as carol, and see the page and the status turn:

                curl -X POST \(story.forge.baseAddress)/api/v1/repos/\(story.repository)/pulls/\(story.half.number)/reviews \\
                    -H 'Authorization: token \(story.carol.token)' -H 'Content-Type: application/json' \\
                    -d '{"event": "APPROVED", "body": "fine"}'

            Ctrl-C ends it.
            """
    }

    /// Waits until the pages show the verdicts of this many pull requests, for half a minute at most.
    private func isShowing(_ count: Int) async throws -> Bool {
        for _ in 0..<300 {
            if let shown = try? await overview(),
                shown.filter({ $0["outcome"]?.string != nil }).count >= count
            {
                return true
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    private func overview() async throws -> [JSON] {
        var request = HTTPClientRequest(url: "\(pages)/")
        request.headers.add(name: "Accept", value: "application/json")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(2))
        let body = try await response.body.collect(upTo: 1024 * 1024)
        return JSON(parsing: Data(buffer: body))?["pullRequests"]?.array ?? []
    }
}
