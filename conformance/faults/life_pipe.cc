// A pipe that carries handles: a TCP listener and a UDP socket go over it, behind plain bytes; and
// a pipe with a name.
#include <sys/socket.h>
#include <unistd.h>

#include "life.h"
#include "streams.h"

namespace faults {
namespace {

constexpr int kHandles = 3;
constexpr std::size_t kBytes = 8 + kHandles;

class PassingLife : public Life {
 protected:
  int begin() override {
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends_) != 0)
      return UV_EMFILE;
    if (int error = open(sender_, ends_[0])) return error;
    if (int error = open(receiver_, ends_[1])) return error;
    auto on_read = [](uv_stream_t* pipe, ssize_t size, const uv_buf_t*) {
      life_of<PassingLife>(pipe).received(size);
    };
    if (int error = uv_read_start(stream(receiver_), give_memory, on_read)) return error;
    if (int error = write(8, nullptr)) return error;
    for (uv_tcp_t& passed : passed_) {
      if (int error = uv_tcp_init_ex(&loop, own(&passed), AF_INET)) return error;
      sockaddr_in address;
      uv_ip4_addr("127.0.0.1", 0, &address);
      if (int error = uv_tcp_bind(&passed, reinterpret_cast<sockaddr*>(&address), 0)) return error;
      if (int error = write(1, &passed)) return error;
    }
    return 0;
  }

  bool is_complete() const override { return bytes_ == kBytes && accepted_ == kHandles; }

  void clean_up() override {
    for (int end : ends_) {
      if (end >= 0) ::close(end);
    }
  }

 private:
  // Closing the handle closes its end.
  int open(uv_pipe_t& pipe, int& end) {
    if (int error = uv_pipe_init(&loop, own(&pipe), 1)) return error;
    const int error = uv_pipe_open(&pipe, end);
    if (error == 0) end = -1;
    return error;
  }

  int write(std::size_t size, uv_tcp_t* passed) {
    Writing* writing = new Writing(size);
    writing->request.data = this;
    uv_buf_t buffer = uv_buf_init(writing->bytes.data(), static_cast<unsigned>(size));
    const int error = owing(writing, "write", [&] {
      return passed == nullptr
                 ? uv_write(&writing->request, stream(sender_), &buffer, 1, on_written)
                 : uv_write2(&writing->request, stream(sender_), &buffer, 1, stream(*passed),
                             on_written);
    });
    if (error != 0) delete writing;
    return error;
  }

  static void on_written(uv_write_t* request, int status) {
    PassingLife& life = life_of<PassingLife>(request);
    life.ledger.pay(request, "write");
    delete reinterpret_cast<Writing*>(request);
    life.failed(status);
  }

  void received(ssize_t size) {
    if (failed(static_cast<int>(size))) return;
    bytes_ += static_cast<std::size_t>(size);
    while (!gave_up() && uv_pipe_pending_count(&receiver_) > 0)
      accept();
    if (bytes_ == kBytes) {
      if (accepted_ < kHandles) failed(UV_EMFILE);  // the kernel drops what it cannot install
      give_up();
    }
  }

  void accept() {
    const uv_handle_type type = uv_pipe_pending_type(&receiver_);
    if (type != UV_TCP && type != UV_UNKNOWN_HANDLE) broken("another type of handle came");
    if (type != UV_TCP) failed(UV_EINVAL);
    if (gave_up()) return;
    uv_tcp_t& handle = received_[accepted_ % kHandles];
    if (failed(uv_tcp_init(&loop, own(&handle)))) return;
    if (failed(uv_accept(stream(receiver_), stream(handle)))) return;
    ++accepted_;
  }

  int ends_[2] = {-1, -1};
  uv_pipe_t sender_;
  uv_pipe_t receiver_;
  uv_tcp_t passed_[kHandles];
  uv_tcp_t received_[kHandles];
  std::size_t bytes_ = 0;
  int accepted_ = 0;
};

class NamedPipeLife : public Life {
 protected:
  int begin() override {
    name_ = scratch_folder() + "/pipe";
    if (int error = uv_pipe_init(&loop, own(&server_), 0)) return error;
    if (int error = uv_pipe_bind(&server_, name_.c_str())) return error;
    auto on_connection = [](uv_stream_t* server, int status) {
      life_of<NamedPipeLife>(server).accept(status);
    };
    if (int error = uv_listen(stream(server_), 8, on_connection)) return error;
    if (int error = uv_pipe_init(&loop, own(&client_), 0)) return error;
    connect_.data = this;
    ledger.owe(&connect_, "connect");
    uv_pipe_connect(&connect_, &client_, name_.c_str(), [](uv_connect_t* request, int status) {
      life_of<NamedPipeLife>(request).connected(status);
    });
    return 0;
  }

  bool is_complete() const override { return accepted_; }

 private:
  // A server without memory may drop the connection; then the client sees its end.
  void connected(int status) {
    ledger.pay(&connect_, "connect");
    if (failed(status)) return;
    auto on_read = [](uv_stream_t* client, ssize_t size, const uv_buf_t*) {
      NamedPipeLife& life = life_of<NamedPipeLife>(client);
      if (size == UV_EOF && life.accepted_) {
        life.close(life.client_);
      } else {
        life.failed(static_cast<int>(size));
      }
    };
    failed(uv_read_start(stream(client_), give_memory, on_read));
  }

  void accept(int status) {
    if (failed(status)) return;
    if (failed(uv_pipe_init(&loop, own(&peer_), 0))) return;
    if (failed(uv_accept(stream(server_), stream(peer_)))) return;
    accepted_ = true;
    close(server_);
    auto on_read = [](uv_stream_t* peer, ssize_t size, const uv_buf_t*) {
      NamedPipeLife& life = life_of<NamedPipeLife>(peer);
      if (size == UV_EOF) {
        life.close(life.peer_);
      } else {
        life.failed(static_cast<int>(size));
      }
    };
    if (failed(uv_read_start(stream(peer_), give_memory, on_read))) return;
    shutdown_.data = this;
    failed(owing(&shutdown_, "shutdown", [&] {
      return uv_shutdown(&shutdown_, stream(client_), [](uv_shutdown_t* request, int shut) {
        NamedPipeLife& life = life_of<NamedPipeLife>(request);
        life.ledger.pay(request, "shutdown");
        life.failed(shut);
      });
    }));
  }

  std::string name_;
  uv_pipe_t server_;
  uv_pipe_t client_;
  uv_pipe_t peer_;
  uv_connect_t connect_;
  uv_shutdown_t shutdown_;
  bool accepted_ = false;
};

const Registered<PassingLife> passing("passing");
const Registered<NamedPipeLife> named("pipe");

}  // namespace
}  // namespace faults
