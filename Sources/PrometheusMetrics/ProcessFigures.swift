import CoreMetrics

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// What every program shows of itself, under the names that dashboards know: a restart, a leak and a want of files are seen.
public struct ProcessFigures: Sendable {
    /// The names.
    enum Name: String, CaseIterable {
        case start = "process_start_time_seconds"
        case memory = "process_resident_memory_bytes"
        case files = "process_open_fds"
    }

    /// Sentences about them, for `/metrics`.
    public static let help = [
        Name.start.rawValue: "When the process began, in seconds since 1970.",
        Name.memory.rawValue: "Memory of the process that is in use, in bytes.",
        Name.files.rawValue: "Files, sockets and pipes that the process has open.",
    ]

    private let start: Double
    private let folder: String

    /// Figures of this process.
    /// - Parameters:
    ///   - start: when it began, in seconds since 1970.
    ///   - folder: where the kernel tells of it.
    public init(start: Double, folder: String = "/proc/self") {
        self.start = start
        self.folder = folder
    }

    /// Takes them anew, for a reading that follows; what the kernel does not tell is not shown.
    public func record(in factory: PrometheusFactory) {
        func show(_ name: Name, _ value: Double?) {
            guard let value else { return }
            factory.makeMeter(label: name.rawValue, dimensions: []).set(value)
        }
        show(.start, start)
        show(.memory, memory.map(Double.init))
        show(.files, files.map(Double.init))
    }

    private var memory: Int? {
        guard let file = fopen("\(folder)/statm", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        let fields = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            .split(separator: " ")
        return fields.count > 1 ? Int(fields[1]).map { $0 * sysconf(Int32(_SC_PAGESIZE)) } : nil
    }

    private var files: Int? {
        guard let listing = opendir("\(folder)/fd") else { return nil }
        defer { closedir(listing) }
        var names = 0
        while readdir(listing) != nil { names += 1 }
        // `.`, `..`, and the list itself.
        return names - 3
    }
}
