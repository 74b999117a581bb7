import Foundation
import FreePorts
import GiteaSimulator
import NIOHTTP1
import Testing

@testable import CountersignCLI

/// What lies in `Deployment/` is what it says it is.
@Suite(.simulatorOnly) struct DeploymentStories {
    /// `make stories` installs what is missing.
    private func needs(_ program: String) throws {
        try #require(FileManager.default.isExecutableFile(atPath: program), "\(program) is missing: run `make stories`")
    }

    /// `make release` fails where the file would need more than the three libraries.
    @Test(arguments: [
        (
            "linux-vdso.so.1\nlibstdc++.so.6 => /lib/libstdc++.so.6\nlibgcc_s.so.1 => /x\nlibm.so.6 => /x\n"
                + "libsqlite3.so.0 => /x\nlibc.so.6 => /x\n/lib64/ld-linux-x86-64.so.2 (0x0)\n", ""
        ),
        ("libc.so.6 => /x\nlibz.so.1 => /x\n", "libz.so.1"),
        ("libc.so.6 => /x\nlibre2.so.9 => not found\n", "libre2.so.9"),
        ("libc.so.6 => /x\nlibswiftCore.so => /x\n", "libswiftCore.so"), ("\tnot a dynamic executable\n", "no list"),
        ("", "no list"),
    ]) func aReleaseNeedsNothingElse(listed: String, problem: String) async throws {
        let checked = try await CountersignProgram.run(
            "/bin/bash", [DocumentPlaces.root.appending(path: "Deployment/needs.sh").path, "countersign"],
            environment: ["PATH": "/usr/bin:/bin"], input: listed)
        #expect((checked.exitStatus == 0) == problem.isEmpty, "\(checked)")
        #expect(problem.isEmpty || checked.talk.contains(problem), "\(checked)")
    }

    /// What the image is built from has everything that `Package.swift` names.
    @Test func theImageHasEveryTarget() throws {
        let lines = try DocumentPlaces.text("Deployment/Containerfile").split(separator: "\n")
        let copied = lines.filter { $0.hasPrefix("COPY ") && !$0.contains("--from") }
            .flatMap { $0.split(separator: " ").dropFirst().dropLast().map(String.init) }
        let named = try DocumentPlaces.text("Package.swift").matches(of: /path: "([^"]+)"/).map { String($0.output.1) }
        for path in named + ["Sources", "Tests", "Package.swift", "Deployment"] {
            #expect(copied.contains { path == $0 || path.hasPrefix("\($0)/") }, "`\(path)` is not copied")
        }
    }

    /// Whoever mounts files must know whose they have to be, and an image that runs as root is refused by many.
    @Test func theImageRunsAsAUserThatTheDocumentsName() throws {
        let text = try DocumentPlaces.text("Deployment/Containerfile")
        let user = try #require(text.firstMatch(of: /\nUSER (\d+):(\d+)\n/))
        let (uid, gid) = (String(user.output.1), String(user.output.2))
        #expect(uid != "0" && text.contains("useradd --uid \(uid) --gid \(gid) "))
        #expect(text.contains("groupadd --gid \(gid) countersign"))
        let operations = try DocumentPlaces.text("Documentation/operations.md")
        #expect(operations.contains("uid \(uid), not root"))
        for folder in ["/etc/countersign", "/var/lib/countersign", "/run/countersign"] {
            #expect(text.contains("\n# \(folder) ") && operations.contains("\n| `\(folder)` |"), "\(folder)")
            #expect(text.contains("install -d ") && text.contains(" \(folder)"), "\(folder) is made")
        }
        // What the README's settings name lies in one of them.
        let readme = try DocumentPlaces.text("README.md")
        for key in ["token_file", "secret_file", "path", "socket"] {
            let place = try #require(readme.firstMatch(of: try Regex("\\n *\(key): (/[a-z/]+)/"))?.output[1].substring)
            #expect(text.contains("\n# \(place) "), "\(key): \(place)")
        }
    }

    @Test func theUnitIsValid() async throws {
        try needs("/usr/bin/systemd-analyze")
        let folder = FileManager.default.temporaryDirectory.appending(path: "unit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // The program is not installed here.
        let unit = try DocumentPlaces.text("Deployment/countersign.service").replacing(
            "/usr/local/bin/countersign", with: CountersignProgram.path)
        let file = folder.appending(path: "countersign.service")
        try Data(unit.utf8).write(to: file)
        let checked = try await CountersignProgram.run(
            "/usr/bin/systemd-analyze", ["verify", "--man=no", file.path], environment: ["PATH": "/usr/bin:/bin"])
        #expect(checked.exitStatus == 0 && checked.talk.isEmpty, "\(checked)")
    }

    /// As many files as the service is of use with: with systemd's own number it takes fewer connections.
    @Test func theUnitGivesEnoughFiles() throws {
        let unit = try DocumentPlaces.text("Deployment/countersign.service")
        let limit = try #require(unit.firstMatch(of: /\nLimitNOFILE=([0-9]+)\n/).flatMap { Int($0.output.1) })
        #expect(OpenFiles.connections(of: limit) == OpenFiles.mostConnections)
    }

    /// Through the real nginx, at a host's root and below a path: a delivery goes in, the status's link opens the page.
    @Test(arguments: ["nginx.conf", "nginx-below-a-path.conf"]) func behindNginx(file: String) async throws {
        try needs("/usr/sbin/nginx")
        try await Story.tell { story in
            let front = try FreePorts.take()
            let path = file == "nginx.conf" ? "" : "/gate"
            let address = "http://127.0.0.1:\(front)\(path)"
            let service = try await ServiceProcess(story, ["COUNTERSIGN_PAGES_PUBLIC_URL": address])
            try await service.run {
                try await Nginx.run(file, port: front, of: service) { nginx in
                    try await story.hook(to: "\(address)/hooks/gitea")
                    let number = try await story.pull()
                    let sent = await story.simulator?.deliverPending() ?? []
                    #expect(!sent.isEmpty && sent.allSatisfy { $0.status == 202 }, "\(sent.map(\.status))")
                    let row = try await story.posted("countersign: main", on: number)
                    let link = try #require(row["target_url"]?.string)
                    #expect(link.hasPrefix("\(address)/acme/widget/pulls/\(number)?key="), "\(link)")
                    let page = try await service.page(link)
                    #expect(page.status == 200 && page.text.contains("May it merge?"), "\(page)")
                    // What the page links to is found below the same path.
                    for match in page.text.matches(of: /(?:href|src)="([^"]+\.(?:css|js))"/) {
                        let asset = try #require(URL(string: String(match.output.1), relativeTo: URL(string: link)))
                        #expect(asset.absoluteString.hasPrefix("\(address)/"), "\(asset)")
                        #expect(try await service.status(asset.absoluteString) == 200, "\(asset)")
                    }
                    #expect(try await service.status("\(address)/") != 200, "the overview is not for everybody")
                    #expect(try await service.status("\(address)/metrics") != 200)
                    // The key is in no log of the proxy's.
                    let key = try #require(link.split(separator: "=").last)
                    #expect(
                        nginx.log.contains("/acme/widget/pulls/\(number)") && !nginx.log.contains(key), "\(nginx.log)")
                }
            }
        }
    }
}
