import Foundation

@testable import GatePolicy

/// A policy of several files in one fixture: each begins with a line `#= PLACE`, the policy's own file and the
/// organisation's among them.
struct ComposedFixture {
    private var texts: [(place: String, text: String)] = []

    init(_ name: String) throws {
        for line in try Golden.policy(name, in: "composed").split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#= ") {
                texts.append((String(line.dropFirst(3)), ""))
            } else if !texts.isEmpty {
                texts[texts.count - 1].text += line + "\n"
            }
        }
    }

    /// What reading it comes to.
    func compose() -> PolicyComposition {
        var files = Files()
        var root = ""
        var role = PolicyFileRole.repository
        for (place, text) in texts {
            switch place {
            case ".countersign.yml": root = text
            case "acme/.countersign:countersign.yml": (root, role) = (text, .organization)
            case "organization": files.organization = text
            default: files.answers[place] = .text(PolicyText(Array(text.utf8), file: "", identity: "", digest: ""))
            }
        }
        return files.compose(root, role: role)
    }
}
