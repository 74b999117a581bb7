import GatePolicy

/// The forge's own pages.
struct ForgeLinks: Sendable {
    /// The forge's address as browsers know it, without a slash at its end.
    let address: String

    func pull(_ repository: RepositoryName, _ number: Int64) -> String { "\(address)/\(repository)/pulls/\(number)" }

    func comment(_ repository: RepositoryName, _ number: Int64, _ comment: Int64) -> String {
        "\(pull(repository, number))#issuecomment-\(comment)"
    }

    func commit(_ repository: RepositoryName, _ commit: CommitID) -> String {
        "\(address)/\(repository)/commit/\(commit)"
    }

    /// A line of a file at a commit.
    func line(_ repository: RepositoryName, _ commit: CommitID, _ path: String, _ line: Int) -> String {
        let path = path.utf8.map(Self.encoded).joined()
        return "\(address)/\(repository)/src/commit/\(commit)/\(path)#L\(line)"
    }

    /// A byte of a path; what an address may not hold as it is, by its number.
    private static func encoded(_ byte: UInt8) -> String {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "/"):
            String(Unicode.Scalar(byte))
        default: "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
        }
    }
}
