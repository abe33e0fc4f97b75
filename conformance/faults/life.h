// What the lives share. A life is a small, honest program: what a call refuses is not owed to it;
// at the first error, wherever it shows, it gives up: it closes every handle and lets the loop run
// to its end.
#pragma once

#include <uv.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ledger.h"

namespace faults {

class Life {
 public:
  virtual ~Life() = default;

  // The whole life, with a loop of its own. Returns the error that ended it early, or 0.
  int live();
  // Descriptors that the library is known to keep for good.
  virtual std::size_t kept_descriptors() const { return 0; }

 protected:
  // Starts what is to happen; the loop runs afterwards. Returns the error of a call, or 0.
  virtual int begin() = 0;
  // After the loop has run to its end: what a life without faults has to have seen.
  virtual bool is_complete() const = 0;
  // What is not in the loop: files, descriptors of the life's own.
  virtual void clean_up() {}

  // A handle is about to be closed, which may release the library from a callback.
  virtual void lets_go_of(uv_handle_t*) {}

  // Takes note of an error: true, and the life gives up, if it is one.
  bool failed(int status);
  void give_up();
  bool gave_up() const { return gave_up_; }
  // Closes a handle, if nobody has; all that the loop shows, for give_up().
  void close(uv_handle_t* handle);
  template <typename Handle>
  void close(Handle& handle) {
    close(reinterpret_cast<uv_handle_t*>(&handle));
  }

  // Does a call which, if it succeeds, owes a callback for `object`.
  template <typename Call>
  int owing(const void* object, const char* what, Call call) {
    // First: the callback of an honest library comes later, that of another one is noticed.
    ledger.owe(object, what);
    int result = call();
    if (result != 0) ledger.pay(object, what);
    return result;
  }

  template <typename Handle>
  Handle* own(Handle* handle) {
    handle->data = this;
    return handle;
  }

  uv_loop_t loop;
  Ledger ledger;

 private:
  int first_error_ = 0;
  bool gave_up_ = false;
};

// The life of a handle or request whose `data` is its life.
template <typename Type, typename Object>
Type& life_of(Object* object) {
  return *static_cast<Type*>(object->data);
}

// Whether a life begins in a process that has had a loop already. In a new one the library finds
// out first what the kernel offers.
enum class Process : unsigned char { kUsed, kNew };

struct KnownLife {
  const char* name;
  Process process;
  std::unique_ptr<Life> (*make)();
};

std::vector<KnownLife>& known_lives();

// A file of lives says `const Registered<TcpLife> registered("tcp");`.
template <typename Type>
class Registered {
 public:
  explicit Registered(const char* name, Process process = Process::kUsed) {
    known_lives().push_back(
        {name, process, []() -> std::unique_ptr<Life> { return std::make_unique<Type>(); }});
  }
};

// Where files may be made; removed after the run.
std::string scratch_folder();

}  // namespace faults
