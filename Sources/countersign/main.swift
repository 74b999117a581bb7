import CountersignCLI
import Foundation

// A stream that is closed must not become the next file or connection that is opened.
for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
    _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
}
// A reader that goes is an error of the write, and ends nothing.
signal(SIGPIPE, SIG_IGN)
exit(await Countersign.run(nil))
