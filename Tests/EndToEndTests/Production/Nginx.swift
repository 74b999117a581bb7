import Foundation
import GiteaSimulator
import NIOHTTP1
import Subprocess
import SystemPackage
import Testing

/// Debian's nginx with one of our examples, names and ports aside as it is.
struct Nginx: Sendable {
    private let folder: URL
    private let port: Int

    private init(_ example: String, port: Int, of service: ServiceProcess) throws {
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
    }

    /// Runs it in front of a service as long as the body does.
    static func run(
        _ example: String, port: Int, of service: ServiceProcess, _ body: (Nginx) async throws -> Void
    ) async throws {
        let nginx = try Nginx(example, port: port, of: service)
        let folder = nginx.folder.path
        _ = try await Subprocess.run(
            .path("/usr/sbin/nginx"),
            arguments: ["-e", folder + "/error.log", "-p", folder, "-c", folder + "/main.conf"],
            environment: .custom(["PATH": "/usr/sbin:/usr/bin:/bin"]), input: .none, output: .discarded,
            error: .discarded
        ) { execution in
            do {
                try await nginx.untilListening()
                try await body(nginx)
            } catch {
                try? execution.send(signal: .kill)
                throw error
            }
            try execution.send(signal: .kill)
        }
    }

    private func untilListening() async throws {
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
}
