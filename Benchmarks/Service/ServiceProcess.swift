import AsyncHTTPClient
import Foundation
import FreePorts
import GiteaSimulator
import NIOCore
import NIOHTTP1
import Synchronization

/// A running `countersign serve`, seen from outside.
final class ServiceProcess: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let port: Int
    private let operatorsPort: Int
    private let folder: String
    private let process: Mutex<Process>
    private let pid: Int32
    /// When it was started.
    let startedAt: ContinuousClock.Instant

    var hookAddress: String { "http://127.0.0.1:\(port)/hooks/gitea" }

    init(_ program: String, _ forge: BenchForge, _ settings: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.path + "/service-benchmark-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        (port, operatorsPort) = (try FreePorts.take(), try FreePorts.take())
        var environment = [
            "COUNTERSIGN_FORGE_URL": forge.story.baseAddress, "COUNTERSIGN_FORGE_TOKEN": forge.gate.token,
            "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": forge.directoryToken, "COUNTERSIGN_ORGANIZATION_POLICY": "none",
            "COUNTERSIGN_REPOSITORIES": "acme/*", "COUNTERSIGN_HOOK_SECRET": BenchForge.hookSecret,
            "COUNTERSIGN_LISTEN": "127.0.0.1:\(port)", "COUNTERSIGN_PAGES_LISTEN": "127.0.0.1:\(operatorsPort)",
            "COUNTERSIGN_STORE_PATH": "\(folder)/store.sqlite", "COUNTERSIGN_CONTROL_SOCKET": "\(folder)/control.sock",
        ]
        environment.merge(settings) { $1 }
        // Only events, until a measurement wants it otherwise.
        let rarely = "  green_seconds: 3600\n  active_seconds: 86400\n  all_seconds: 86400\n"
        try Data((Self.settings(callsPerSecond: 1000) + rarely).utf8).write(to: URL(filePath: folder + "/settings.yml"))
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["serve", "--settings", "settings.yml"]
        process.environment = environment
        process.currentDirectoryURL = URL(filePath: folder)
        _ = FileManager.default.createFile(atPath: folder + "/log", contents: nil)
        process.standardError = FileHandle(forWritingAtPath: folder + "/log")
        process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
        startedAt = .now
        try process.run()
        pid = process.processIdentifier
        self.process = Mutex(process)
    }

    private static func settings(callsPerSecond: Int) -> String {
        "reconcile:\n  calls_per_second: \(callsPerSecond)\n"
    }

    /// Another budget for what nobody waits for, and the usual periods, from now on.
    func reload(callsPerSecond: Int) throws {
        try Data(Self.settings(callsPerSecond: callsPerSecond).utf8).write(to: URL(filePath: folder + "/settings.yml"))
        Foundation.kill(pid, SIGHUP)
    }

    /// Waits until it answers a path with 200, at most ten seconds.
    /// - Returns: the time from its start.
    @discardableResult
    func until(_ path: String) async throws -> Duration {
        while startedAt.duration(to: .now) < .seconds(10) {
            if let answer = try? await get(path), answer.status == 200 { return startedAt.duration(to: .now) }
            try await Task.sleep(for: .milliseconds(2))
        }
        let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
        throw Failure(description: "the service does not answer \(path):\n\(log.suffix(2000))")
    }

    @discardableResult
    func untilReady() async throws -> Duration { try await until("/health/ready") }

    private func get(_ path: String) async throws -> (status: Int, text: String) {
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(operatorsPort)\(path)")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let body = try await response.body.collect(upTo: 16 * 1024 * 1024)
        return (Int(response.status.code), String(buffer: body))
    }

    /// The sum of a metric's series, of those that hold all of the texts.
    func metric(_ name: String, _ labels: String...) async throws -> Double {
        try await get("/metrics").text.split(separator: "\n").filter { line in
            line.hasPrefix(name) && "{ ".contains(line.dropFirst(name.count).first ?? "x")
                && labels.allSatisfy { line.contains($0) }
        }.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }

    /// Waits until nothing is left to do.
    func untilIdle(within limit: Duration = .seconds(400)) async throws {
        let begin = ContinuousClock.now
        var quiet = 0
        while begin.duration(to: .now) < limit {
            // The gauges are written once a second.
            try await Task.sleep(for: .milliseconds(1100))
            let left = try await metric("countersign_dirty") + metric("countersign_dirty_background")
            quiet = left == 0 ? quiet + 1 : 0
            // Before the first list there is nothing to do either.
            if quiet == 8 { return }
        }
        throw Failure(description: "the service has not come to rest within \(limit)")
    }

    /// Megabytes of memory that it holds at present.
    var residentMegabytes: Double { statusMegabytes("VmRSS:") }
    /// The most it ever held.
    var peakMegabytes: Double { statusMegabytes("VmHWM:") }

    private func statusMegabytes(_ key: String) -> Double {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(key) } ?? ""
        return (line.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }.first ?? 0) / 1024
    }

    /// The processor's time that it has used.
    var processorTime: Duration {
        let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Int64(fields[11]), let system = Int64(fields[12]) else { return .zero }
        return .milliseconds((user + system) * 10)
    }

    func stop() async throws {
        process.withLock { $0.terminate() }
        let begin = ContinuousClock.now
        while process.withLock({ $0.isRunning }), begin.duration(to: .now) < .seconds(25) {
            try await Task.sleep(for: .milliseconds(20))
        }
        kill()
    }

    func kill() {
        if process.withLock({ $0.isRunning }) { Foundation.kill(pid, SIGKILL) }
        try? FileManager.default.removeItem(atPath: folder)
    }
}
