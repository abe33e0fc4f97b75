#pragma once

namespace cli {

// `violet bench`: becomes the harness of the source tree in which this program was built, or waits
// for it. Returns the exit status. `words` begin with "bench" and end with null.
int run_bench(char** words);

}  // namespace cli
