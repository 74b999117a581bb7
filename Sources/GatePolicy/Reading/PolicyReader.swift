/// Reads the text of a policy.
public enum PolicyReader {
    /// What came of it: a policy when nothing is wrong, and everything that was found, in the file's order.
    public typealias Result = (policy: Policy?, diagnostics: [Diagnostic])

    /// Reads a policy of one file from bytes of any kind; it never traps and stays within `PolicyLimits`.
    ///
    /// - Parameters:
    ///   - bytes: what the file holds
    ///   - file: the name that diagnostics give it
    ///   - digest: the SHA-256 of the bytes in hexadecimal, for the policy to carry
    public static func read(_ bytes: [UInt8], file: String, digest: String) -> Result {
        let composition = compose(
            PolicyText(bytes, file: file, identity: file, digest: digest), hash: { $0 },
            file: { _ in .refused("this file is not at hand", hint: nil) })
        return (composition.policy, composition.diagnostics)
    }

    /// Reads a policy of one file from text; it never traps and stays within `PolicyLimits`.
    ///
    /// - Parameters:
    ///   - text: what the file holds
    ///   - file: the name that diagnostics give it
    ///   - digest: the SHA-256 of the bytes in hexadecimal, for the policy to carry
    public static func read(_ text: String, file: String, digest: String) -> Result {
        read(Array(text.utf8), file: file, digest: digest)
    }

    /// Reads a policy with the files that it includes; it reads nothing itself, and never traps.
    ///
    /// - Parameters:
    ///   - root: the file at the policy's own path
    ///   - place: where it is
    ///   - role: whose it is
    ///   - organization: the organisation's own file and its place, beside a repository's policy
    ///   - repository: the repository that the policy is for; nil where it is not known
    ///   - hash: the SHA-256 of a text in hexadecimal
    ///   - file: what is known of an included file; nil when it is still to be read
    public static func compose(
        _ root: PolicyText, at place: PolicyFilePlace? = nil, role: PolicyFileRole = .repository,
        organization: (text: PolicyText, place: PolicyFilePlace)? = nil, repository: RepositoryName? = nil,
        hash: (String) -> String, file: @escaping (PolicyFilePlace) -> PolicyFileAnswer?
    ) -> PolicyComposition {
        var composer = Composer(repository: repository, file: file)
        if let organization { composer.require(organization.text, at: organization.place) }
        composer.add(root, at: place ?? PolicyFilePlace(path: root.file), role: role)
        return composer.composition(hash: hash)
    }
}
