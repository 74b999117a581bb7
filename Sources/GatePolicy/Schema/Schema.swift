/// The form of a document: it is printed as JSON Schema for editors, and documents are checked by it.
public struct Schema: Sendable {
    /// A form of values.
    public indirect enum Form: Sendable {
        /// Any text; `pattern` is a regular expression that it matches.
        case text(pattern: String? = nil)
        /// A text as it is written, also where YAML calls it a number or a flag.
        case word
        case integer
        /// A number, whole or not.
        case number
        /// A number that is not whole and not negative: a name that YAML takes for one.
        case decimal
        /// A whole number that is not negative.
        case count
        /// A whole number between two.
        case between(Int64, Int64)
        case flag
        /// One of these values.
        case choice([JSONValue])
        case list(Form)
        /// Named properties, and the form of every other one; nil where there are no others.
        case object([Property], others: Form? = nil)
        /// One of these forms.
        case either([Form])
        /// A form of the schema's definitions.
        case named(String)
        case nothing
        /// A form with limits to how it is filled.
        case limited(Form, Limits)
    }

    /// How a list or an object is filled.
    public struct Limits: Sendable {
        /// How many elements or properties there are at least.
        var atLeast = 0
        /// How many elements there are at most.
        var atMost: Int?
        /// The number of each element that no other has.
        var unique: String?
        /// A regular expression for the names of properties.
        var names: String?
        /// Properties of which one must be there.
        var oneOf: [String] = []
    }

    /// A property of an object.
    public struct Property: Sendable {
        var name: String
        var form: Form
        var isRequired: Bool
        /// The value it has where it is not written.
        var standard: JSONValue?
        var text: String

        /// A property.
        /// - Parameters:
        ///   - standard: the value it has where it is not written.
        ///   - text: what it means, for editors.
        init(
            _ name: String, _ form: Form, required: Bool = false, standard: JSONValue? = nil, _ text: String = ""
        ) {
            self.name = name
            self.form = form
            self.isRequired = required
            self.standard = standard
            self.text = text
        }
    }

    /// What it is a schema of.
    var title: String
    var root: Form
    var definitions: [String: Form]

    init(title: String, root: Form, definitions: [String: Form] = [:]) {
        self.title = title
        self.root = root
        self.definitions = definitions
    }
}
