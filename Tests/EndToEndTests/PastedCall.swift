import Testing

/// A call that a printed line makes when somebody pastes it into a shell.
struct PastedCall {
    /// `curl` or `countersign`.
    var program: String
    var arguments: ArraySlice<String>
    /// What `curl` is told to read from the pipe.
    var input: String?

    /// What `/bin/sh` calls for a line, which begins with its prompt.
    static func all(of line: String) async throws -> [PastedCall] {
        let script = """
            tell() { printf '%s\\0' "$#" "$@"; }
            countersign() { tell countersign '' "$@"; }
            curl() {
                case " $* " in
                    *' @- '*) input=$(cat; printf .); tell curl "|${input%.}" "$@" ;;
                    *) tell curl '' "$@" ;;
                esac
            }
            \(line.dropFirst(2))

            """
        let ended = try await CountersignProgram.run(
            "/bin/sh", ["-c", script], environment: ["PATH": "/usr/bin:/bin"])
        #expect(ended.exitStatus == 0 && ended.talk.isEmpty, "\(line): \(ended)")
        var words = ended.output.split(separator: "\0", omittingEmptySubsequences: false)[...]
        var calls: [PastedCall] = []
        while let count = words.popFirst().flatMap({ Int($0) }) {
            let call = words.prefix(count).map(String.init)
            words = words.dropFirst(count)
            calls.append(
                PastedCall(
                    program: try #require(call.first), arguments: call.dropFirst(2),
                    input: call[1].hasPrefix("|") ? String(call[1].dropFirst()) : nil))
        }
        #expect(!calls.isEmpty, "\(line)")
        return calls
    }
}
