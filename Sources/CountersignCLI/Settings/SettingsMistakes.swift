/// Mistakes in settings, each of which is told: who mends one shall not find the next by trying.
struct SettingsMistakes {
    private var errors: [SettingsError] = []

    /// Reads something, and goes on after a mistake; nil is what could not be read.
    mutating func noting<Value>(_ read: () throws(SettingsError) -> Value) -> Value? {
        do throws(SettingsError) { return try read() } catch {
            note(error)
            return nil
        }
    }

    /// Notes a mistake.
    mutating func note(_ error: SettingsError) { if !errors.contains(error) { errors.append(error) } }

    /// Notes several.
    mutating func note(_ several: [SettingsError]) { several.forEach { note($0) } }

    /// The one mistake, or all of them in one, a line each; nil for none.
    var error: SettingsError? { errors.count > 1 ? SettingsError(all: errors) : errors.first }

    /// Goes on only where there was none.
    func requireNone() throws(SettingsError) { if let error { throw error } }

    /// What could be read, for all of it could.
    func value<Value>(_ value: Value?) throws(SettingsError) -> Value {
        guard let value else { throw error ?? SettingsError("a setting cannot be read") }
        return value
    }
}
