// `violet run`: a program of its own, so that `violet doctor` needs no V8.
#include <uv.h>
#include <v8.h>

#include <csignal>
#include <cstdio>
#include <cstring>

#include "v8/runtime.h"

namespace violet::js {
namespace {

constexpr const char kUsage[] =
    "Usage: violet run [--backend NAME] [--trace-phases] [V8 flags] [FILE | -e CODE] [arguments]\n";

// What Node.js has besides V8 is for lib/ to look at.
constexpr std::string_view kForLibrary =
    " --unhandled-rejections --no-warnings --no-deprecation --trace-warnings --trace-uncaught "
    "--trace-deprecation --throw-deprecation --enable-source-maps ";

// False where the usage is to be told.
bool parse(int count, char** words, Options& options) {
  int at = 1;
  for (; at < count && words[at][0] == '-' && words[at][1] != '\0'; ++at) {
    if (std::strcmp(words[at], "-e") == 0 && at + 1 < count) {
      options.code = words[++at];
    } else if (std::strcmp(words[at], "--backend") == 0 && at + 1 < count) {
      uv_os_setenv("VIOLET_BACKEND", words[++at]);
    } else if (std::strcmp(words[at], "--help") == 0) {
      return false;
    } else if (std::strcmp(words[at], "--trace-phases") == 0) {
      options.traces_phases = true;
    } else {
      options.engine_flags.push_back(words[at]);
    }
  }
  // Without a file: standard input, on a terminal line by line.
  if (!options.code && at < count) options.script = words[at++];
  for (; at < count; ++at)
    options.arguments.push_back(words[at]);
  // `import data from './data.json' assert { type: 'json' }`
  v8::V8::SetFlagsFromString("--harmony-import-assertions");
  for (const std::string& flag : options.engine_flags)
    if (kForLibrary.find(' ' + flag.substr(0, flag.find('=')) + ' ') == std::string_view::npos)
      v8::V8::SetFlagsFromString(flag.data(), flag.size());
  return true;
}

int run(int count, char** words) {
  // Writing to a pipe that nobody reads is an error to be told, not the end.
  std::signal(SIGPIPE, SIG_IGN);
  words = uv_setup_args(count, words);
  Options options;
  if (!parse(count, words, options)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  char executable[4096];
  std::size_t size = sizeof(executable);
  if (uv_exepath(executable, &size) == 0) options.executable = {executable, size};
  uv_loop_t loop;
  if (const int error = uv_loop_init(&loop); error != 0) {
    std::fprintf(stderr, "violet: there is no loop: %s\n", uv_strerror(error));
    return 1;
  }
  int code = 0;
  {
    Runtime runtime(&loop, options);
    code = runtime.run();
  }
  uv_tty_reset_mode();
  uv_loop_close(&loop);
  return code;
}

}  // namespace
}  // namespace violet::js

int main(int count, char** words) {
  return violet::js::run(count, words);
}
