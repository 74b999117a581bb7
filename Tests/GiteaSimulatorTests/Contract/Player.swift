import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

@testable import GiteaSimulator

/// Plays the recorded script against a simulator over HTTP and compares every answer.
struct Player {
    struct Difference {
        var exchange: Recording.Exchange
        var details: [String]
    }

    struct Outcome {
        var played = 0
        var differences: [Difference] = []
        var deliveries: [PendingDelivery] = []
        var mapping = Mapping()
    }

    let recording: Recording
    let simulator: GiteaSimulator
    let clock: SimulatorClock
    private var tokens: [String: String] = [:]
    private var outcome = Outcome()
    private var timesByText: [String: Date] = [:]

    static func play(_ recording: Recording) async throws -> Outcome {
        let clock = SimulatorClock()
        var options = GiteaSimulator.Options()
        options.publicAddress = "http://127.0.0.1:3300"
        options.now = { clock.now }
        if let first = recording.exchanges.compactMap({ Self.rootCreated(in: $0.body) }).first { clock.set(first) }
        return try await GiteaSimulator.run(options) { simulator in
            var player = Player(recording: recording, simulator: simulator, clock: clock)
            return try await player.play()
        }
    }

    private init(recording: Recording, simulator: GiteaSimulator, clock: SimulatorClock) {
        self.recording = recording
        self.simulator = simulator
        self.clock = clock
    }

    private static func rootCreated(in body: JSON) -> Date? {
        var date: Date?
        body.walk { _, value in
            guard value["login"] == "root1", let text = value["created"]?.string else { return }
            date = try? Date(text, strategy: .iso8601)
        }
        return date
    }

    private mutating func play() async throws -> Outcome {
        simulator.world.defersPushes = true
        collectKnown()
        for (index, exchange) in recording.exchanges.enumerated() {
            if exchange.path.hasSuffix("/issues/4/comments"), exchange.name == "60 comments" || isFirst(index) {
                try await addComments()
            }
            if exchange.name == "open a large pull" { try await addFiles() }
            leadClock(index)
            if worksBefore(exchange) { simulator.world.processPushes() }
            leadMergeability(exchange.body)
            try await play(exchange)
            if Self.worksAfter.contains(exchange.number) { simulator.world.processPushes() }
        }
        outcome.deliveries = simulator.world.takeDeliveries()
        return outcome
    }

    /// After these the background caught up: the pull request was open before its branch's push was worked off.
    private static let worksAfter: Set<Int> = [672, 685]
    /// Before these it had not: the reads that follow a merge.
    private static let quietReads: Set<Int> = [668, 669, 682, 683]

    /// When the recorded server worked off its pushes, as its answers and webhooks tell.
    private func worksBefore(_ exchange: Recording.Exchange) -> Bool {
        if exchange.group == "setup" { return exchange.path.hasSuffix("/branches") }
        if [671, 684].contains(exchange.number) { return true }
        return exchange.method == "GET" && !Self.quietReads.contains(exchange.number)
    }

    private func isFirst(_ index: Int) -> Bool {
        recording.exchanges.firstIndex { $0.path.hasSuffix("/issues/4/comments") } == index
    }

    // MARK: Leading the clock and the background

    private func setClock(_ date: Date) { if date > clock.now { clock.set(date) } }

    private func leadClock(_ index: Int) {
        let exchange = recording.exchanges[index]
        if exchange.method == "POST", !exchange.path.contains("dismissals"),
            let made = exchange.body["created_at"] ?? exchange.body["submitted_at"],
            let date = made.latestTime
        {
            return setClock(date)
        }
        if let latest = exchange.body.latestTime { return setClock(latest) }
        guard exchange.method != "GET" else { return }
        let next = recording.exchanges[(index + 1)...].first { $0.body.latestTime != nil }
        if next?.method == "GET", let latest = next?.body.latestTime { setClock(latest) }
    }

    /// Whether the server had finished computing mergeability was a matter of the moment; the recording tells.
    private func leadMergeability(_ body: JSON) {
        for pull in body.array ?? [body] {
            guard let number = pull["number"]?.int, let mergeable = pull["mergeable"]?.bool,
                pull["title"]?.string?.hasPrefix("WIP:") == false
            else { continue }
            try? simulator.world.setChecking(!mergeable, pull: number, of: "acme/widget")
        }
    }

    /// Calls that were thinned out of the recordings: 60 comments and the 55 files of the large pull request.
    private mutating func addComments() async throws {
        for index in 0..<60 {
            let body = "comment \(index)"
            if let date = timesByText[body] { setClock(date) }
            _ = try await send(
                "POST", "/repos/acme/widget/issues/4/comments", ["body": .string(body)],
                "token \(tokens["dave"] ?? "")")
        }
    }

    private mutating func addFiles() async throws {
        let person: JSON = ["name": "dave", "email": "dave@example.com"]
        for index in 0..<55 {
            let message = "file \(index)"
            if let first = timesByText["file 0\n"], let last = timesByText["file 54\n"] {
                let part = last.timeIntervalSince(first) * Double(index) / 54
                setClock(timesByText[message + "\n"] ?? first.addingTimeInterval(part.rounded(.down)))
            }
            simulator.world.processPushes()
            let name = String(repeating: "0", count: 3 - String(index).count) + String(index)
            var body: JSON = [
                "content": .string(Data("\(index)\n".utf8).base64EncodedString()), "message": .string(message),
                "author": person, "committer": person, "branch": index == 0 ? "main" : "many",
            ]
            if index == 0 { body["new_branch"] = "many" }
            let answer = try await send(
                "POST", "/repos/acme/widget/contents/many/f\(name).txt", body, "token \(tokens["dave"] ?? "")")
            precondition(answer.status.code == 201)
        }
    }

    private mutating func collectKnown() {
        var known: [JSON] = []
        var times: [String: Date] = [:]
        for exchange in recording.exchanges {
            exchange.body.walk { _, value in
                if value["context"] != nil, value["creator"] != nil { known.append(value) }
                if let text = value["body"]?.string ?? value["message"]?.string,
                    let date = value["created_at"]?.string ?? value["committer"]?["date"]?.string
                {
                    times[text] = try? Date(date, strategy: .iso8601)
                }
            }
        }
        outcome.mapping.knownStatuses = known
        timesByText = times
    }

    // MARK: Playing

    private mutating func play(_ exchange: Recording.Exchange) async throws {
        let path = outcome.mapping.translate(exchange.path)
        let request =
            exchange.request == .null
            ? JSON.null : JSON(parsing: Data(outcome.mapping.translate(exchange.request.text).utf8)) ?? .null
        let response = try await send(exchange.method, path, request, authorization(exchange))
        let body = Data(buffer: try await response.body.collect(upTo: 16 << 20))
        outcome.played += 1
        var details: [String] = []
        if Int(response.status.code) != exchange.status {
            details.append("status \(exchange.status), not \(response.status.code)")
        }
        for name in ["content-type", "x-total-count", "x-hasmore", "link"] {
            let sent = response.headers.first(name: name).map { outcome.mapping.translate($0) }
            let expected = exchange.headers[name].map { outcome.mapping.translate($0) }
            if sent != expected { details.append("\(name) \(expected ?? "absent"), not \(sent ?? "absent")") }
        }
        let answer: JSON
        if exchange.body == .null, body.isEmpty {
            answer = .null
        } else if exchange.body.string != nil {
            answer = .string(String(decoding: body, as: UTF8.self))
        } else {
            answer = JSON(parsing: body) ?? .string("no JSON: \(String(decoding: body, as: UTF8.self))")
        }
        if exchange.path.hasSuffix("/tokens"), exchange.method == "POST", let value = answer["sha1"]?.string,
            let name = exchange.request["name"]?.string
        {
            tokens[name] = value
        }
        details += outcome.mapping.compare(exchange.body, answer)
        if !details.isEmpty { outcome.differences.append(Difference(exchange: exchange, details: details)) }
    }

    private func authorization(_ exchange: Recording.Exchange) -> String? {
        switch exchange.auth {
        case "token": return "token \(tokens[exchange.actor] ?? "")"
        case "basic": return "Basic \(Data("\(exchange.actor):secret123".utf8).base64EncodedString())"
        case "none": return nil
        default:
            var raw = String(exchange.auth.dropFirst("raw:".count))
            for (name, value) in tokens { raw = raw.replacing("<token:\(name)>", with: value) }
            return raw
        }
    }

    private func send(
        _ method: String, _ path: String, _ body: JSON, _ authorization: String?
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "\(simulator.baseAddress)/api/v1\(path)")
        request.method = .RAW(value: method)
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        if body != .null {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body.text))
        }
        return try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    }
}
