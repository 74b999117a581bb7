import Dispatch
import Synchronization

/// Threads of their own for those who answer: the forge, operators, people.
///
/// Whatever is read, decoded and decided runs on the threads that all tasks share, one a core. An author may make that
/// take long (a policy of many names, ten thousand comments); a delivery must get into the file all the same.
public final class AnsweringThreads: TaskExecutor {
    /// The ones of this process.
    public static let shared = AnsweringThreads(2)

    private struct Thread {
        let queue: DispatchQueue
        /// How much waits or runs there.
        var open = 0
    }

    private let threads: Mutex<[Thread]>

    init(_ count: Int) {
        threads = Mutex((1...count).map { Thread(queue: DispatchQueue(label: "countersign.answering.\($0)")) })
    }

    /// Runs a piece of a task on the thread that has the least to do.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (number, queue) = threads.withLock { threads in
            let number = threads.indices.min { threads[$0].open < threads[$1].open } ?? 0
            threads[number].open += 1
            return (number, threads[number].queue)
        }
        queue.async { [self] in
            job.runSynchronously(on: asUnownedTaskExecutor())
            threads.withLock { $0[number].open -= 1 }
        }
    }
}
