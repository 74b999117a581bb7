import CoreMetrics
import Foundation
import GatePolicy
import GateStore
import Logging
import UnixSignals

extension CommandContext {
    /// Bytes that a settings, policy, token or event file may have.
    static let maximumFileBytes = 4 * 1024 * 1024

    /// The running process: its environment, its streams, its clock.
    public static var process: CommandContext {
        let output = OutputStream(.standardOutput)
        let talk = OutputStream(.standardError)
        var context = CommandContext(
            environment: ProcessInfo.processInfo.environment,
            output: { output.write($0) },
            talk: { talk.write($0 + "\n") },
            readFile: { path in
                guard let handle = path == "-" ? .standardInput : FileHandle(forReadingAtPath: path) else {
                    let reason = errno
                    guard reason != ENOENT else { throw SettingsError(missing: path) }
                    throw SettingsError("`\(path)` cannot be opened for reading: \(String(cString: strerror(reason)))")
                }
                var data = Data()
                while data.count <= maximumFileBytes {
                    guard let more = try handle.read(upToCount: 65_536), !more.isEmpty else { break }
                    data += more
                }
                guard data.count <= maximumFileBytes else {
                    throw SettingsError("`\(path)` is larger than \(maximumFileBytes) bytes")
                }
                return [UInt8](data)
            },
            isLink: { (try? FileManager.default.destinationOfSymbolicLink(atPath: $0)) != nil },
            writeFile: { path, bytes in
                do {
                    // A link stays one: what it leads to is written.
                    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
                    try Data(bytes).write(to: file, options: .atomic)
                } catch {
                    throw SettingsError("`\(path)` cannot be written: \(error.systemReason)")
                }
            },
            now: { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) })
        context.untilInterrupted = {
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
                // Whoever asks again is not to wait for what is given up.
                signal(SIGINT, SIG_DFL)
                signal(SIGTERM, SIG_DFL)
                return true
            }
            return false
        }
        context.exists = { FileManager.default.fileExists(atPath: $0) }
        context.realPath = { $0.realPath }
        context.unwritten = { output.failure }
        context.askSecret = Terminal.askSecret
        context.writePrivateFile = PrivateFile.write
        context.removeFile = { path in
            guard FileManager.default.fileExists(atPath: path) else { return }
            try FileManager.default.removeItem(atPath: path)
        }
        context.moment = { Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
        context.bootstrap = { factory in
            // The store and the socket are for the service's own user.
            umask(0o077)
            MetricsSystem.bootstrap(factory)
        }
        context.logHandler = { StreamLogHandler.standardError(label: $0) }
        return context
    }
}
