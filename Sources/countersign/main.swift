import CountersignCLI
import Foundation

exit(await Countersign.run(nil))
