// Lives under faults. Each life runs in a forked child, once for each n with the n-th call of one
// kind failing, until a run has no n-th call any more.
//
//   fault_sweep               every life, kind and error
//   fault_sweep --short       the first error of each kind, and some n (a few seconds)
//   fault_sweep --used        without the lives that begin in a new process
//   fault_sweep --plain       every life without a fault
//   fault_sweep LIFE...       of these lives only
//   fault_sweep --only KIND   this kind only (or KIND:ERROR)
//   fault_sweep --here LIFE KIND:ERROR N    one run in this process, for a debugger
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "descriptors.h"
#include "injection.h"
#include "life.h"

namespace faults {
namespace {

constexpr unsigned kRunSeconds = 10;
constexpr unsigned kMostCalls = 2000;
constexpr unsigned kForEver = ~0u;
// What is tried again a few times must not only work the second time.
constexpr unsigned kSeveral = 5;

struct Options {
  bool plain = false;
  bool is_short = false;
  bool only_used = false;
  std::string only;
  std::vector<std::string> lives;
};

struct Outcome {
  bool passed;
  bool planted;
  std::string output;
};

struct Totals {
  unsigned runs = 0;
  unsigned planted = 0;
  unsigned failures = 0;
};

Record& shared_record() {
  static Record* const record = static_cast<Record*>(
      mmap(nullptr, sizeof(Record), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  return *record;
}

std::string scratch;

void make_scratch_folder() {
  const char* place = std::getenv("TMPDIR");
  scratch = std::string(place == nullptr ? "/tmp" : place) + "/faults-XXXXXX";
  if (mkdtemp(scratch.data()) == nullptr) broken("no folder for files: %s", std::strerror(errno));
}

// What the process keeps from its first loop on is not a leak.
long blocks_kept = 0;

void warm_up() {
  uv_loop_t loop;
  if (uv_loop_init(&loop) != 0) broken("there is no loop to begin with");
  uv_run(&loop, UV_RUN_NOWAIT);
  uv_loop_close(&loop);
  blocks_kept = live_blocks();
}

void check_nothing_is_left(const Descriptors& before, std::size_t kept) {
  // The pool and what it keeps.
  uv_library_shutdown();
  const long leaked = live_blocks() - blocks_kept;
  if (leaked > 0) broken("%ld blocks of memory leaked", leaked);
  const std::vector<std::string> opened = Descriptors().added_since(before);
  if (opened.size() > kept) broken("a descriptor leaked: %s", opened.front().c_str());
}

void run_life(const KnownLife& known, const Fault* fault, unsigned first, unsigned count) {
  count_allocations();
  const Descriptors before;
  const std::unique_ptr<Life> life = known.make();
  count_calls(&shared_record());
  if (fault != nullptr) plant(*fault, first, count);
  const int error = life->live();
  stop_counting();
  if (fault == nullptr && error != 0) broken("without a fault: %s", uv_err_name(error));
  check_nothing_is_left(before, life->kept_descriptors());
}

std::string read_all(int file) {
  std::string text;
  char part[4096];
  off_t offset = 0;
  for (ssize_t size; (size = pread(file, part, sizeof part, offset)) > 0; offset += size)
    text.append(part, static_cast<std::size_t>(size));
  return text;
}

std::string describe_status(int status) {
  if (WIFSIGNALED(status)) {
    if (WTERMSIG(status) == SIGALRM) return "hangs\n";
    return std::string("killed by ") + strsignal(WTERMSIG(status)) + "\n";
  }
  return WEXITSTATUS(status) == 0 ? ""
                                  : "exit status " + std::to_string(WEXITSTATUS(status)) + "\n";
}

Outcome run_in_child(const KnownLife& known, const Fault* fault, unsigned first, unsigned count) {
  Record& record = shared_record();
  for (std::atomic<unsigned>& calls : record.calls)
    calls = 0;
  record.planted = false;
  static const int output = memfd_create("output", MFD_CLOEXEC);
  if (ftruncate(output, 0) != 0) broken("no file for what a run says");
  const pid_t child = fork();
  if (child == 0) {
    dup2(output, STDERR_FILENO);
    lseek(output, 0, SEEK_SET);
    alarm(kRunSeconds);
    run_life(known, fault, first, count);
    _exit(0);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
  }
  return {status == 0, record.planted, read_all(output) + describe_status(status)};
}

void note(Totals& totals, const Outcome& outcome, const std::string& what) {
  ++totals.runs;
  if (outcome.planted) ++totals.planted;
  if (outcome.passed) return;
  ++totals.failures;
  std::printf("FAIL %s\n%s\n", what.c_str(), outcome.output.c_str());
  std::fflush(stdout);
}

// In the short form the first few, then fewer and fewer.
unsigned next_number(unsigned n, bool is_short) {
  return n + (is_short ? 1 + n / 4 : 1);
}

void sweep(const KnownLife& known, const Fault& fault, unsigned count, const Options& options,
           Totals& totals) {
  for (unsigned n = 1; n <= kMostCalls; n = next_number(n, options.is_short)) {
    const Outcome outcome = run_in_child(known, &fault, n, count);
    note(totals, outcome,
         std::string(known.name) + " " + describe(fault) + " " + std::to_string(n) +
             (count == 1          ? ""
              : count == kSeveral ? " and some after"
                                  : " and all after"));
    if (shared_record().calls[kind_named(fault.kind)] < n) return;
  }
}

bool is_wanted(const Options& options, const Fault& fault) {
  return options.only.empty() || options.only == fault.kind || options.only == describe(fault);
}

void sweep_life(const KnownLife& known, const Options& options, Totals& totals) {
  const Outcome plain = run_in_child(known, nullptr, 0, 0);
  note(totals, plain, std::string(known.name) + " without a fault");
  if (options.plain || !plain.passed) return;
  unsigned calls[kKindCount];
  for (std::size_t kind = 0; kind < kKindCount; ++kind)
    calls[kind] = shared_record().calls[kind];
  for (const Fault& fault : known_faults(!options.is_short)) {
    if (!is_wanted(options, fault) || calls[kind_named(fault.kind)] == 0) continue;
    sweep(known, fault, 1, options, totals);
    if (!options.is_short) sweep(known, fault, kSeveral, options, totals);
    if (fault.kind == kAllocation) sweep(known, fault, kForEver, options, totals);
  }
}

bool is_chosen(const Options& options, const KnownLife& known) {
  if (options.lives.empty()) return true;
  for (const std::string& name : options.lives) {
    if (name == known.name) return true;
  }
  return false;
}

int run_here(const std::string& life, const std::string& name, unsigned n) {
  make_scratch_folder();
  for (const KnownLife& known : known_lives()) {
    if (life != known.name) continue;
    for (const Fault& fault : known_faults(true)) {
      if (describe(fault) != name) continue;
      if (known.process == Process::kUsed) warm_up();
      run_life(known, &fault, n, 1);
      std::printf("%s\n", shared_record().planted ? "passed" : "not met");
      return 0;
    }
  }
  std::fprintf(stderr, "no such life or fault\n");
  return 2;
}

void sweep_lives(Process process, const Options& options, Totals& totals) {
  for (const KnownLife& known : known_lives()) {
    if (known.process != process || !is_chosen(options, known)) continue;
    const unsigned before = totals.runs;
    sweep_life(known, options, totals);
    std::printf("%s: %u runs\n", known.name, totals.runs - before);
    std::fflush(stdout);
  }
}

int sweep_all(const Options& options) {
  Totals totals;
  if (!options.only_used) sweep_lives(Process::kNew, options, totals);
  warm_up();
  sweep_lives(Process::kUsed, options, totals);
  std::printf("%u runs, %u with a fault, %u failures\n", totals.runs, totals.planted,
              totals.failures);
  if (!options.plain && totals.planted == 0) return 1;
  return totals.failures == 0 && totals.runs > 0 ? 0 : 1;
}

}  // namespace

std::string scratch_folder() {
  return scratch;
}

}  // namespace faults

int main(int count, char** arguments) {
  faults::Options options;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--here" && i + 3 < count) {
      return faults::run_here(arguments[i + 1], arguments[i + 2],
                              static_cast<unsigned>(std::atoi(arguments[i + 3])));
    }
    if (argument == "--short") {
      options.is_short = true;
    } else if (argument == "--used") {
      options.only_used = true;
    } else if (argument == "--plain") {
      options.plain = true;
    } else if (argument == "--only" && i + 1 < count) {
      options.only = arguments[++i];
    } else {
      options.lives.push_back(argument);
    }
  }
  // As every program that writes to sockets does.
  signal(SIGPIPE, SIG_IGN);
  faults::make_scratch_folder();
  const int verdict = faults::sweep_all(options);
  std::filesystem::remove_all(faults::scratch_folder());
  return verdict;
}
