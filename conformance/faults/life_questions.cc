// What is asked at once and needs no loop to run: about the machine, the user, files.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "life.h"

namespace faults {
namespace {

class QuestionsLife : public Life {
 protected:
  int begin() override {
    if (int error = ask_about_machine()) return error;
    if (int error = ask_about_user()) return error;
    return use_files();
  }

  bool is_complete() const override { return true; }

  void clean_up() override {
    std::error_code ignored;
    std::filesystem::remove_all(scratch_folder() + "/questions", ignored);
  }

 private:
  int ask_about_machine() {
    uv_cpu_info_t* processors = nullptr;
    int count = 0;
    if (int error = uv_cpu_info(&processors, &count)) return error;
    uv_free_cpu_info(processors, count);
    uv_interface_address_t* addresses = nullptr;
    if (int error = uv_interface_addresses(&addresses, &count)) return error;
    uv_free_interface_addresses(addresses, count);
    double seconds = 0;
    if (int error = uv_uptime(&seconds)) return error;
    std::size_t size = 0;
    if (int error = uv_resident_set_memory(&size)) return error;
    uv_rusage_t usage;
    return uv_getrusage(&usage);
  }

  int ask_about_user() {
    uv_passwd_t user;
    if (int error = uv_os_get_passwd(&user)) return error;
    uv_os_free_passwd(&user);
    uv_env_item_t* items = nullptr;
    int count = 0;
    if (int error = uv_os_environ(&items, &count)) return error;
    uv_os_free_environ(items, count);
    char text[4096];
    std::size_t size = sizeof text;
    if (int error = uv_os_homedir(text, &size)) return error;
    size = sizeof text;
    if (int error = uv_exepath(text, &size)) return error;
    size = sizeof text;
    return uv_cwd(text, &size);
  }

  template <typename Call>
  int ask(Call call) {
    uv_fs_t request;
    const int result = call(&request);
    if (result >= 0 && request.fs_type == UV_FS_OPEN) file_ = result;
    uv_fs_req_cleanup(&request);
    return result < 0 ? result : 0;
  }

  int use_files() {
    const std::string folder = scratch_folder() + "/questions";
    const std::string name = folder + "/name";
    const std::string copy = folder + "/copy";
    if (int error =
            ask([&](uv_fs_t* r) { return uv_fs_mkdir(&loop, r, folder.c_str(), 0700, nullptr); }))
      return error;
    if (int error = ask([&](uv_fs_t* r) {
          return uv_fs_open(&loop, r, name.c_str(), O_CREAT | O_RDWR, 0600, nullptr);
        }))
      return error;
    const int error = use_file(name, copy, folder);
    ::close(file_);
    return error;
  }

  int use_file(const std::string& name, const std::string& copy, const std::string& folder) {
    char bytes[100] = {};
    uv_buf_t buffers[8];
    for (uv_buf_t& buffer : buffers)
      buffer = uv_buf_init(bytes, sizeof bytes);
    if (int error =
            ask([&](uv_fs_t* r) { return uv_fs_write(&loop, r, file_, buffers, 8, -1, nullptr); }))
      return error;
    if (int error =
            ask([&](uv_fs_t* r) { return uv_fs_read(&loop, r, file_, buffers, 8, 0, nullptr); }))
      return error;
    if (int error = ask([&](uv_fs_t* r) {
          return uv_fs_copyfile(&loop, r, name.c_str(), copy.c_str(), UV_FS_COPYFILE_EXCL, nullptr);
        }))
      return error;
    if (int error =
            ask([&](uv_fs_t* r) { return uv_fs_realpath(&loop, r, copy.c_str(), nullptr); }))
      return error;
    if (int error =
            ask([&](uv_fs_t* r) { return uv_fs_scandir(&loop, r, folder.c_str(), 0, nullptr); }))
      return error;
    return list(folder);
  }

  int list(const std::string& folder) {
    uv_fs_t request;
    int error = uv_fs_opendir(&loop, &request, folder.c_str(), nullptr);
    uv_dir_t* directory = static_cast<uv_dir_t*>(request.ptr);
    uv_fs_req_cleanup(&request);
    if (error != 0) return error;
    uv_dirent_t entries[1];
    directory->dirents = entries;
    directory->nentries = 1;
    do {
      error = uv_fs_readdir(&loop, &request, directory, nullptr);
      uv_fs_req_cleanup(&request);
    } while (error > 0);
    uv_fs_closedir(&loop, &request, directory, nullptr);
    uv_fs_req_cleanup(&request);
    return error;
  }

  uv_file file_ = -1;
};

const Registered<QuestionsLife> registered("questions");

}  // namespace
}  // namespace faults
