import Crypto
import Dispatch
import Foundation
import GRDB
import GateForge
import GatePolicy
import GateService
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import PrometheusMetrics
import Synchronization
import Testing

@testable import GateStore
@testable import GateWeb
@testable import GiteaSimulator

extension Faults {
    /// A delivery is taken when it is in the file: the forge never tells it again, and is told when it is not taken.
    @Suite struct IntakeWithoutAStore {
        /// What keeps the store from taking anything.
        enum Obstacle: CaseIterable, Sendable {
            case locked, readOnly, full
        }

        /// The hook route in front of a service with a store in a file.
        struct Door: Sendable {
            let service: SteppedService
            let log: HeardLog
            let web: WebServer
            /// The port of the open door, once it is open.
            let ports: AsyncStream<Int>

            var store: Store { service.store }

            static func with(_ body: (Door, URL) async throws -> Void) async throws {
                try await Scene.run { scene in
                    try await TestFolder.with { folder in
                        let file = folder.appending(path: "countersign.sqlite")
                        let log = HeardLog()
                        let service = try SteppedService(scene, store: Store.open(file.path), logger: log.logger)
                        let local = try #require(ListenAddress("127.0.0.1:0"))
                        let (ports, port) = AsyncStream<Int>.makeStream()
                        let web = try WebServer(
                            settings: WebSettings(
                                listen: local, operatorsListen: local, publicAddress: nil,
                                forgeAddress: scene.simulator.baseAddress),
                            secrets: WebSecrets(.init(hook: try WebhookSecrets([Scene.secret]))),
                            intake: Intake { hint, delivery in
                                try await service.gate.accept(hint, delivery: delivery)
                            } isOurs: { _ in
                                false
                            },
                            source: PageSource(service.store), readiness: Readiness([]), metrics: PrometheusFactory(),
                            logger: log.logger, now: { Timestamp(seconds: 1_780_000_000) },
                            isListening: { port.yield($0) })
                        try await body(Door(service: service, log: log, web: web, ports: ports), file)
                        await service.gate.forge.shutdown()
                    }
                }
            }

            func pragma(_ text: String) throws {
                try store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA \(text)") }
            }

            /// An event of a pull request.
            static func delivery(
                _ number: Int, _ name: String = "acme/widget"
            ) -> (headers: [(name: String, value: String)], body: String) {
                let body =
                    #"{"action":"opened","number":\#(number),"repository":{"id":1,"full_name":"\#(name)"},"sender":{"id":3}}"#
                let key = SymmetricKey(data: Data(Scene.secret.utf8))
                let signature = HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: key)
                    .map { String(format: "%02x", $0) }.joined()
                let headers = [
                    ("Content-Type", "application/json"), ("X-Gitea-Event", "pull_request"),
                    ("X-Gitea-Event-Type", "pull_request"), ("X-Gitea-Delivery", "delivery-\(number)"),
                    ("X-Gitea-Signature", signature),
                ]
                return (headers, body)
            }

            /// Delivers an event of a pull request over HTTP.
            func deliver(_ number: Int, _ name: String = "acme/widget") async throws -> Int {
                let (fields, body) = Self.delivery(number, name)
                var headers: HTTPFields = [:]
                for (field, value) in fields {
                    if let field = HTTPField.Name(field) { headers[field] = value }
                }
                return try await web.application(.open).test(.router) { [headers] client in
                    try await client.execute(
                        uri: "/hooks/gitea", method: .post, headers: headers, body: ByteBuffer(string: body)
                    ) { $0.status.code }
                }
            }

            /// The numbers of the pull requests that are marked in the file.
            func marked() throws -> Set<String> {
                try Set(store.database.read { try String.fetchAll($0, sql: "SELECT target FROM dirty") })
            }
        }

        @Test(arguments: Obstacle.allCases) func whatCannotBeTakenIsRefused(_ obstacle: Obstacle) async throws {
            try await Door.with { door, file in
                #expect(try await door.deliver(1) == 202)
                try door.pragma("busy_timeout = 0")
                var other: DatabaseQueue?
                switch obstacle {
                case .locked:
                    var configuration = Configuration()
                    configuration.allowsUnsafeTransactions = true
                    other = try DatabaseQueue(path: file.path, configuration: configuration)
                    try await other?.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
                case .readOnly: try door.pragma("query_only = ON")
                case .full: try door.pragma("max_page_count = \(#require(try door.store.pragma("page_count")))")
                }
                // On a full disk there is room in the pages for some: each that is answered well is in the file.
                var taken: Set<String> = ["1"]
                var refused: [Int] = []
                let long = String(repeating: "x", count: 90)
                for number in 2...400 where refused.count < 3 {
                    let status = try await door.deliver(number, "acme/\(long)\(number)")
                    if status == 503 { refused.append(number) } else { taken.insert("\(number)") }
                    #expect([202, 503].contains(status))
                }
                #expect(refused.count == 3, "\(obstacle)")
                #expect(try door.marked() == taken)
                for number in refused {
                    let line = door.log.lines.first { $0.contains("delivery-\(number)") && $0.hasPrefix("error ") }
                    #expect(line?.contains("the store cannot take it") == true, "\(obstacle): \(door.log.lines)")
                }
                switch obstacle {
                case .locked: try await other?.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
                case .readOnly: try door.pragma("query_only = OFF")
                case .full: try door.pragma("max_page_count = 1000000")
                }
                #expect(try await door.deliver(1000) == 202, "it goes on as soon as it can")
                #expect(try door.marked().contains("1000"))
            }
        }

        /// One name goes from the delivery to the last status.
        @Test func aDeliverysNameStandsInEveryLineUntilTheStatus() async throws {
            try await Door.with { door, _ in
                let scene = door.service.scene
                try scene.world.push(
                    to: "main", of: Scene.repository, as: "keeper",
                    files: [".countersign.yml": BoundToHeadBaseAndPolicy.strict.text])
                try scene.world.push(
                    to: "feature/one", of: Scene.repository, as: "alice", files: ["src/one.txt": "one\n"])
                _ = scene.world.takeDeliveries()
                scene.here(
                    "POST", "/pulls", as: "alice", ["title": "Something", "head": "feature/one", "base": "main"])
                let opened = try #require(scene.world.takeDeliveries().first { $0.event == "pull_request" })
                let name = try #require(opened.headers.first { $0.name == "X-Gitea-Delivery" }?.value)
                var headers: HTTPFields = [:]
                for (field, value) in opened.headers {
                    if let field = HTTPField.Name(field) { headers[field] = value }
                }
                let status = try await door.web.application(.open).test(.router) { [headers] client in
                    try await client.execute(
                        uri: "/hooks/gitea", method: .post, headers: headers, body: ByteBuffer(string: opened.body)
                    ) { $0.status }
                }
                #expect(status == .accepted)
                #expect(try await door.service.events() == 1)
                let lines = door.log.lines.filter { $0.contains(name) }
                #expect(lines.count == 2, "\(door.log.lines)")
                #expect(lines.first?.contains("a delivery was accepted delivery=\(name)") == true)
                #expect(lines.last?.contains("decided cause=pull_request correlation=\(name)") == true, "\(lines)")
                #expect(lines.last?.contains("subject=acme/widget#1") == true)
            }
        }

        /// Counts what is committed, and what is answered.
        private final class Commits: TransactionObserver, Sendable {
            let count = Mutex(0)
            /// Deliveries that were answered.
            let answered = Mutex(0)

            func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
            func databaseDidChange(with event: DatabaseEvent) {}
            func databaseDidCommit(_ database: Database) { count.withLock { $0 += 1 } }
            func databaseDidRollback(_ database: Database) {}
        }

        /// While one is being written a hundred more arrive: they are one commit, and none is answered before it.
        @Test func deliveriesThatArriveTogetherShareACommit() async throws {
            try await Door.with { door, _ in
                let commits = Commits()
                door.store.database.add(transactionObserver: commits, extent: .observerLifetime)
                let disk = DispatchSemaphore(value: 0)
                door.store.database.asyncWriteWithoutTransaction { _ in disk.wait() }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 1...101 {
                        group.addTask {
                            let status = try await door.deliver(number)
                            #expect(status == 202)
                            commits.answered.withLock { $0 += 1 }
                        }
                    }
                    while door.store.commits.pending < 101 { await Task.yield() }
                    #expect(commits.answered.withLock { $0 } == 0, "nothing is in the file yet")
                    disk.signal()
                    try await group.waitForAll()
                }
                #expect((1...2).contains(commits.count.withLock { $0 }))
                #expect(try door.marked().count == 101)
            }
        }
    }
}
