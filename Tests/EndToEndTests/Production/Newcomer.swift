import Foundation
import FreePorts
import GiteaSimulator
import Testing

/// Somebody who follows the README on a machine of their own: a folder stands for its root, and small programs for what
/// needs to be root.
final class Newcomer: Sendable {
    /// Where the forge reaches the service.
    let address: String
    private let story: Story
    private let root: URL
    private let port: Int
    private let operatorsPort: Int

    init(_ story: Story) async throws {
        self.story = story
        port = try FreePorts.take()
        operatorsPort = try FreePorts.take()
        address = "http://127.0.0.1:\(port)"
        root = FileManager.default.temporaryDirectory.appending(path: "newcomer-\(UUID().uuidString)")
        for folder in ["bin", "usr/local/bin", "etc/systemd/system"] {
            try FileManager.default.createDirectory(
                at: root.appending(path: folder), withIntermediateDirectories: true)
        }
        let deployment = DocumentPlaces.root.appending(path: "Deployment")
        try FileManager.default.copyItem(at: deployment, to: root.appending(path: "Deployment"))
        try Data("secret123\n".utf8).write(to: root.appending(path: "password"))
        for (name, text) in stands {
            let file = root.appending(path: "bin/\(name)")
            try Data("#!/bin/bash\nset -eu\n\(text)\n".utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
    }

    /// What stands for programs that build for minutes or change the machine.
    private var stands: [String: String] {
        [
            "make": """
            [ "$*" = release ]; mkdir -p .build-release/release
            ln -sf \(CountersignProgram.path) .build-release/release/countersign
            """,
            // As whom does not matter here.
            "sudo": #"if [ "$1" = -u ]; then [ "$2" = countersign ]; shift 2; fi; exec "$@""#,
            "useradd": #"[ "${*: -1}" = countersign ]"#,
            "install": """
            words=(); while [ $# -gt 0 ]; do case $1 in -o|-g) shift 2;; *) words+=("$1"); shift;; esac; done
            exec /usr/bin/install "${words[@]}"
            """,
            // The unit's own folders and command.
            "systemctl": """
            [ "$1" = daemon-reload ] && exit
            [ "$*" = "enable --now countersign" ]
            command=$(sed -n 's|^ExecStart=/usr|\(root.path)/usr|; s| /etc/| \(root.path)/etc/|; /serve --settings/p' \\
                \(root.path)/etc/systemd/system/countersign.service | grep -v '^Exec')
            folder() { sed -n "s|^$1=|\(root.path)/$2/|p" \(root.path)/etc/systemd/system/countersign.service; }
            mkdir -p "$(folder StateDirectory var/lib)" "$(folder RuntimeDirectory run)"
            cd \(root.path)/var/lib/countersign
            nohup $command > ../log 2>&1 & echo $! > ../pid
            """,
        ]
    }

    /// The blocks of commands of the README's section, in order.
    static func commands() throws -> [String] {
        let readme = try DocumentPlaces.text("README.md")
        let section = try #require(readme.split(separator: "## In production\n").last?.split(separator: "\n## ").first)
        return section.matches(of: /```sh\n(.*?)\n```/.dotMatchesNewlines()).map { String($0.output.1) }
    }

    /// Runs commands as they stand, after the block that says what is ours.
    func run(_ commands: String) async throws -> CountersignProgram.Ended {
        let ours = """
            FORGE=\(story.forge.baseAddress)
            ORGANIZATION=\(story.forge.name("acme"))
            OWNER=\(story.keeper.login)
            ADMINISTRATOR="--administrator root1 --administrator-password-file \(root.path)/password"
            GATE=\(address)

            """
        let text = here(commands)
        return try await CountersignProgram.run(
            "/bin/bash", ["-c", ours + text],
            environment: [
                "PATH": "\(root.path)/bin:\(root.path)/usr/local/bin:/usr/bin:/bin", "HOME": root.path,
                "COUNTERSIGN_LISTEN": "127.0.0.1:\(port)", "COUNTERSIGN_PAGES_LISTEN": "127.0.0.1:\(operatorsPort)",
            ], in: root.path)
    }

    /// The same commands on this machine: places below the folder, the ports that were free.
    private func here(_ commands: String) -> String {
        var text = commands.replacing("127.0.0.1:8421", with: "127.0.0.1:\(operatorsPort)")
        for place in ["/etc/", "/var/lib/", "/run/", "/usr/local/"] {
            text = text.replacing(" \(place)", with: " \(root.path)\(place)")
        }
        return text
    }

    /// The forge delivers what waits.
    func deliver() async { _ = await story.simulator?.deliverPending() }

    /// What the service has logged.
    var log: String { (try? String(contentsOf: root.appending(path: "var/lib/log"), encoding: .utf8)) ?? "" }

    func stop() {
        let file = root.appending(path: "var/lib/pid")
        let pid = (try? String(contentsOf: file, encoding: .utf8)).flatMap {
            Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        if let pid { kill(pid, SIGTERM) }
        try? FileManager.default.removeItem(at: root)
    }
}
