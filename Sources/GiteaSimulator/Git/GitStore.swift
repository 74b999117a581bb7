import Crypto
import Foundation

/// A commit, as git would store it.
struct Commit: Sendable, Equatable {
    /// A person and a moment in a commit.
    struct Signature: Sendable, Equatable {
        /// The name.
        var name: String
        /// The address by which accounts are found.
        var email: String
        /// Seconds since 1970.
        var time: Int
    }

    /// Its id.
    var sha: String
    /// The id of its tree.
    var tree: String
    /// The ids of its parents.
    var parents: [String]
    /// Who wrote it.
    var author: Signature
    /// Who made it.
    var committer: Signature
    /// Its text, with the final newline.
    var message: String
    /// Every file: path to blob id.
    var files: [String: String]
    /// The length of the longest way to a root.
    var depth: Int
}

/// The objects of all repositories; what a repository knows of them is its own matter.
struct GitStore: Sendable {
    struct Entry: Sendable {
        var name: String
        var isTree: Bool
        var sha: String
    }

    var blobs: [String: [UInt8]] = [:]
    var trees: [String: [Entry]] = [:]
    var commits: [String: Commit] = [:]
    /// Who signed a commit with which key, where the server knows the key.
    var signatures: [String: (signer: String, email: String, key: String)] = [:]

    /// The id git gives an object.
    static func id(_ kind: String, _ content: [UInt8]) -> String {
        var hash = Insecure.SHA1()
        hash.update(data: Array("\(kind) \(content.count)\0".utf8))
        hash.update(data: content)
        return hash.finalize().hex
    }

    /// What a content begins with that is to be the target of a symbolic link.
    static let linkPrefix = "link: "

    /// Whether a blob is that of a link.
    func isLink(_ blob: String) -> Bool { blobs[blob]?.starts(with: Self.linkPrefix.utf8) ?? false }

    /// A file's mode, as git writes it.
    func mode(of blob: String) -> String { isLink(blob) ? "120000" : "100644" }

    mutating func blob(_ content: [UInt8]) -> String {
        let sha = Self.id("blob", content)
        blobs[sha] = content
        return sha
    }

    /// Stores the trees of a set of files and answers the id of the root.
    mutating func tree(_ files: [String: String]) -> String {
        var here: [Entry] = []
        var below: [String: [String: String]] = [:]
        for (path, sha) in files {
            if let slash = path.firstIndex(of: "/") {
                below[String(path[..<slash]), default: [:]][String(path[path.index(after: slash)...])] = sha
            } else {
                here.append(Entry(name: path, isTree: false, sha: sha))
            }
        }
        for (name, files) in below { here.append(Entry(name: name, isTree: true, sha: tree(files))) }
        // git sorts a directory as if its name ended in a slash
        here.sort {
            Array(($0.name + ($0.isTree ? "/" : "")).utf8).lexicographicallyPrecedes(
                Array(($1.name + ($1.isTree ? "/" : "")).utf8))
        }
        var content: [UInt8] = []
        for entry in here {
            content += Array("\(entry.isTree ? "40000" : mode(of: entry.sha)) \(entry.name)\0".utf8)
            content += [UInt8](hex: entry.sha)
        }
        let sha = Self.id("tree", content)
        trees[sha] = here
        return sha
    }

    mutating func commit(
        files: [String: String], parents: [String], author: Commit.Signature, committer: Commit.Signature,
        message: String
    ) -> Commit {
        let root = tree(files)
        let text = message.hasSuffix("\n") ? message : message + "\n"
        var body = "tree \(root)\n"
        for parent in parents { body += "parent \(parent)\n" }
        body += "author \(author.name) <\(author.email)> \(author.time) +0000\n"
        body += "committer \(committer.name) <\(committer.email)> \(committer.time) +0000\n\n\(text)"
        let commit = Commit(
            sha: Self.id("commit", Array(body.utf8)), tree: root, parents: parents, author: author,
            committer: committer,
            message: text, files: files, depth: (parents.compactMap { commits[$0]?.depth }.max() ?? -1) + 1)
        commits[commit.sha] = commit
        return commit
    }
}

extension Sequence where Element == UInt8 {
    /// The bytes in lower-case hexadecimal.
    var hex: String {
        var text = ""
        for byte in self { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return text
    }
}

extension [UInt8] {
    /// The bytes that a hexadecimal text stands for.
    init(hex: String) {
        let digits = hex.utf8.map { UInt8($0 > 57 ? $0 - 87 : $0 - 48) }
        self = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
