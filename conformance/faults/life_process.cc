// A child with pipes: what is written to its input comes back from its output; then it ends.
#include <cstring>

#include "life.h"
#include "streams.h"

namespace faults {
namespace {

class ProcessLife : public Life {
 protected:
  int begin() override {
    if (int error = uv_pipe_init(&loop, own(&input_), 0)) return error;
    if (int error = uv_pipe_init(&loop, own(&output_), 0)) return error;
    char file[] = "/bin/cat";
    char* arguments[] = {file, nullptr};
    uv_stdio_container_t stdio[3];
    stdio[0].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE);
    stdio[0].data.stream = stream(input_);
    stdio[1].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
    stdio[1].data.stream = stream(output_);
    stdio[2].flags = UV_IGNORE;
    uv_process_options_t options = {};
    options.file = file;
    options.args = arguments;
    options.stdio = stdio;
    options.stdio_count = 3;
    options.exit_cb = [](uv_process_t* process, int64_t, int) {
      life_of<ProcessLife>(process).exited();
    };
    // Not the handle, whose close callback is owed too.
    if (int error =
            owing(&exited_, "exit", [&] { return uv_spawn(&loop, own(&process_), &options); }))
      return error;
    spawned_ = true;
    auto on_read = [](uv_stream_t* pipe, ssize_t size, const uv_buf_t*) {
      life_of<ProcessLife>(pipe).received(size);
    };
    if (int error = uv_read_start(stream(output_), give_memory, on_read)) return error;
    uv_buf_t buffer = uv_buf_init(bytes_, sizeof bytes_);
    write_.data = this;
    return owing(&write_, "write", [&] {
      return uv_write(&write_, stream(input_), &buffer, 1, [](uv_write_t* request, int status) {
        ProcessLife& life = life_of<ProcessLife>(request);
        life.ledger.pay(request, "write");
        if (!life.failed(status)) life.close(life.input_);
      });
    });
  }

  bool is_complete() const override { return exited_ && received_ == sizeof bytes_; }

  void lets_go_of(uv_handle_t* handle) override {
    if (handle == reinterpret_cast<uv_handle_t*>(&process_) && spawned_ && !exited_)
      ledger.pay(&exited_, "exit");
  }

 private:
  void exited() {
    ledger.pay(&exited_, "exit");
    exited_ = true;
    close(process_);
  }

  void received(ssize_t size) {
    if (size == UV_EOF) return close(output_);
    if (failed(static_cast<int>(size))) return;
    received_ += static_cast<std::size_t>(size);
  }

  uv_pipe_t input_;
  uv_pipe_t output_;
  uv_process_t process_;
  uv_write_t write_;
  char bytes_[6] = {'h', 'e', 'l', 'l', 'o', '\n'};
  std::size_t received_ = 0;
  bool spawned_ = false;
  bool exited_ = false;
};

const Registered<ProcessLife> registered("process");

}  // namespace
}  // namespace faults
