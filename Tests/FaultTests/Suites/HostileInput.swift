import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import GiteaSimulator

extension Faults {
    /// What comes from outside is hostile: nothing crashes, nothing leaks, and memory has a bound.
    @Suite struct HostileInput {
        /// How much more memory a process may have after all of this, in bytes: what it may read at one moment, and the
        /// slack of a debug build's allocator.
        static let memoryBound = 256 * 1024 * 1024

        private static func sign(_ body: [UInt8], _ secret: String = Scene.secret) -> String {
            HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Data(secret.utf8)))
                .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }

        private static func deliver(
            _ body: [UInt8], to process: ServeProcess, event: String = "pull_request", signature: String?
        ) async -> Int? {
            var request = HTTPClientRequest(url: process.hook)
            request.method = .POST
            request.headers.add(name: "X-Gitea-Event", value: event)
            request.headers.add(name: "X-Gitea-Event-Type", value: event)
            request.headers.add(name: "X-Gitea-Delivery", value: "11111111-2222-3333-4444-555555555555")
            if let signature { request.headers.add(name: "X-Gitea-Signature", value: signature) }
            request.body = .bytes(ByteBuffer(bytes: body))
            let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(20))
            _ = try? await answer?.body.collect(upTo: 1024 * 1024)
            return answer.map { Int($0.status.code) }
        }

        /// Bodies that are signed as they should be and are not what they should be.
        private static func bodies(_ chance: inout Chance) -> [[UInt8]] {
            var texts = [
                "", "{", "[]", "null", "\"", "{\"repository\":{}}", String(repeating: "[", count: 500_000),
                String(repeating: "{\"a\":", count: 300_000),
                "{\"number\":" + String(repeating: "9", count: 4000) + "}",
                "{\"number\":1e400,\"repository\":{\"id\":1,\"full_name\":\"acme/widget\"}}",
                String(repeating: "\u{feff}", count: 1000),
            ]
            for name in [
                "../../etc/passwd", "acme/widget\\n2026 error fake", "acme/<script>alert(1)</script>",
                "acme/'; DROP TABLE pull;--",
                "a/b/c", "/", "acme/", "acme/..", String(repeating: "x", count: 100_000) + "/y", "acme/\\u0000",
                "acme/\\u202egpj",
            ] {
                for number in ["1", "-1", "0", "9223372036854775807", "\"1\"", "null", "{}"] {
                    texts.append(
                        #"{"action":"opened","number":\#(number),"repository":{"id":7,"full_name":"\#(name)"},"sender":{"id":3}}"#
                    )
                }
            }
            var bodies = texts.map { Array($0.utf8) }
            for _ in 0..<300 {
                bodies.append((0..<chance.below(400)).map { _ in UInt8(chance.below(256)) })
            }
            let sound = Array(#"{"action":"opened","number":1,"repository":{"id":1,"full_name":"acme/widget"}}"#.utf8)
            for _ in 0..<300 {
                var bytes = sound
                for _ in 0...chance.below(4) { bytes[chance.below(bytes.count)] = UInt8(chance.below(256)) }
                bodies.append(bytes)
            }
            return bodies
        }

        @Test func deliveries() async throws {
            var chance = Chance(FaultSettings.seed)
            let bodies = Self.bodies(&chance)
            try await Scene.run(isRealTime: true) { scene in
                try await TestFolder.with { folder in
                    let process = try ServeProcess(scene, in: folder)
                    try await process.ready()
                    let before = process.memory
                    var answers: [Int: Int] = [:]
                    for body in bodies {
                        let event = chance.pick([
                            "pull_request", "push", "issue_comment", "status", "x'\"<", "repository",
                        ])
                        let status = await Self.deliver(
                            body, to: process, event: event ?? "", signature: Self.sign(body))
                        answers[status ?? 0, default: 0] += 1
                        #expect(
                            status.map { $0 == 202 || (400..<500).contains($0) } == true,
                            "\(String(decoding: body.prefix(200), as: UTF8.self))")
                    }
                    // Signed by somebody else, or by nobody: refused, whatever it is.
                    let sound = Array(
                        #"{"action":"opened","number":1,"repository":{"id":1,"full_name":"acme/widget"}}"#.utf8)
                    for signature in [
                        nil, "", "0", Self.sign(sound, "another"), Self.sign([1]), Self.sign(sound).uppercased() + "0",
                    ] {
                        let status = await Self.deliver(sound, to: process, signature: signature)
                        #expect(status == 401 || status == 403, "\(signature ?? "none")")
                    }
                    let large = [UInt8](repeating: 0x20, count: 4 * 1024 * 1024 + 1)
                    let signature = Self.sign(large)
                    let codes = await withTaskGroup(of: Int?.self) { group in
                        for _ in 0..<40 {
                            group.addTask { [process = process.hook] in
                                var request = HTTPClientRequest(url: process)
                                request.method = .POST
                                request.headers.add(name: "X-Gitea-Event", value: "push")
                                request.headers.add(name: "X-Gitea-Signature", value: signature)
                                request.body = .bytes(ByteBuffer(bytes: large))
                                let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(30))
                                return answer.map { Int($0.status.code) }
                            }
                        }
                        var codes: [Int?] = []
                        for await code in group { codes.append(code) }
                        return codes
                    }
                    // Refused, or the connection was cut before all of it was sent.
                    #expect(codes.allSatisfy { $0 == nil || $0 == 413 || $0 == 503 }, "\(codes)")
                    let grown = process.memory - before
                    FaultSettings.tell(
                        """
                        hostile deliveries: seed \(FaultSettings.seed), \(bodies.count) signed, answers \
                        \(answers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")), \
                        40 too large, \(grown / 1024) KiB more
                        """)
                    #expect(grown < Self.memoryBound)
                    try await process.ready()
                    Self.expectOneEntryALine(process)
                    #expect(process.terminate() == 0)
                }
            }
        }

        /// Nobody outside makes a line of the log.
        private static func expectOneEntryALine(_ process: ServeProcess) {
            let text = (try? String(contentsOf: process.logFile, encoding: .utf8)) ?? ""
            for line in text.split(separator: "\n") {
                #expect(line.firstMatch(of: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil, "\(line.prefix(200))")
            }
        }

        static let script = "<script>alert(1)</script>"

        /// A policy of a stranger's, read as data: words that are left out again and again, a name that is nearly a
        /// pattern, and more names than there are people.
        static let lawOfAStranger: [String] = [
            "version: 1\ngates: { a: { require: \(String(repeating: "at least ", count: 20_000))2 of qa } }\n",
            "version: 1\ngates: { a: { require: 'qa and status(\"{\(String(repeating: ",", count: 200_000))\" from @ci)' } }\n",
            "version: 1\ngates:\n"
                + (0..<22).map { gate in
                    "  g\(gate): { require: \((0..<900).map { "u\(gate)n\($0)x" }.joined(separator: " | ")) }\n"
                }.joined(),
        ]

        /// Ten thousand comments, a policy as large as it may be, and names that are markup, quotes and line breaks.
        @Test func aHostileRepository() async throws {
            var law = BoundToHeadBaseAndPolicy.strict.text
            let line = "# \(String(repeating: "x", count: 97))\n"
            while law.utf8.count + line.utf8.count <= 262_144 { law += line }
            let text = law
            try await Scene.run(isRealTime: true) { scene in
                try await TestFolder.with { folder in
                    try scene.world.push(
                        to: "main", of: Scene.repository, as: "keeper", files: [".countersign.yml": text])
                    // One that is larger is an error, and says so.
                    try scene.world.push(
                        to: "release", of: Scene.repository, as: "keeper",
                        files: [".countersign.yml": text + line + line])
                    let branch = "feature/\"'&\(Self.script)"
                    for number in 1...3 {
                        let name = number == 1 ? branch : "feature/\(number)"
                        try scene.world.push(
                            to: name, of: Scene.repository, as: "alice",
                            files: ["src/\(Self.script)\(number).txt": "1\n"])
                        scene.here(
                            "POST", "/pulls", as: "alice",
                            [
                                "title": .string("\(Self.script)\r\n2026-01-01T00:00:00 error fake \u{202e} '\"--"),
                                "body": .string(String(repeating: Self.script, count: 10_000)), "head": .string(name),
                                "base": number == 3 ? "release" : "main",
                            ])
                    }
                    for (index, text) in Self.lawOfAStranger.enumerated() {
                        let name = "law/\(index)"
                        try scene.world.push(
                            to: name, of: Scene.repository, as: "alice", files: [".countersign.yml": text])
                        scene.here(
                            "POST", "/pulls", as: "alice",
                            ["title": "Law", "head": .string(name), "base": "main"])
                    }
                    scene.world.update { state in
                        let erin = state.person(named: "erin")?.id ?? 0
                        let carol = state.person(named: "carol")?.id ?? 0
                        let pull = state.pulls.values.first { $0.number == 2 }?.id ?? 0
                        for count in 0..<9_990 {
                            state.addRow(
                                pull, "comment", by: count.isMultiple(of: 2) ? erin : carol,
                                body: "/ack \(count) \(Self.script)\n/loop nothing because\n> /revoke first")
                        }
                    }
                    scene.here(
                        "POST", "/pulls/1/reviews", as: "bob", ["event": "APPROVED", "body": .string(Self.script)])
                    let process = try ServeProcess(scene, in: folder)
                    try await process.ready()
                    let before = process.memory
                    let deliveries = scene.world.takeDeliveries()
                    // The machine may be busy with others: that it is taken whatever is read is shown elsewhere.
                    for delivery in deliveries {
                        #expect(await process.deliver(delivery, within: .seconds(20)) == 202, "\(delivery.event)")
                    }
                    func shown(_ number: Int, _ base: String) -> CommitStatus? {
                        scene.world.update { world in
                            let head = world.pulls.values.first { $0.number == number }.map { world.headSHA(of: $0) }
                            return Watch.summary(Watch.Place(head: head ?? "", base: base), world)
                        }
                    }
                    let isDone = try await ServeProcess.until {
                        shown(1, "main")?.state == "success"
                            && shown(2, "main")?.description.hasPrefix("waiting") == true
                            && shown(3, "release")?.state == "error"
                            && (4...6).map { shown($0, "main")?.state } == ["failure", "pending", "failure"]
                    }
                    #expect(isDone, "\((1...6).map { "\(shown($0, $0 == 3 ? "release" : "main").debugDescription)" })")
                    #expect(
                        shown(3, "release")?.description.contains("262144") == true
                            || shown(3, "release")?.description.contains("256 KiB") == true,
                        "\(shown(3, "release")?.description ?? "")")
                    var read = 0
                    for path in [
                        "/", "/acme/widget", "/acme/widget/pulls/1", "/acme/widget/pulls/2", "/acme/widget/pulls/3",
                    ] {
                        let page = try await process.page(path)
                        #expect(page.contains("<html") && !page.contains(Self.script), "\(path)")
                        read += page.utf8.count
                        let document = try await process.page(path, accept: "application/json")
                        #expect(JSON(parsing: Data(document.utf8)) != nil, "\(path)")
                    }
                    let grown = process.memory - before
                    FaultSettings.tell(
                        "a hostile repository: 9,990 comments, 256 KiB of policy, \(read / 1024) KiB of pages, \(grown / 1024) KiB more"
                    )
                    #expect(grown < Self.memoryBound)
                    Self.expectOneEntryALine(process)
                    #expect(process.terminate() == 0)
                }
            }
        }
    }
}
