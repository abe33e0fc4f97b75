// A folder is made, a file written, synchronised, copied, read, listed, renamed and removed, one
// request after the other.
#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <functional>

#include "life.h"

namespace faults {
namespace {

class FilesLife : public Life {
 protected:
  int begin() override {
    folder_ = scratch_folder() + "/files";
    first_ = folder_ + "/first";
    second_ = folder_ + "/second";
    third_ = folder_ + "/third";
    buffers_[0] = uv_buf_init(bytes_.data(), static_cast<unsigned>(bytes_.size()));
    for (int i = 1; i < 6; ++i)
      buffers_[i] = buffers_[0];
    list_steps();
    return next();
  }

  bool is_complete() const override { return step_ == steps_.size() && names_ == 4; }

  void clean_up() override {
    if (file_ >= 0) ::close(file_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

 private:
  using Step = std::function<int(uv_fs_t*, uv_fs_cb)>;

  void list_steps() {
    steps_ = {
        [this](uv_fs_t* r, uv_fs_cb cb) {
          return uv_fs_mkdir(&loop, r, folder_.c_str(), 0700, cb);
        },
        [this](uv_fs_t* r, uv_fs_cb cb) {
          return uv_fs_open(&loop, r, first_.c_str(), O_RDWR | O_CREAT, 0600, cb);
        },
        [this](uv_fs_t* r, uv_fs_cb cb) {
          return uv_fs_write(&loop, r, file_, buffers_, 1, 0, cb);
        },
        [this](uv_fs_t* r, uv_fs_cb cb) {
          return uv_fs_write(&loop, r, file_, buffers_, 6, -1, cb);
        },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_fsync(&loop, r, file_, cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_read(&loop, r, file_, buffers_, 1, 0, cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_read(&loop, r, file_, buffers_, 6, 0, cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_fstat(&loop, r, file_, cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_ftruncate(&loop, r, file_, 9000, cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) {
          return uv_fs_copyfile(&loop, r, first_.c_str(), second_.c_str(), 0, cb);
        },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_close(&loop, r, file_, cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_scandir(&loop, r, folder_.c_str(), 0, cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_opendir(&loop, r, folder_.c_str(), cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) {
          directory_->dirents = entries_;
          directory_->nentries = 8;
          return uv_fs_readdir(&loop, r, directory_, cb);
        },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_closedir(&loop, r, directory_, cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_stat(&loop, r, second_.c_str(), cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) {
          return uv_fs_rename(&loop, r, second_.c_str(), third_.c_str(), cb);
        },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_realpath(&loop, r, third_.c_str(), cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) {
          return uv_fs_symlink(&loop, r, third_.c_str(), second_.c_str(), 0, cb);
        },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_readlink(&loop, r, second_.c_str(), cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_statfs(&loop, r, folder_.c_str(), cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_unlink(&loop, r, first_.c_str(), cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_unlink(&loop, r, second_.c_str(), cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_unlink(&loop, r, third_.c_str(), cb); },
        [this](uv_fs_t* r, uv_fs_cb cb) { return uv_fs_rmdir(&loop, r, folder_.c_str(), cb); },
    };
  }

  int next() {
    if (step_ == steps_.size()) return 0;
    request_.data = this;
    const int error = owing(&request_, "file", [&] {
      return steps_[step_](&request_, [](uv_fs_t* request) { life_of<FilesLife>(request).done(); });
    });
    if (error != 0) release_directory();
    return error;
  }

  void done() {
    ledger.pay(&request_, "file");
    const ssize_t result = request_.result;
    const uv_fs_type type = request_.fs_type;
    if (result >= 0) take(type);
    uv_fs_req_cleanup(&request_);
    if (result < 0 && type == UV_FS_CLOSE) file_ = -1;
    if (failed(static_cast<int>(result < 0 ? result : 0))) return release_directory();
    ++step_;
    failed(next());
  }

  void take(uv_fs_type type) {
    if (type == UV_FS_OPEN) file_ = static_cast<uv_file>(request_.result);
    if (type == UV_FS_CLOSE) file_ = -1;
    if (type == UV_FS_OPENDIR) directory_ = static_cast<uv_dir_t*>(request_.ptr);
    if (type == UV_FS_CLOSEDIR) directory_ = nullptr;
    if (type == UV_FS_READDIR) names_ += static_cast<int>(request_.result);
    if (type == UV_FS_SCANDIR) {
      uv_dirent_t entry;
      while (uv_fs_scandir_next(&request_, &entry) == 0)
        ++names_;
    }
  }

  // An open folder is closed by a request only; one without a callback is done at once.
  void release_directory() {
    if (directory_ == nullptr) return;
    uv_dir_t* directory = directory_;
    directory_ = nullptr;
    uv_fs_t request;
    uv_fs_closedir(&loop, &request, directory, nullptr);
    uv_fs_req_cleanup(&request);
  }

  std::string folder_;
  std::string first_;
  std::string second_;
  std::string third_;
  std::string bytes_ = std::string(3000, 'x');
  uv_buf_t buffers_[6];
  uv_fs_t request_;
  uv_file file_ = -1;
  uv_dir_t* directory_ = nullptr;
  uv_dirent_t entries_[8];
  std::vector<Step> steps_;
  std::size_t step_ = 0;
  int names_ = 0;
};

const Registered<FilesLife> registered("files");

}  // namespace
}  // namespace faults
