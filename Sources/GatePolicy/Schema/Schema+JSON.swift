extension Schema {
    /// What a text holds that says something.
    static let notBlank = "[^ \\n\\t]"

    /// The schema as JSON Schema 2020-12.
    public var json: JSONValue {
        guard case .object(var object) = Self.json(root) else { return Self.json(root) }
        object["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        object["title"] = .text(title)
        if !definitions.isEmpty { object["$defs"] = .object(definitions.mapValues(Self.json)) }
        return .object(object)
    }

    private static func json(_ form: Form) -> JSONValue {
        switch form {
        case .text(nil): ["type": "string"]
        case .text(let pattern?): ["type": "string", "pattern": .text(pattern)]
        case .word: ["type": ["string", "number", "boolean"], "pattern": .text(notBlank)]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .decimal: ["type": "number", "minimum": 0, "not": ["type": "integer"]]
        case .count: ["type": "integer", "minimum": 0]
        case .between(let least, let most):
            ["type": "integer", "minimum": .integer(least), "maximum": .integer(most)]
        case .flag: ["type": "boolean"]
        case .choice(let values): ["enum": .list(values)]
        case .list(let element): ["type": "array", "items": json(element)]
        case .either(let forms): ["anyOf": .list(forms.map(json))]
        case .named(let name): ["$ref": .text("#/$defs/\(name)")]
        case .nothing: ["type": "null"]
        case .limited(let form, let limits): json(form, limits)
        case .object(let properties, let others):
            .object([
                "type": "object",
                "properties": .object(
                    Dictionary(properties.map { ($0.name, json($0)) }, uniquingKeysWith: { first, _ in first })),
                "required": .list(properties.filter(\.isRequired).map { .text($0.name) }),
                "additionalProperties": others.map(json) ?? false,
            ])
        }
    }

    private static func json(_ form: Form, _ limits: Limits) -> JSONValue {
        guard case .object(var object) = json(form) else { return json(form) }
        if limits.atLeast > 0 {
            object[object["type"] == "array" ? "minItems" : "minProperties"] = .integer(Int64(limits.atLeast))
        }
        if let most = limits.atMost { object["maxItems"] = .integer(Int64(most)) }
        if let names = limits.names { object["propertyNames"] = ["pattern": .text(names)] }
        if !limits.oneOf.isEmpty { object["anyOf"] = .list(limits.oneOf.map { ["required": [.text($0)]] }) }
        return .object(object)
    }

    private static func json(_ property: Property) -> JSONValue {
        guard case .object(var object) = json(property.form) else { return json(property.form) }
        if !property.text.isEmpty { object["description"] = .text(property.text) }
        if let standard = property.standard { object["default"] = standard }
        return .object(object)
    }
}
