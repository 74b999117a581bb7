extension Composer {
    /// The files that a file includes, directly or through others, in their order.
    func descendants(of index: Int) -> [Int] {
        var found: [Int] = []
        var open = Array(files[index].children.reversed())
        while let next = open.popLast() {
            if found.contains(next) { continue }
            found.append(next)
            open += files[next].children.reversed()
        }
        return found
    }

    /// The gates of a file that other files may speak of.
    private func gateNames(of index: Int) -> Set<String> {
        let reader = files[index].reading.reader
        return Set(reader.names.keys).subtracting(reader.partNames)
    }

    /// The file among those that a file includes which has a gate or part of a name.
    func owner(of name: String, below index: Int, parts: Bool = false) -> Int? {
        descendants(of: index).first { below in
            let reader = files[below].reading.reader
            return reader.names[name] != nil && reader.partNames.contains(name) == parts
        }
    }

    /// What a name in a file may mean: what the file says itself, and gates of the files it includes.
    func visibleNames(in index: Int) -> Set<String> {
        descendants(of: index).reduce(into: Set(files[index].reading.reader.names.keys)) {
            $0.formUnion(gateNames(of: $1))
        }
    }

    /// Whether a gate was replaced by a file that includes it; a part cannot be.
    func isOverridden(_ name: String, in index: Int) -> Bool {
        !files[index].reading.reader.partNames.contains(name)
            && inOrder.contains { above in
                files[above].reading.reader.overriding[name] != nil && descendants(of: above).contains(index)
            }
    }

    mutating func checkOverrides() {
        let overrides = inOrder.contains { !files[$0].reading.reader.overriding.isEmpty }
        let underLock = overrides ? placesUnderLock() : [:]
        for index in inOrder {
            for (name, span) in files[index].reading.reader.overriding.sorted(by: { $0.key < $1.key }) {
                let owners = descendants(of: index).filter { gateNames(of: $0).contains(name) }
                if let owner = owners.first(where: { files[$0].reading.reader.locked.contains(name) }) {
                    error(
                        in: index, span, "`\(name)` is locked by \(told(name, in: owner)) and cannot be overridden",
                        hint: "give this gate another name, or take it away")
                } else if let lock = owners.lazy.compactMap({ underLock[Place($0, name)] }).first {
                    error(
                        in: index, span,
                        "`\(name)` cannot be overridden: `\(lock.name)`, which \(told(lock.name, in: lock.file)) locks, looks "
                            + "at it",
                        hint: "give this gate another name, or take it away")
                } else if owners.isEmpty, isWhole {
                    let below = descendants(of: index).reduce(into: Set<String>()) { $0.formUnion(gateNames(of: $1)) }
                    error(
                        in: index, span, "`\(name)` overrides nothing: no included file has a gate of that name",
                        hint: Suggestion.hint(for: name, among: below) ?? "take `override` away")
                }
            }
        }
    }

    /// A gate or part of a file.
    private struct Place: Hashable {
        let file: Int
        let name: String

        init(_ file: Int, _ name: String) { (self.file, self.name) = (file, name) }
    }

    /// What locked gates look at by `gate("…")` or `clear("…")`, themselves or through others, and which of them does:
    /// another gate in such a place would make the locked one another one as well.
    private func placesUnderLock() -> [Place: Place] {
        var found: [Place: Place] = [:]
        var open: [(place: Place, lock: Place)] = []
        for file in inOrder {
            for gate in files[file].reading.reader.locked.sorted() {
                open.append((Place(file, gate), Place(file, gate)))
            }
        }
        while let (place, lock) = open.popLast() {
            let reader = files[place.file].reading.reader
            for name in Set((reader.references[place.name] ?? []).map(\.name)).sorted() {
                guard let owner = reader.names[name] != nil ? place.file : owner(of: name, below: place.file) else {
                    continue
                }
                let next = Place(owner, name)
                guard found[next] == nil else { continue }
                found[next] = lock
                open.append((next, lock))
            }
        }
        return found
    }

    /// All names of a policy are distinct; what an including file replaced does not count.
    mutating func checkNames() {
        var taken: [String: Int] = [:]
        var count = 0
        let reached = organization.map { reachedFromRequired(in: $0) } ?? []
        for index in (requiresNothing ? [] : [organization].compactMap(\.self)) + inOrder.reversed() {
            for (name, span) in files[index].reading.reader.names.sorted(by: { $0.key < $1.key }) {
                if index == organization, !reached.contains(name) { continue }
                if isOverridden(name, in: index) { continue }
                count += 1
                if let other = taken[name] { clash(name, span, index, other) } else { taken[name] = index }
            }
        }
        if count > PolicyLimits.gates, inOrder.count > 1 {
            error(
                in: root, origin(of: inOrder[1]),
                "a policy has at most \(PolicyLimits.gates) gates and parts together, and with its files this has \(count)"
            )
        }
    }

    private mutating func clash(_ name: String, _ span: SourceSpan, _ index: Int, _ other: Int) {
        let place = index == root ? span : origin(of: index)
        if other == organization {
            error(
                in: root, place, "the name `\(name)` is taken by \(told(name, in: other)), which every repository gets",
                hint: "choose another name: a gate that the organisation requires is locked in every key")
            return
        }
        let canOverride =
            !files[index].reading.reader.partNames.contains(name) && descendants(of: index).contains(other)
            && gateNames(of: other).contains(name) && !files[other].reading.reader.locked.contains(name)
        let whose = index == root ? "" : " in `\(files[index].text.file)`"
        error(
            in: root, place, "the name `\(name)`\(whose) is taken by \(told(name, in: other))",
            hint: canOverride
                ? "write `override: true` in the gate to replace that one whole, or choose another name"
                : "all names of a policy are distinct: choose another one")
    }

    /// Where a gate or part stands, for messages.
    func told(_ name: String, in index: Int) -> String {
        let line = files[index].reading.reader.names[name].map { ":\($0.line)" } ?? ""
        return "`\(files[index].text.file)\(line)`"
    }

    /// The entry of the policy's own file that brought a file.
    func origin(of index: Int) -> SourceSpan {
        var index = index
        while let origin = files[index].origin {
            if origin.file == root { return origin.span }
            index = origin.file
        }
        return SourceSpan(file: files[index].text.file, line: 1, column: 1)
    }
}
