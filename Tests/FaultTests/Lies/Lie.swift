@testable import GiteaSimulator

/// One answer told otherwise than it is.
struct Lie: Sendable, CustomStringConvertible {
    /// A step from an answer's body down to what is changed in it.
    enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    /// What is done.
    enum Change: Sendable {
        /// To a key and its value.
        case leaveOut, rename(String), double(with: JSON, first: Bool)
        /// To any value.
        case put(JSON)
        /// To an element of a list; the count in the header follows, or not.
        case take(counted: Bool), twice(counted: Bool)
        case reverse, empty(counted: Bool)
        /// To the answer as a whole.
        case status(Int, String?), half, header(String, String?), redirect(Int, String), answer(Exchange.Question)
    }

    /// What a class of lies has in common: for these it is said whether they can be noticed.
    enum Kind: String, Sendable, Comparable {
        case leftOut = "left out"
        case null
        case otherType = "of another type"
        case doubled
        case otherCase = "in another case"
        case repeated
        case reversed
        case shortened
        /// The count tells of one fewer, or there is none.
        case shortenedWithItsCount = "shortened, and its count"
        case refused = "another status"
        case cutOff = "cut off"
        case header = "a header"
        case redirected
        case foreign = "another call's answer"
        /// Another value of the right type.
        case value = "another value"

        static func < (one: Kind, other: Kind) -> Bool { one.rawValue < other.rawValue }
    }

    var question: Exchange.Question
    var path: [Step]
    var change: Change
    var kind: Kind
    /// What is told in the place of the truth.
    var told: String
    /// Whether only the first of several answers to the same question lies.
    var isFirstOnly = false

    /// `[].user.id`.
    var place: String {
        path.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index: text += "[]"
            }
        }
    }

    /// Lies that are noticed, or not, for the same reason.
    var species: Species { Species(call: question.pattern, place: place, kind: kind) }

    struct Species: Hashable, Sendable, Comparable, CustomStringConvertible {
        var call: String
        var place: String
        var kind: Kind

        var description: String { "\(call) | \(place) | \(kind.rawValue)" }

        static func < (one: Species, other: Species) -> Bool {
            (one.call, one.place, one.kind) < (other.call, other.place, other.kind)
        }
    }

    var description: String {
        let exact = path.map { step in
            switch step {
            case .key(let key): ".\(key)"
            case .index(let index): "[\(index)]"
            }
        }.joined()
        return "\(question): \(exact) \(kind.rawValue): \(told)\(isFirstOnly ? ", the first time" : "")"
    }

    /// The answer that is given in the place of an honest one.
    func told(of exchange: Exchange, among others: [Exchange.Question: Exchange]) -> APIResponse {
        var answer = exchange.answer
        switch change {
        case .status(let status, let message):
            answer =
                message.map { APIResponse.json(status, ["message": .string($0), "errors": nil]) } ?? .empty(status)
        case .half: answer.body = Array(answer.body.prefix(answer.body.count / 2))
        case .header(let name, let value):
            answer.headers.removeAll { $0.name.lowercased() == name.lowercased() }
            if name == "Content-Type" {
                answer.contentType = value
            } else if let value {
                answer.headers.append((name, value))
            }
        case .redirect(let status, let place):
            answer = .empty(status)
            answer.headers = [("Location", place)]
        case .answer(let other): return others[other]?.answer ?? answer
        case .leaveOut, .rename, .double, .put, .take, .twice, .reverse, .empty:
            guard var body = exchange.body else { return answer }
            let difference = body.change(path[...], change)
            answer.body = Array(body.text.utf8)
            let count = answer.headers.firstIndex { $0.name == "X-Total-Count" }
            if difference != 0, let count, let honest = Int(answer.headers[count].value) {
                answer.headers[count].value = String(honest + difference)
            }
        }
        return answer
    }
}

extension JSON {
    /// Changes what is at the end of a path.
    /// - Returns: by how much the count of a list is told to differ.
    fileprivate mutating func change(_ path: ArraySlice<Lie.Step>, _ change: Lie.Change) -> Int {
        guard let step = path.first else { return changeWhole(change) }
        let rest = path.dropFirst()
        switch (self, step) {
        case (.object(var members), .key(let key)):
            guard let index = members.firstIndex(where: { $0.key == key }) else { return 0 }
            var difference = 0
            switch change {
            case .leaveOut where rest.isEmpty: members.remove(at: index)
            case .rename(let other) where rest.isEmpty: members[index].key = other
            case .double(let other, let first) where rest.isEmpty:
                members.insert(Member(key, other), at: first ? index : index + 1)
            default: difference = members[index].value.change(rest, change)
            }
            self = .object(members)
            return difference
        case (.array(var elements), .index(let index)):
            guard elements.indices.contains(index) else { return 0 }
            var difference = 0
            switch change {
            case .take(let counted) where rest.isEmpty:
                elements.remove(at: index)
                difference = counted ? -1 : 0
            case .twice(let counted) where rest.isEmpty:
                elements.insert(elements[index], at: index)
                difference = counted ? 1 : 0
            default: difference = elements[index].change(rest, change)
            }
            self = .array(elements)
            return difference
        default: return 0
        }
    }

    private mutating func changeWhole(_ change: Lie.Change) -> Int {
        switch (change, self) {
        case (.put(let other), _): self = other
        case (.reverse, .array(let elements)): self = .array(elements.reversed())
        case (.empty(let counted), .array(let elements)):
            self = []
            return counted ? -elements.count : 0
        default: break
        }
        return 0
    }
}
