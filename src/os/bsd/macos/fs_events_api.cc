#include "os/bsd/macos/fs_events_api.h"

#include <dlfcn.h>
#include <unistd.h>

#include "os/thread.h"

namespace violet {
namespace {

constexpr const char* kServices =
    "/System/Library/Frameworks/CoreServices.framework/Versions/A/CoreServices";
constexpr const char* kFoundation =
    "/System/Library/Frameworks/CoreFoundation.framework/Versions/A/CoreFoundation";

// Whoever has another number is a forked child.
const pid_t kLoadingProcess = getpid();

FsEventsApi api;
bool is_complete = false;
Once loading;

template <typename Function>
bool find(void* library, const char* name, Function& function) {
  void* symbol = dlsym(library, name);
  function = reinterpret_cast<Function>(symbol);
  return symbol != nullptr;
}

// Never closed: its threads outlive any use that we know of.
void load() {
  void* services = dlopen(kServices, RTLD_LAZY | RTLD_LOCAL);
  void* foundation = dlopen(kFoundation, RTLD_LAZY | RTLD_LOCAL);
  if (services == nullptr || foundation == nullptr) return;
  is_complete = find(services, "FSEventStreamCreate", api.create_stream) &&
                find(services, "FSEventStreamSetDispatchQueue", api.set_queue) &&
                find(services, "FSEventStreamStart", api.start) &&
                find(services, "FSEventStreamStop", api.stop) &&
                find(services, "FSEventStreamInvalidate", api.invalidate) &&
                find(services, "FSEventStreamRelease", api.release_stream) &&
                find(foundation, "CFStringCreateWithFileSystemRepresentation", api.create_path) &&
                find(foundation, "CFArrayCreate", api.create_array) &&
                find(foundation, "kCFTypeArrayCallBacks", api.array_callbacks) &&
                find(foundation, "CFRelease", api.release) &&
                find(RTLD_DEFAULT, "dispatch_queue_create", api.create_queue) &&
                find(RTLD_DEFAULT, "dispatch_sync_f", api.run_on_queue) &&
                find(RTLD_DEFAULT, "dispatch_release", api.release_queue);
}

}  // namespace

const FsEventsApi* fs_events_api() {
  if (getpid() != kLoadingProcess) return nullptr;
  loading.call(load);
  return is_complete ? &api : nullptr;
}

}  // namespace violet
