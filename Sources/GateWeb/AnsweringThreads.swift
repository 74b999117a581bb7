import Dispatch
import Synchronization

/// Threads of their own for those who answer: the forge, operators, people.
///
/// Whatever is read, decoded and decided runs on the threads that all tasks share, one a core. An author may make that
/// take long (a policy of many names, ten thousand comments); a delivery must get into the file all the same.
public final class AnsweringThreads: TaskExecutor {
    /// The ones of this process.
    public static let shared = AnsweringThreads(2)

    private struct State {
        var jobs = WaitingLine<UnownedJob>()
        /// Threads that have nothing to do.
        var idle: [DispatchQueue]
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(idle: (1...count).map { DispatchQueue(label: "countersign.answering.\($0)") }))
    }

    /// Runs a piece of a task on the first thread that is free: nothing waits behind what takes long while another is.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let thread = state.withLock { state in
            state.jobs.append(job)
            return state.idle.popLast()
        }
        thread?.async { [self] in work(on: thread) }
    }

    private func work(on thread: DispatchQueue?) {
        while let job = take(or: thread) { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    /// What waits for longest; without anything the thread is idle from then on.
    private func take(or thread: DispatchQueue?) -> UnownedJob? {
        state.withLock { state in
            if let job = state.jobs.take() { return job }
            if let thread { state.idle.append(thread) }
            return nil
        }
    }
}

/// Those who wait, first come, first served.
struct WaitingLine<Element> {
    private var elements: [Element] = []
    /// Where those begin who were not taken yet.
    private var next = 0

    /// Places that are held, those of the taken ones that were not given back yet included.
    var length: Int { elements.count }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func take() -> Element? {
        guard next < elements.count else { return nil }
        let element = elements[next]
        next += 1
        // Under a load that never ends somebody always waits: the places of the taken ones are given back all the same.
        if next == elements.count || (next >= Self.few && next * 2 >= elements.count) {
            elements.removeSubrange(..<next)
            next = 0
        }
        return element
    }

    private static var few: Int { 1024 }
}
