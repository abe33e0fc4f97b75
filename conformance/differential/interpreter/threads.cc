// Asyncs, and work on the thread pool.
#include "machine.h"

namespace differential {
namespace {

struct Async : Handle {
  using Handle::Handle;
  bool awaits() const override { return Handle::awaits() || (is_open() && sent); }
  bool keeps_from_waiting() const override {
    return Handle::keeps_from_waiting() || (is_open() && sent);
  }

  bool sent = false;  // Since the last callback began.
};

void woken(uv_async_t* uv_async) {
  Async& async = object_of<Async>(uv_async);
  async.sent = false;
  phase_callback(async, "async");
}

void async_init(Machine& machine, const Op& op) {
  Async* async = machine.obtain_unused<Async>(op.word(0));
  if (async == nullptr) return trace_skip(op);
  async->sent = false;
  initialized(*async, op, uv_async_init(&machine.loop, &async->memory.async, woken));
}

void async_send(Machine& machine, const Op& op) {
  Async* async = machine.find_open<Async>(op.word(0));
  if (async == nullptr) return trace_skip(op);
  async->sent = true;
  trace_result(op,
               machine.call("uv_async_send", [&] { return uv_async_send(&async->memory.async); }));
}

struct Sender {
  uv_async_t* async;
  long times;
};

void send_from_thread(void* argument) {
  Sender& sender = *static_cast<Sender*>(argument);
  for (long i = 0; i < sender.times; ++i)
    uv_async_send(sender.async);
}

void async_thread(Machine& machine, const Op& op) {
  Async* async = machine.find_open<Async>(op.word(0));
  if (async == nullptr) return trace_skip(op);
  async->sent = true;
  Sender sender{&async->memory.async, op.number(1, 1)};
  uv_thread_t thread;
  int result = uv_thread_create(&thread, send_from_thread, &sender);
  if (result == 0) uv_thread_join(&thread);
  trace_result(op, result);
}

struct Work : Request {
  Work(Machine& owner, std::string its_name) : Request(owner, std::move(its_name)) {
    uv_sem_init(&started, 0);
    uv_sem_init(&gate, 0);
  }
  ~Work() override {
    uv_sem_destroy(&started);
    uv_sem_destroy(&gate);
  }
  bool awaits() const override { return pending && !held; }

  bool held = false;
  bool canceled = false;
  bool surely_waiting = false;  // Every thread of the pool was occupied when it was queued.
  uv_sem_t started;
  uv_sem_t gate;
  int runs = 0;
};

void run_work(uv_work_t* request) {
  ++object_of<Work>(request).runs;
}

void run_held_work(uv_work_t* request) {
  Work& work = object_of<Work>(request);
  ++work.runs;
  uv_sem_post(&work.started);
  uv_sem_wait(&work.gate);
}

void work_done(uv_work_t* request, int status) {
  Work& work = object_of<Work>(request);
  if (work.runs != (status == 0 ? 1 : 0))
    Event("wrong").add("o", work.name).add("what", "times the work ran").add("r", work.runs);
  request_callback(work, "work", status);
}

int queue(Work& work, uv_work_cb run) {
  Machine& machine = work.machine;
  work.memory.work.data = static_cast<Object*>(&work);
  int result = machine.call("uv_queue_work", [&] {
    return uv_queue_work(&machine.loop, &work.memory.work, run, work_done);
  });
  work.pending = result == 0;
  return result;
}

void queue_work(Machine& machine, const Op& op) {
  Work* work = machine.new_request<Work>(op.word(0));
  if (work == nullptr) return trace_skip(op);
  work->surely_waiting = machine.held_work >= machine.program.pool_size;
  trace_result(op, queue(*work, run_work));
}

// Returns when a thread has begun the work; the thread stays occupied until it is released.
void hold_work(Machine& machine, const Op& op) {
  // Within a run nobody would release it.
  if (machine.running || machine.held_work >= machine.program.pool_size) return trace_skip(op);
  Work* work = machine.new_request<Work>(op.word(0));
  if (work == nullptr) return trace_skip(op);
  int result = queue(*work, run_held_work);
  if (result == 0) {
    work->held = true;
    ++machine.held_work;
    uv_sem_wait(&work->started);
  }
  trace_result(op, result);
}

void release(Work& work) {
  work.held = false;
  --work.machine.held_work;
  uv_sem_post(&work.gate);
}

void release_all(Machine& machine, const Op& op) {
  release_held_work(machine);
  trace_result(op, 0);
}

void cancel(Machine& machine, const Op& op) {
  Work* work = machine.find<Work>(op.word(0));
  if (work == nullptr || !work->pending) return trace_skip(op);
  bool sure =
      work->held || (work->surely_waiting && machine.held_work >= machine.program.pool_size);
  // What a second cancel says is open.
  sure = sure && !work->canceled;
  int result = machine.call("uv_cancel", [&] { return uv_cancel(&work->memory.req); });
  if (result == 0) work->canceled = true;
  Event("cancel").add("i", op.line).add("o", work->name).add("r", result).add("sure", sure);
}

}  // namespace

void release_held_work(Machine& machine) {
  for (auto& [name, object] : machine.objects) {
    auto* work = dynamic_cast<Work*>(object.get());
    if (work == nullptr) continue;
    work->surely_waiting = false;
    if (work->held) release(*work);
  }
}

void add_thread_operations(Operations& operations) {
  operations["async"] = async_init;
  operations["async_send"] = async_send;
  operations["async_thread"] = async_thread;
  operations["work"] = queue_work;
  operations["work_hold"] = hold_work;
  operations["work_release"] = release_all;
  operations["cancel"] = cancel;
}

}  // namespace differential
