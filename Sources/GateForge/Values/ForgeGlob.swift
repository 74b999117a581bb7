/// A glob as the forge reads it: of required contexts, whose `*` crosses everything, and of the names of rules, whose
/// `*` ends at `/`.
public struct ForgeGlob: Hashable, Sendable {
    /// As it was written.
    public let text: String
    private let separators: Set<Unicode.Scalar>
    private let atoms: [Atom]?

    private indirect enum Atom: Hashable, Sendable {
        case literal(Unicode.Scalar)
        case anything
        case anyInPart
        case anyOne
        case set([ClosedRange<UInt32>], isNegated: Bool)
        case oneOf([[Atom]])
    }

    /// A glob.
    /// - Parameter separators: what `*` and `?` do not cross.
    public init(_ text: String, separators: Set<Unicode.Scalar> = []) {
        self.text = text
        self.separators = separators
        var scalars = Array(text.unicodeScalars)[...]
        let parsed = Self.parse(&scalars, isNested: false)
        atoms = scalars.isEmpty ? parsed : nil
    }

    /// What has a meaning of its own in a glob.
    static let specials: Set<Unicode.Scalar> = ["*", "?", "\\", "[", "]", "{", "}"]

    /// A glob that matches one text and nothing else.
    public static func escaped(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.flatMap { specials.contains($0) ? ["\\", $0] : [$0] }))
    }

    /// Whether the forge can use it.
    public var compiles: Bool { atoms != nil }
    /// Whether it is a name and nothing else.
    public var isLiteral: Bool {
        atoms?.allSatisfy { if case .literal = $0 { true } else { false } } ?? false
    }

    /// Whether it matches a text; one that does not compile matches nothing.
    public func matches(_ text: String) -> Bool {
        guard let atoms else { return false }
        var budget = 100_000
        return match(atoms[...], Array(text.unicodeScalars)[...], &budget)
    }

    private static func parse(_ scalars: inout ArraySlice<Unicode.Scalar>, isNested: Bool) -> [Atom]? {
        var atoms: [Atom] = []
        while let scalar = scalars.first {
            if isNested, scalar == "," || scalar == "}" { return atoms }
            scalars.removeFirst()
            switch scalar {
            case "*":
                let isDouble = scalars.first == "*"
                scalars = scalars.drop { $0 == "*" }
                atoms.append(isDouble ? .anything : .anyInPart)
            case "?": atoms.append(.anyOne)
            case "\\":
                guard let next = scalars.popFirst() else { return nil }
                atoms.append(.literal(next))
            case "[":
                guard let set = set(&scalars) else { return nil }
                atoms.append(set)
            case "{":
                var choices: [[Atom]] = []
                while true {
                    guard let choice = parse(&scalars, isNested: true), let end = scalars.popFirst() else { return nil }
                    choices.append(choice)
                    if end == "}" { break }
                }
                atoms.append(.oneOf(choices))
            default: atoms.append(.literal(scalar))
            }
        }
        return isNested ? nil : atoms
    }

    private static func set(_ scalars: inout ArraySlice<Unicode.Scalar>) -> Atom? {
        let isNegated = scalars.first == "!"
        if isNegated { scalars.removeFirst() }
        var ranges: [ClosedRange<UInt32>] = []
        while let scalar = scalars.popFirst() {
            if scalar == "]" { return ranges.isEmpty ? nil : .set(ranges, isNegated: isNegated) }
            if scalars.first == "-", let end = scalars.dropFirst().first, end != "]" {
                guard scalar.value <= end.value else { return nil }
                ranges.append(scalar.value...end.value)
                scalars.removeFirst(2)
            } else {
                ranges.append(scalar.value...scalar.value)
            }
        }
        return nil
    }

    private func match(
        _ atoms: ArraySlice<Atom>, _ text: ArraySlice<Unicode.Scalar>, _ budget: inout Int
    ) -> Bool {
        budget -= 1
        guard budget > 0, let atom = atoms.first else { return atoms.isEmpty && text.isEmpty }
        let rest = atoms.dropFirst()
        switch atom {
        case .literal(let scalar): return text.first == scalar && match(rest, text.dropFirst(), &budget)
        case .anyOne:
            guard let scalar = text.first, !separators.contains(scalar) else { return false }
            return match(rest, text.dropFirst(), &budget)
        case .set(let ranges, let isNegated):
            guard let scalar = text.first else { return false }
            return ranges.contains { $0.contains(scalar.value) } != isNegated && match(rest, text.dropFirst(), &budget)
        case .anything, .anyInPart:
            let part = atom == .anyInPart ? text.prefix { !separators.contains($0) } : text
            for skipped in 0...part.count where match(rest, text.dropFirst(skipped), &budget) { return true }
            return false
        case .oneOf(let choices):
            for choice in choices where match(choice[...] + rest, text, &budget) { return true }
            return false
        }
    }
}
