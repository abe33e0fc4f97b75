// What the thread pool does: look-ups of names, random bytes, and work, some of it cancelled.
#include <netdb.h>

#include <atomic>

#include "life.h"

namespace faults {
namespace {

class LookUpLife : public Life {
 protected:
  int begin() override {
    addrinfo hints = {};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addresses_.data = names_.data = random_.data = this;
    if (int error = owing(&addresses_, "addresses", [&] {
          return uv_getaddrinfo(&loop, &addresses_, on_addresses, "127.0.0.1", "80", &hints);
        }))
      return error;
    sockaddr_in address;
    uv_ip4_addr("127.0.0.1", 80, &address);
    if (int error = owing(&names_, "names", [&] {
          return uv_getnameinfo(&loop, &names_, on_names, reinterpret_cast<sockaddr*>(&address),
                                NI_NUMERICHOST | NI_NUMERICSERV);
        }))
      return error;
    return owing(&random_, "random",
                 [&] { return uv_random(&loop, &random_, bytes_, sizeof bytes_, 0, on_random); });
  }

  bool is_complete() const override { return answers_ == 3; }

 private:
  static void on_addresses(uv_getaddrinfo_t* request, int status, addrinfo* found) {
    LookUpLife& life = life_of<LookUpLife>(request);
    life.ledger.pay(request, "addresses");
    if (status == 0 && found == nullptr) broken("a look-up that succeeded brought nothing");
    if (status != 0 && found != nullptr) broken("a look-up that failed brought something");
    uv_freeaddrinfo(found);
    life.answered(status);
  }

  static void on_names(uv_getnameinfo_t* request, int status, const char*, const char*) {
    LookUpLife& life = life_of<LookUpLife>(request);
    life.ledger.pay(request, "names");
    life.answered(status);
  }

  static void on_random(uv_random_t* request, int status, void*, std::size_t) {
    LookUpLife& life = life_of<LookUpLife>(request);
    life.ledger.pay(request, "random");
    life.answered(status);
  }

  void answered(int status) {
    if (!failed(status)) ++answers_;
  }

  uv_getaddrinfo_t addresses_;
  uv_getnameinfo_t names_;
  uv_random_t random_;
  char bytes_[32];
  int answers_ = 0;
};

constexpr int kWorks = 12;

class WorkLife : public Life {
 protected:
  int begin() override {
    for (uv_work_t& work : works_) {
      work.data = this;
      if (int error =
              owing(&work, "work", [&] { return uv_queue_work(&loop, &work, on_work, on_done); }))
        return error;
    }
    // The last ones wait behind the others; whether one can be cancelled is a race.
    for (int i = kWorks - 3; i < kWorks; ++i) {
      const int error = uv_cancel(reinterpret_cast<uv_req_t*>(&works_[i]));
      if (error != 0 && error != UV_EBUSY) return error;
    }
    return 0;
  }

  bool is_complete() const override { return done_ == kWorks; }

 private:
  static void on_work(uv_work_t* work) { life_of<WorkLife>(work).worked_.fetch_add(1); }

  static void on_done(uv_work_t* work, int status) {
    WorkLife& life = life_of<WorkLife>(work);
    life.ledger.pay(work, "work");
    if (status != UV_ECANCELED && life.failed(status)) return;
    ++life.done_;
  }

  uv_work_t works_[kWorks];
  std::atomic<int> worked_{0};
  int done_ = 0;
};

const Registered<LookUpLife> look_up("look-up");
const Registered<WorkLife> work("work");

}  // namespace
}  // namespace faults
