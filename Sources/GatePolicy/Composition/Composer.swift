/// Puts the files of a policy together: each is read by itself, and then they are looked at side by side.
struct Composer {
    /// A file that is part of the policy.
    struct File {
        var reading: FileReading
        let text: PolicyText
        let place: PolicyFilePlace
        let role: PolicyFileRole
        /// The files it includes, as far as they are at hand.
        var children: [Int] = []
        /// The `include` that brought it, and the file that this stands in; nil for a file nobody includes.
        var origin: (file: Int, span: SourceSpan)?
    }

    /// Files of a policy, its own and the included ones; what the organisation requires is not counted.
    static let maximumFiles = 10

    /// The repository that the policy is for.
    let repository: RepositoryName?
    let answer: (PolicyFilePlace) -> PolicyFileAnswer?
    var files: [File] = []
    /// The organisation's own file beside a repository's policy.
    var organization: Int?
    /// The file at the policy's own path.
    var root = 0
    /// What is asked of gates and parts besides their being approved where `gate("…")` looks at them, by name.
    var lookedAt: [String: Condition] = [:]
    /// Every place that is included, each once.
    private(set) var places: [PolicyFilePlace] = []
    private(set) var needs: [PolicyFilePlace] = []
    private(set) var unknowns: [Unknown] = []
    private(set) var unchecked: [PolicyFilePlace] = []
    /// Whether every included file is at hand.
    private(set) var isWhole = true
    private var isOverLimit = false
    private var byIdentity: [ExactText: Int] = [:]
    /// The files whose includes are being looked at, outermost first.
    private var open: [Int] = []

    init(repository: RepositoryName?, file: @escaping (PolicyFilePlace) -> PolicyFileAnswer?) {
        self.repository = repository
        answer = file
    }

    /// Adds what the organisation requires of every repository; the files that it includes have no say here.
    mutating func require(_ text: PolicyText, at place: PolicyFilePlace) {
        organization = files.count
        read(text, at: place, role: .required, origin: nil)
    }

    /// Adds the file at the policy's own path, and everything it includes.
    mutating func add(_ text: PolicyText, at place: PolicyFilePlace, role: PolicyFileRole) {
        root = files.count
        follow(read(text, at: place, role: role, origin: nil))
        if isOverLimit { needs = [] }
    }

    @discardableResult
    private mutating func read(
        _ text: PolicyText, at place: PolicyFilePlace, role: PolicyFileRole, origin: (Int, SourceSpan)?
    ) -> Int {
        let reading = FileReading(text.bytes, file: text.file, role: role)
        files.append(File(reading: reading, text: text, place: place, role: role, origin: origin))
        return files.count - 1
    }

    /// Looks at what a file includes.
    private mutating func follow(_ index: Int) {
        byIdentity[ExactText(files[index].text.identity)] = index
        open.append(index)
        for entry in files[index].reading.reader.included { include(entry, in: index) }
        open.removeLast()
    }

    private mutating func include(_ entry: IncludeEntry, in index: Int) {
        guard let place = place(of: entry, in: index) else { return }
        if !places.contains(place) {
            guard places.count + 1 < Self.maximumFiles else {
                if !isOverLimit {
                    error(
                        in: index, entry.span, "a policy is made of at most \(Self.maximumFiles) files",
                        hint: "put gates that are always used together into one file")
                }
                isOverLimit = true
                isWhole = false
                return
            }
            places.append(place)
        }
        switch answer(place) {
        case nil:
            if !needs.contains(place) { needs.append(place) }
            isWhole = false
        case .unchecked:
            if !unchecked.contains(place) { unchecked.append(place) }
            isWhole = false
        case .unknown(let unknown):
            if !unknowns.contains(unknown) { unknowns.append(unknown) }
            isWhole = false
        case .refused(let message, let hint):
            error(in: index, entry.span, message, hint: hint)
            isWhole = false
        case .text(let text):
            if let doubt = text.doubt { files[index].reading.reader.warning(entry.span, doubt) }
            include(text, at: place, entry, in: index)
        }
    }

    private mutating func include(
        _ text: PolicyText, at place: PolicyFilePlace, _ entry: IncludeEntry, in index: Int
    ) {
        if let known = byIdentity[ExactText(text.identity)] {
            if let start = open.firstIndex(of: known) {
                let circle = (open[start...].map { files[$0].text.file } + [files[known].text.file])
                    .joined(separator: " → ")
                error(
                    in: index, entry.span, "these files include each other: \(Quotation.inline(circle, limit: 300))",
                    hint: "take one `include` away")
            } else if !files[index].children.contains(known) {
                files[index].children.append(known)
            }
            return
        }
        let child = read(text, at: place, role: .included, origin: (index, entry.span))
        files[index].children.append(child)
        follow(child)
    }

    /// Where an entry leads; nil after reporting that it does not say which version.
    private mutating func place(of entry: IncludeEntry, in index: Int) -> PolicyFilePlace? {
        let base = files[index].place
        guard let named = entry.repository else {
            return PolicyFilePlace(
                repository: base.repository, path: entry.path, ref: entry.ref ?? base.ref?.description)
        }
        let other = repository.map { named.isSame(as: $0) } ?? false ? nil : named
        let isSame =
            switch (other, base.repository) {
            case (nil, nil): true
            case (let one?, let two?): one.isSame(as: two)
            default: false
            }
        if let ref = entry.ref ?? (isSame ? base.ref?.description : nil) {
            return PolicyFilePlace(repository: other, path: entry.path, ref: ref)
        }
        if isSame { return PolicyFilePlace(repository: other, path: entry.path) }
        error(
            in: index, entry.span, "this does not say which version of \(Quotation.inline("\(named)")) is meant",
            hint: "add a full commit id, a tag, or a protected or default branch: `@main`")
        return nil
    }

    /// Whether a file belongs to another repository than the policy is for.
    func isForeign(_ place: PolicyFilePlace) -> Bool {
        guard let other = place.repository else { return false }
        return !(repository.map { other.isSame(as: $0) } ?? false)
    }

    mutating func error(in file: Int, _ span: SourceSpan, _ message: String, hint: String? = nil) {
        files[file].reading.reader.error(span, message, hint: hint)
    }
}
