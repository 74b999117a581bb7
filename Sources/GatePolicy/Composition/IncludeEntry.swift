/// An entry of `include`.
struct IncludeEntry: Hashable, Sendable {
    /// The repository; nil for the one of the file that wrote it.
    var repository: RepositoryName?
    var path: String
    var ref: String?
    /// Where it stands.
    var span: SourceSpan
}

extension DocumentReader {
    /// `include:`.
    mutating func includes(_ entry: DocumentNode.Entry?) {
        guard let entry else { return }
        guard case .list(let items) = entry.value.content else {
            error(
                entry.value.span, "`include` is a list of files, not \(entry.value.kind)",
                hint: "`include: [ \"acme/.countersign:base.yml@main\" ]`")
            return
        }
        if items.isEmpty { error(entry.value.span, "`include` names no file", hint: "name one, or take the key away") }
        for item in items {
            guard let text = text(item, of: "include"), let entry = include(text) else { continue }
            let isTwice = included.contains {
                $0.repository == entry.repository && $0.path.isExactly(entry.path)
                    && ($0.ref ?? "").isExactly(entry.ref ?? "")
            }
            if isTwice {
                error(entry.span, "\(Quotation.inline(text.string)) is included twice", hint: "keep one of them")
            } else {
                included.append(entry)
            }
        }
    }

    /// `[OWNER/REPOSITORY:]PATH[@REF]`.
    private mutating func include(_ text: SourceText) -> IncludeEntry? {
        var rest = text.string[...]
        var repository: RepositoryName?
        if let colon = rest.firstIndex(of: ":") {
            guard let name = RepositoryName(String(rest[..<colon])) else {
                error(
                    text.span, "\(Quotation.inline(String(rest[..<colon]))) is not the name of a repository",
                    hint: "write `acme/.countersign:base.yml@main`, or `base.yml` for a file of this repository")
                return nil
            }
            repository = name
            rest = rest[rest.index(after: colon)...]
        }
        var ref: String?
        if let sign = rest.lastIndex(of: "@") {
            ref = String(rest[rest.index(after: sign)...])
            rest = rest[..<sign]
        }
        guard isPath(rest, text.span), ref.map({ isRef($0, text.span) }) ?? true else { return nil }
        if repository == nil { doubtFolder(rest, ref, text.span) }
        return IncludeEntry(repository: repository, path: String(rest), ref: ref, span: text.span)
    }

    /// Doubts the organisation's repository written as a folder of this one.
    private mutating func doubtFolder(_ path: Substring, _ ref: String?, _ span: SourceSpan) {
        let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
        guard parts.count == 3, parts[1] == ".countersign", RepositoryName("\(parts[0])/\(parts[1])") != nil,
            let meant = Quotation.pasted("\(parts[0])/\(parts[1]):\(parts[2])@\(ref ?? "main")")
        else { return }
        warning(
            span, "this is a file of this repository, in a folder \(Quotation.inline("\(parts[0])/\(parts[1])"))",
            hint: "write \(meant) for a file of that repository, with the branch, tag or commit that is meant")
    }

    private mutating func isPath(_ path: Substring, _ span: SourceSpan) -> Bool {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let shown = Quotation.inline(String(path))
        if path.isEmpty {
            error(span, "this names no file", hint: "a file is its path in the repository, as in `policies/base.yml`")
        } else if path.hasPrefix("/") {
            error(span, "\(shown) begins with `/`", hint: "a path begins at the repository's root, without a `/`")
        } else if segments.contains(where: { $0.elementsEqual("..".utf8) || $0.elementsEqual(".".utf8) }) {
            error(
                span, "\(shown) holds `.` or `..`",
                hint: "a path is written from the repository's root, and never leads out of it")
        } else if segments.contains(where: \.isEmpty) || path.utf8.count > 400 || !Self.isPlain(path)
            || path.contains("\\")
        {
            error(span, "\(shown) is not the path of a file", hint: "for example `policies/base.yml`")
        } else {
            return true
        }
        return false
    }

    private mutating func isRef(_ ref: String, _ span: SourceSpan) -> Bool {
        if !ref.isEmpty, ref != ".", ref != "..", ref.utf8.count <= 250, Self.isPlain(ref[...]),
            !ref.unicodeScalars.contains(where: { $0 == " " || $0 == "\\" })
        {
            return true
        }
        error(
            span, "\(Quotation.inline(ref)) is not the name of a version",
            hint: "after `@` stands a full commit id, a tag, or a protected or default branch")
        return false
    }

    private static func isPlain(_ text: Substring) -> Bool { text.unicodeScalars.allSatisfy(Quotation.isVisible) }
}
