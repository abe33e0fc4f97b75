// One JavaScript world: an isolate, its context, and the loop that both live on. The main program
// is one, and so is each worker.
//
// C++ calls JavaScript in one place only, CallbackScope (callback_scope.h). JavaScript calls C++
// through bindings (binding.h). What is only JavaScript stands in lib/.
#pragma once

#include <uv.h>
#include <v8.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "v8/modules.h"
#include "v8/phase_trace.h"
#include "v8/task_queue.h"

namespace violet::js {

struct ChannelEnd;

constexpr int kStatusFields = 14;

struct Options {
  std::string script;                  // a file, or empty
  std::optional<std::string> code;     // with -e
  std::vector<std::string> arguments;  // process.argv from the third on
  std::vector<std::string> engine_flags;
  std::string executable;
  std::size_t heap_limit = 0;  // a worker's, in bytes; 0 for V8's own
  bool traces_phases = false;
};

class Runtime;

// What C++ has made for a runtime, and frees with it at the latest.
class Owned {
 public:
  explicit Owned(Runtime& runtime);
  virtual ~Owned() { disown(); }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;

  // The runtime ends: no other thread may reach it any more.
  virtual void leave() {}
  Owned* next() const { return next_; }

 protected:
  void disown() {
    *link_ = next_;
    if (next_ != nullptr) next_->link_ = link_;
    next_ = nullptr;
    link_ = &next_;
  }

 private:
  Owned* next_;
  Owned** link_;  // what points here
};

class Runtime {
 public:
  // `parent` is a worker's channel to who made it.
  Runtime(uv_loop_t* loop, const Options& options, const ChannelEnd* parent = nullptr);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  // Called before the loop's handles close, for whoever reaches them from another thread.
  std::function<void()> on_closing;

  // Runs the program to its end; the exit code.
  int run();

  static Runtime& of(v8::Isolate* isolate) {
    return *static_cast<Runtime*>(isolate->GetData(kIsolateSlot));
  }

  uv_loop_t* loop() const { return loop_; }
  v8::Isolate* isolate() const { return isolate_; }
  v8::Local<v8::Context> context() const { return context_.Get(isolate_); }
  const Options& options() const { return options_; }
  const ChannelEnd* parent() const { return parent_; }
  ModuleTable& modules() { return modules_; }

  // The functions of lib/bootstrap.js that C++ calls.
  enum class Hook {
    kStart,          // runs the main program
    kDrainTicks,     // process.nextTick()'s queue, microtasks behind it
    kRunTimers,      // those that are due; in how many ms the next one is
    kRunImmediates,  // those that there are now; whether more wait
    kUncaught,       // true when a listener took the exception, else the text that tells of it
    kRejection,
    kBeforeExit,
    kExit,    // the exit code
    kImport,  // import(): a promise
    kImportMeta,
    kCount
  };
  v8::Local<v8::Function> hook(Hook which) const;
  void set_hook(Hook which, v8::Local<v8::Function> function);

  // Ends the process, or the worker, as soon as JavaScript gives control back.
  void exit(int code);
  bool is_exiting() const { return exiting_; }
  int exit_code() const { return exit_code_; }
  // Whether it was ended because its heap had reached the limit.
  bool is_out_of_memory() const { return is_out_of_memory_; }

  // Whether process.nextTick() has been called since the queue was last drained.
  std::uint8_t has_ticks[1] = {0};
  // Of the file that was last asked for.
  double file_status[kStatusFields] = {};
  int callback_depth = 0;
  Owned* owned = nullptr;  // the last one made
  PhaseTrace trace;
  // Whether somebody looks at async frames: they are kept from then on.
  bool uses_frames = false;

  // Of binding_message.cc: the class of ports, and the function that makes one that has arrived.
  v8::Global<v8::FunctionTemplate> port_class;
  v8::Global<v8::Function> port_maker;

  // An exception that nobody caught: tells the program's listeners, or prints it and exits with 1.
  // `origin` is for those listeners; empty for an exception.
  void report_uncaught(v8::Local<v8::Value> error, v8::Local<v8::Message> message,
                       v8::Local<v8::Value> origin = {});

 private:
  static constexpr std::uint32_t kIsolateSlot = 0;

  bool boot();
  void start_program();
  void spin();
  int finish();
  void close_all_handles();
  void limit_heap();

  uv_loop_t* loop_;
  Options options_;
  const ChannelEnd* parent_;
  std::unique_ptr<v8::ArrayBuffer::Allocator> buffers_;
  std::unique_ptr<TaskQueue> tasks_;
  v8::Isolate* isolate_ = nullptr;
  v8::Global<v8::Context> context_;
  v8::Global<v8::Function> hooks_[static_cast<int>(Hook::kCount)];
  ModuleTable modules_;
  bool exiting_ = false;
  bool is_out_of_memory_ = false;
  int exit_code_ = 0;
};

}  // namespace violet::js
