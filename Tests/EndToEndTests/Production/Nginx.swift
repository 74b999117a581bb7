import Foundation
import GiteaSimulator
import NIOHTTP1
import Testing

/// Debian's nginx with one of our examples, names and ports aside as it is.
struct Nginx: Sendable {
    private let folder: URL
    private let process: Int32
    private let port: Int

    /// Starts it in front of a service.
    init(_ example: String, port: Int, of service: RunningService) throws {
        self.port = port
        folder = service.folder.appending(path: "nginx")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var site = try DocumentPlaces.text("Deployment/\(example)")
        for (name, there) in [
            ("listen 80;", "listen 127.0.0.1:\(port);"), ("127.0.0.1:8420", "127.0.0.1:\(service.port)"),
            ("/var/log/nginx/", "\(folder.path)/"),
        ] {
            #expect(site.contains(name), "\(example) has no `\(name)`")
            site = site.replacing(name, with: there)
        }
        var temporary = ""
        for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
            temporary += "\(kind)_temp_path \(folder.path)/\(kind);\n"
        }
        let main = """
            pid \(folder.path)/pid;
            error_log \(folder.path)/error.log;
            daemon off;
            master_process off;
            events {}
            http {
            access_log off;
            \(temporary)
            \(site)
            }
            """
        try Data(main.utf8).write(to: folder.appending(path: "main.conf"))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/sbin/nginx")
        process.arguments = ["-e", folder.path + "/error.log", "-p", folder.path, "-c", folder.path + "/main.conf"]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process = process.processIdentifier
    }

    func untilListening() async throws {
        for _ in 0..<200 {
            if let socket = try? await StoryForge.reach("http://127.0.0.1:\(port)/"), socket { return }
            try await Task.sleep(for: .milliseconds(25))
        }
        let said = (try? String(contentsOf: folder.appending(path: "error.log"), encoding: .utf8)) ?? ""
        throw Unheard(description: "nginx does not listen: \(said)")
    }

    /// Everything it wrote down.
    var log: String {
        ["countersign.access.log", "countersign.error.log", "error.log"].map {
            (try? String(contentsOf: folder.appending(path: $0), encoding: .utf8)) ?? ""
        }.joined()
    }

    func stop() { kill(process, SIGKILL) }
}
