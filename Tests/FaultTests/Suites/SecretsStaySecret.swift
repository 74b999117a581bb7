import Foundation
import NIOCore
import Testing

@testable import GiteaSimulator

extension Faults {
    /// Tokens and secrets appear in no log, page, metric, error, answer or store.
    @Suite struct SecretsStaySecret {
        @Test func nowhere() async throws {
            try await Scene.run(isRealTime: true) { scene in
                try await TestFolder.with { folder in
                    let secrets = [
                        "the forge's token": scene.token("gate"), "the directory's token": scene.directoryToken,
                        "the webhook's secret": Scene.secret,
                        "the pages' secret": "pages-\(String(repeating: "p", count: 40))",
                        "the operator's token": "operator-\(String(repeating: "o", count: 40))",
                        "the webhook's next secret": "hook-\(String(repeating: "h", count: 40))",
                        "the pages' old secret": "pages-\(String(repeating: "q", count: 40))",
                        "the secret of bypasses": "bypass-\(String(repeating: "b", count: 40))",
                    ]
                    var more = [
                        "COUNTERSIGN_LOG_LEVEL": "trace", "COUNTERSIGN_PAGES_PUBLIC_URL": "https://gate.example.org",
                        "COUNTERSIGN_BYPASS_WEBHOOK": "http://127.0.0.1:1/bypasses",
                    ]
                    for (name, held) in [
                        ("HOOK_SECRET", ["the webhook's secret", "the webhook's next secret"]),
                        ("PAGES_SECRET", ["the pages' secret", "the pages' old secret"]),
                        ("PAGES_OPERATOR_TOKEN", ["the operator's token"]),
                        ("BYPASS_SECRET", ["the secret of bypasses"]),
                    ] {
                        let file = folder.appending(path: "rotated_" + name.lowercased())
                        let text = held.compactMap { secrets[$0] }.joined(separator: "\n")
                        try Data(text.utf8).write(to: file)
                        more["COUNTERSIGN_\(name)_FILE"] = file.path
                    }
                    try scene.world.push(
                        to: "main", of: Scene.repository, as: "keeper",
                        files: [".countersign.yml": BoundToHeadBaseAndPolicy.strict.text])
                    for number in 1...3 {
                        try scene.world.push(
                            to: "feature/\(number)", of: Scene.repository, as: "alice",
                            files: ["src/\(number).txt": "1\n"])
                        // People paste secrets, too: what they wrote is theirs; ours must not be added to it.
                        scene.here(
                            "POST", "/pulls", as: "alice",
                            ["title": "Something", "head": .string("feature/\(number)"), "base": "main"])
                    }
                    scene.here("POST", "/pulls/1/reviews", as: "bob", ["event": "APPROVED", "body": "seen"])
                    // The forge, or a proxy, tells our own headers back in its errors.
                    let echo = "token \(scene.token("gate")) and \(scene.directoryToken)"
                    scene.simulator.faults.add(
                        Fault(path: "/repos/acme/widget/pulls/2/reviews", kind: .body("{\"message\":\"\(echo)\"}")))
                    scene.simulator.faults.add(
                        Fault(path: "/repos/acme/widget/issues/3/timeline", kind: .status(403)))
                    let process = try ServeProcess(scene, in: folder, environment: more)
                    try await process.ready()
                    for delivery in scene.world.takeDeliveries() { _ = await process.deliver(delivery) }
                    func states() -> [String?] {
                        scene.world.update { world in
                            (1...3).map { number in
                                world.pulls.values.first { $0.number == number }.flatMap {
                                    Watch.summary(Watch.Place(head: world.headSHA(of: $0), base: "main"), world)?.state
                                }
                            }
                        }
                    }
                    #expect(try await ServeProcess.until { states() == ["success", "error", "error"] }, "\(states())")
                    // What goes around the gates is told to an address where nobody listens.
                    func pushesPastTheGates(_ count: Int) async throws -> Bool {
                        try await process.page("/metrics").contains(
                            "countersign_bypasses_total{kind=\"push\"} \(count)\n")
                    }
                    #expect(try await pushesPastTheGates(0), "the first one is an increase")
                    try scene.world.push(to: "main", of: Scene.repository, as: "keeper", files: ["late.txt": "1\n"])
                    for delivery in scene.world.takeDeliveries() { _ = await process.deliver(delivery) }
                    #expect(try await ServeProcess.until { try await pushesPastTheGates(1) })
                    var said: [String: String] = [:]
                    for path in [
                        "/", "/acme/widget", "/acme/widget/pulls/1", "/acme/widget/pulls/2", "/acme/widget/pulls/3",
                        "/metrics", "/health/ready", "/health/live", "/acme/none", "/acme/widget/pulls/99",
                    ] {
                        said["the page \(path)"] = try await process.page(path)
                        said["the document \(path)"] = try await process.page(path, accept: "application/json")
                    }
                    said["countersign status"] = try process.run(["status"])
                    said["countersign doctor"] = try process.run(["doctor", Scene.repository])
                    said["countersign explain"] = try process.run(["explain", "\(Scene.repository)#2"])
                    said["countersign backup"] = try process.run(["backup", folder.appending(path: "copy.sqlite").path])
                    said["the list of processes"] = try String(
                        contentsOfFile: "/proc/\(process.identifier)/cmdline", encoding: .utf8)
                    said["the statuses"] = scene.world.update { world in
                        "\(world.repositories.values.map(\.statuses)) \(world.rows.values.map(\.body))"
                    }
                    #expect(process.terminate() == 0)
                    var bytes = 0
                    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                    where !more.values.contains(file.path)
                        && !["forge_token", "forge_directory_token", "hook_secret"].contains(file.lastPathComponent)
                    {
                        guard let data = try? Data(contentsOf: file) else { continue }
                        said["the file \(file.lastPathComponent)"] = String(decoding: data, as: UTF8.self)
                        // A database may hold text in any encoding of bytes: it is searched as bytes, too.
                        for (name, secret) in secrets {
                            #expect(
                                data.range(of: Data(secret.utf8)) == nil, "\(name) stands in \(file.lastPathComponent)")
                        }
                    }
                    #expect(said["the file countersign.sqlite"] != nil && said["the file log"]?.isEmpty == false)
                    for (place, text) in said {
                        bytes += text.utf8.count
                        for (name, secret) in secrets {
                            #expect(!text.contains(secret), "\(name) stands in \(place)")
                            let encoded = Data(secret.utf8).base64EncodedString()
                            #expect(!text.contains(encoded), "\(name), encoded, stands in \(place)")
                        }
                    }
                    FaultSettings.tell(
                        "secrets: \(secrets.count) looked for in \(said.count) places, \(bytes / 1024) KiB")
                }
            }
        }
    }
}
