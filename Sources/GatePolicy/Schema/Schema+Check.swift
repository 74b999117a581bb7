extension Schema {
    /// What a document does that its schema does not allow.
    public struct Violation: Hashable, Sendable, CustomStringConvertible {
        /// Where: `reviews.known[2].state`; empty for the document itself.
        public var path: String
        /// What was found and what was expected.
        public var message: String
        /// What to do.
        public var hint: String?

        /// Where, what, and what to do, in one line.
        public var description: String {
            let place = path.isEmpty ? "the document" : "`\(path)`"
            return "\(place): \(message)" + (hint.map { ": \($0)" } ?? "")
        }
    }

    /// The document with the values that were not written, and everything that it does wrong, in order.
    public func check(_ document: JSONValue) -> (filled: JSONValue, violations: [Violation]) {
        var check = Check(definitions: definitions)
        let filled = check.fill(document, root, "")
        return (filled, check.violations)
    }

    private struct Check {
        let definitions: [String: Form]
        var violations: [Violation] = []

        mutating func refuse(_ path: String, _ message: String, hint: String? = nil) {
            violations.append(Violation(path: path, message: message, hint: hint))
        }

        mutating func fill(_ value: JSONValue, _ form: Form, _ path: String) -> JSONValue {
            switch (form, value) {
            case (.named(let name), _): return fill(value, definitions[name] ?? .nothing, path)
            case (.limited(let form, let limits), _):
                check(value, limits, path)
                return fill(value, form, path)
            case (.text(let pattern), .text(let text)):
                if let pattern, !Self.matches(text, pattern) {
                    let isEmpty = text.isEmpty
                    refuse(path, isEmpty ? "it is empty" : "\(Quotation.inline(text)) is not of the form `\(pattern)`")
                }
            case (.word, .text(let text)):
                if !Self.matches(text, Schema.notBlank) { refuse(path, "the text is empty") }
            case (.integer, .number(let number)), (.count, .number(let number)), (.between, .number(let number)):
                let isTooLarge = number.magnitude >= 9_223_372_036_854_775_808
                refuse(path, isTooLarge ? "the number is too large" : "expected a whole number, and found a fraction")
            case (.count, .integer(let number)) where number < 0:
                refuse(path, "`\(number)` is less than 0")
            case (.between(let least, let most), .integer(let number)) where number < least || number > most:
                refuse(path, "`\(number)` is not between \(least) and \(most)")
            case (.integer, .integer), (.count, .integer), (.between, .integer), (.flag, .flag), (.nothing, .null),
                (.word, .integer), (.word, .number), (.word, .flag), (.number, .integer), (.number, .number):
                break
            case (.decimal, .number(let number)):
                if number < 0 || number == number.rounded() { refuse(path, "expected a number with a fraction") }
            case (.choice(let choices), _):
                if choices.contains(value) { break }
                let words = choices.map(\.written)
                refuse(
                    path, "it cannot be `\(Quotation.visible(value.written, limit: 60))`",
                    hint: Suggestion.hint(for: value.written, among: words) ?? "write \(Quotation.list(words))")
            case (.list(let element), .list(let values)):
                return .list(values.enumerated().map { fill($1, element, "\(path)[\($0)]") })
            case (.object(let properties, let others), .object(let object)):
                return .object(fill(object, properties, others, path))
            case (.either(let forms), _): return fill(value, either: forms, path)
            case (_, .null):
                refuse(path, "expected \(form.kind), and found null", hint: "leave out what is not there")
            default: refuse(path, "expected \(form.kind), and found \(value.kind)")
            }
            return value
        }

        private mutating func check(_ value: JSONValue, _ limits: Limits, _ path: String) {
            let count: Int
            switch value {
            case .list(let values):
                count = values.count
                if let most = limits.atMost, count > most {
                    refuse(path, "it holds \(count), and the limit is \(most)")
                }
                if let key = limits.unique { refuseRepetitions(of: key, in: values, path) }
            case .object(let object):
                count = object.count
                if let names = limits.names {
                    for key in object.keys.sorted() where !Self.matches(key, names) {
                        refuse(path, "\(Quotation.inline(key)) is not of the form `\(names)`")
                    }
                }
                if !limits.oneOf.isEmpty, !limits.oneOf.contains(where: { object[$0] != nil }) {
                    refuse(path, "one of the keys \(Quotation.list(limits.oneOf)) is missing")
                }
            default: return
            }
            if count < limits.atLeast { refuse(path, "it holds \(count), and \(limits.atLeast) at least are needed") }
        }

        private mutating func refuseRepetitions(of key: String, in values: [JSONValue], _ path: String) {
            // Paths are bytes.
            var first: [ExactText: Int] = [:]
            for (index, value) in values.enumerated() {
                guard case .object(let object) = value, let found = object[key] else { continue }
                let (text, shown): (String, String)
                switch found {
                case .integer(let number): (text, shown) = ("\(number)", "\(number)")
                case .text(let found): (text, shown) = (found, Quotation.inline(found))
                default: continue
                }
                if let earlier = first[ExactText(text)] {
                    refuse("\(path)[\(index)]", "`\(key)` is \(shown), as of `\(path)[\(earlier)]`")
                } else {
                    first[ExactText(text)] = index
                }
            }
        }

        private mutating func fill(
            _ object: [String: JSONValue], _ properties: [Property], _ others: Form?, _ path: String
        ) -> [String: JSONValue] {
            var filled: [String: JSONValue] = [:]
            for property in properties {
                let place = path.isEmpty ? property.name : "\(path).\(property.name)"
                if let value = object[property.name] {
                    filled[property.name] = fill(value, property.form, place)
                } else if let standard = property.standard {
                    filled[property.name] = standard
                } else if property.isRequired {
                    refuse(path, "the key `\(property.name)` is missing")
                }
            }
            let names = properties.map(\.name)
            for (key, value) in object.sorted(by: { $0.key < $1.key }) where !names.contains(key) {
                if let others {
                    filled[key] = fill(value, others, path.isEmpty ? key : "\(path).\(key)")
                } else {
                    refuse(
                        path, "there is no key \(Quotation.inline(key)) here",
                        hint: Suggestion.hint(for: key, among: names.filter { object[$0] == nil })
                            ?? "its keys are \(Quotation.list(names, "and"))")
                }
            }
            return filled
        }

        /// The form that the value fits best tells what is wrong.
        private mutating func fill(_ value: JSONValue, either forms: [Form], _ path: String) -> JSONValue {
            var best: (filled: JSONValue, violations: [Violation])?
            let near = forms.filter { takes(value, $0) }
            if case .object(let object) = value {
                let meant = near.filter { $0.requiredKeys.contains { object[$0] != nil } }
                let keys = meant.flatMap(\.requiredKeys).filter { object[$0] != nil }
                if meant.count > 1, Set(keys).count == keys.count {
                    refuse(path, "\(Quotation.list(keys, "and")) exclude each other", hint: "keep one of them")
                    return value
                }
                if meant.count == 1 { return fill(value, meant[0], path) }
            }
            for form in near.isEmpty ? forms : near {
                var check = Check(definitions: definitions)
                let filled = check.fill(value, form, path)
                if best.map({ check.violations.count < $0.violations.count }) ?? true {
                    best = (filled, check.violations)
                }
            }
            violations += best?.violations ?? []
            return best?.filled ?? value
        }

        /// Whether a form is for this kind of value at all.
        private func takes(_ value: JSONValue, _ form: Form) -> Bool {
            switch (form, value) {
            case (.text, .text), (.integer, .integer), (.count, .integer), (.between, .integer), (.flag, .flag),
                (.nothing, .null), (.list, .list), (.object, .object), (.word, .text), (.word, .integer),
                (.word, .number), (.word, .flag), (.number, .integer), (.number, .number), (.decimal, .number):
                true
            case (.choice(let choices), _): choices.contains(value)
            case (.either(let forms), _): forms.contains { takes(value, $0) }
            case (.named(let name), _): definitions[name].map { takes(value, $0) } ?? false
            case (.limited(let form, _), _): takes(value, form)
            default: false
            }
        }

        private static func matches(_ text: String, _ pattern: String) -> Bool {
            guard let matcher = try? Matcher([pattern]) else { return false }
            return matcher.search(text) == .yes
        }
    }
}

extension Schema.Form {
    fileprivate var kind: String {
        switch self {
        case .text, .word: "a text"
        case .number: "a number"
        case .decimal: "a number with a fraction"
        case .integer, .count, .between: "a whole number"
        case .flag: "true or false"
        case .choice: "one of some words"
        case .list: "a list"
        case .object, .named: "an object"
        case .either(let forms): forms.map(\.kind).joined(separator: " or ")
        case .nothing: "null"
        case .limited(let form, _): form.kind
        }
    }

    /// What an object of this form must have.
    fileprivate var requiredKeys: [String] {
        if case .object(let properties, _) = self { properties.filter(\.isRequired).map(\.name) } else { [] }
    }
}

extension JSONValue {
    /// The value as it would be written in a sentence.
    var written: String {
        switch self {
        case .null: "null"
        case .flag(let flag): flag ? "true" : "false"
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .text(let text): text
        case .list: "[…]"
        case .object: "{…}"
        }
    }
}
