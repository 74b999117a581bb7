import GateForge

/// The smallest way out, step by step; a reader, or a program, can carry it out as it stands.
public struct Cure: Hashable, Codable, Sendable {
    /// One step.
    public enum Step: Hashable, Codable, Sendable {
        /// Something to do that no command does.
        case tell(String)
        /// A command of this program; one that only talks to the service needs no forge.
        case run(String, needsForge: Bool = true)
        /// A call to the forge by somebody with the right to make it.
        case call(ForgeRequest)
        /// Calls on one line, each made only where the one before was taken.
        case inTurn([ForgeRequest])
        /// What to do with the token that the step before made.
        case store(TokenPlace)
    }

    /// The steps, in order.
    public var steps: [Step]

    /// Steps.
    public init(_ steps: Step...) { self.steps = steps }
    /// Steps.
    public init(_ steps: [Step]) { self.steps = steps }

    /// The steps as lines; commands begin with `$`.
    /// - Parameter invocation: what our own commands are given besides.
    public func lines(address: String, invocation: Invocation = Invocation()) -> [String] {
        var explained: Set<String> = []
        func calls(_ requests: [ForgeRequest]) -> [String] {
            requests.compactMap(\.meaning).filter { explained.insert($0).inserted }.map { "# \($0)" }
                + ["$ " + requests.map { $0.command(address: address) }.joined(separator: " && ")]
        }
        let lines = steps.flatMap { step -> [String] in
            switch step {
            case .tell(let text): [text]
            case .run(let command, let needsForge): ["$ \(invocation.line(command, needsForge: needsForge))"]
            case .store(let place): place.lines
            case .call(let request): calls([request])
            case .inTurn(let requests): calls(requests)
            }
        }
        // A name on the forge must not make a line of its own, which could be one to run.
        return lines.map { line in
            String(
                String.UnicodeScalarView(
                    line.unicodeScalars.map { scalar in
                        let category = scalar.properties.generalCategory
                        let breaks = [.control, .format, .lineSeparator, .paragraphSeparator].contains(category)
                        return breaks ? " " : scalar
                    }))
        }
    }
}

/// A call of the forge's API, to be made by a person: shown as a `curl` that asks for the password.
public struct ForgeRequest: Hashable, Codable, Sendable {
    /// The method.
    public var method: String
    /// The path below `/api/v1`.
    public var path: String
    /// The body, as JSON.
    public var body: String?
    /// The login, or a word in capitals for somebody whose login is not known.
    public var login: String
    /// Who the word in capitals is.
    public var meaning: String?

    /// A call.
    public init(_ method: String, _ path: String, body: String? = nil, by person: Person) {
        self.method = method
        self.path = path
        self.body = body
        login = person.login
        meaning = person.meaning
    }

    /// Who makes a call.
    public struct Person: Hashable, Sendable {
        var login: String
        var meaning: String?

        /// Somebody by login.
        public static func named(_ login: String) -> Person { Person(login: login, meaning: nil) }
        /// An owner of an organisation.
        public static func owner(of organization: String) -> Person { owner(ofAll: [organization]) }
        /// One account that owns several.
        static func owner(ofAll organizations: [String]) -> Person {
            let names = organizations.map { "`\($0)`" }.joined(separator: " and of ")
            return Person(login: "OWNER", meaning: "OWNER is an owner of \(names)")
        }
        /// An administrator of a repository.
        public static func administrator(of repository: String) -> Person {
            Person(login: "OWNER", meaning: "OWNER is an administrator of `\(repository)`")
        }
        /// A site administrator.
        public static let site = Person(login: "ADMIN", meaning: "ADMIN is a site administrator")
        /// The account that posts statuses.
        public static func service(_ login: String?) -> Person {
            login.map { .named($0) }
                ?? Person(login: "SERVICE", meaning: "SERVICE is the account that posts the statuses")
        }
    }

    /// A name as one part of a path, with everything but letters, digits and `-._~` encoded.
    static func segment(_ name: String) -> String {
        name.utf8.map { byte -> String in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                byte < 0x80 && (scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar))
            guard !isPlain else { return String(scalar) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    /// Words in a body in whose place somebody puts a secret.
    static let secrets = ["PASSWORD", "SECRET", "TOKEN", "AUTHORIZATION"]

    /// The command line; what holds a secret goes through a pipe, for everybody sees the arguments of programs.
    public func command(address: String) -> String {
        let call = "curl -fsS -u \(Self.quoted(login)) -X \(method) \(Self.quoted("\(address)/api/v1\(path)"))"
        guard let body else { return call }
        let sent = "\(call) -H 'Content-Type: application/json' -d"
        let isSecret =
            Self.secrets.contains { body.contains("\"\($0)\"") } || body.contains("\(Webhook.userPlaceholder)@")
        guard isSecret else {
            return "\(sent) \(Self.quoted(body))"
        }
        return "printf %s \(Self.quoted(body)) | \(sent) @-"
    }

    /// A word for a shell, in quotes unless it needs none.
    static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
        }
        return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}
