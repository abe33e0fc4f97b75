// What the system tells about files and file systems.
#include "os/file_status.h"

#include <sys/stat.h>

#include <cstring>
#include <cwchar>

#include "os/windows/file_times.h"
#include "os/windows/open_file.h"
#include "os/windows/pipe_in_use.h"
#include "os/windows/reparse_point.h"

namespace violet {
namespace {

constexpr std::uint64_t kBlockSize = 512;
// Reported as st_blksize: the true value would take another system call for each file.
constexpr std::uint64_t kGoodTransferSize = 4096;
constexpr std::uint64_t kReadable = 0444;
constexpr std::uint64_t kWritable = 0222;

std::uint64_t number(DWORD high, DWORD low) {
  return std::uint64_t{high} << 32 | low;
}

std::uint64_t permissions(DWORD attributes) {
  return (attributes & FILE_ATTRIBUTE_READONLY) != 0 ? kReadable : kReadable | kWritable;
}

int fill_common(HANDLE file, const BY_HANDLE_FILE_INFORMATION& information, uv_stat_t& status) {
  FILE_BASIC_INFO basics;
  FILE_STANDARD_INFO standard;
  if (!query(file, FileBasicInfo, basics) || !query(file, FileStandardInfo, standard)) {
    return last_windows_error();
  }
  status = {};
  status.st_dev = information.dwVolumeSerialNumber;
  status.st_ino = number(information.nFileIndexHigh, information.nFileIndexLow);
  status.st_nlink = information.nNumberOfLinks;
  status.st_mode = permissions(information.dwFileAttributes);
  status.st_size = static_cast<std::uint64_t>(standard.EndOfFile.QuadPart);
  status.st_blksize = kGoodTransferSize;
  status.st_blocks = static_cast<std::uint64_t>(standard.AllocationSize.QuadPart) / kBlockSize;
  status.st_atim = timespec_of(basics.LastAccessTime);
  status.st_mtim = timespec_of(basics.LastWriteTime);
  status.st_ctim = timespec_of(basics.ChangeTime);
  status.st_birthtim = timespec_of(basics.CreationTime);
  return 0;
}

// The size of a link is the length of its target, as everywhere.
int fill_link(HANDLE file, uv_stat_t& status) {
  status.st_mode |= S_IFLNK;
  int error = 0;
  Owned<char> target(read_link_target(file, error));
  if (!target) return error;
  status.st_size = std::strlen(target.get());
  return 0;
}

int status_of_disk_file(HANDLE file, Link link, uv_stat_t& status) {
  BY_HANDLE_FILE_INFORMATION information;
  if (!GetFileInformationByHandle(file, &information)) return last_windows_error();
  if (int error = fill_common(file, information, status); error != 0) return error;
  if (link == Link::kItself && is_link(file, information.dwFileAttributes)) {
    return fill_link(file, status);
  }
  const bool is_directory = (information.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
  status.st_mode |= is_directory ? _S_IFDIR : _S_IFREG;
  if (is_directory) status.st_size = 0;
  return 0;
}

// Pipes and devices have a kind and nothing else.
int status_of_other(DWORD type, uv_stat_t& status) {
  status = {};
  status.st_mode = (type == FILE_TYPE_PIPE ? _S_IFIFO : _S_IFCHR) | kReadable | kWritable;
  status.st_nlink = 1;
  status.st_blksize = kGoodTransferSize;
  return 0;
}

int status_of_handle(HANDLE file, Link link, uv_stat_t& status) {
  SetLastError(ERROR_SUCCESS);
  const DWORD type = type_of_file(file);
  if (type == FILE_TYPE_DISK) return status_of_disk_file(file, link, status);
  if (type == FILE_TYPE_UNKNOWN && GetLastError() != ERROR_SUCCESS) return last_windows_error();
  return status_of_other(type, status);
}

int status_by_name(const char* path, Link link, uv_stat_t& status) {
  FilePath wide;
  OwnedHandle file;
  if (int error = wide.assign(path); error != 0) return error;
  if (int error = open_existing(wide, FILE_READ_ATTRIBUTES, link, file); error != 0) return error;
  // The kind of handle has to be asked only if the path may name a device.
  return wide.is_device() ? status_of_handle(file.get(), link, status)
                          : status_of_disk_file(file.get(), link, status);
}

}  // namespace

int status_of_path(const char* path, uv_stat_t& status) {
  return status_by_name(path, Link::kFollow, status);
}

int status_of_link(const char* path, uv_stat_t& status) {
  return status_by_name(path, Link::kItself, status);
}

int status_of_file(uv_file file, uv_stat_t& status) {
  const HANDLE handle = handle_of_file(file);
  if (handle == INVALID_HANDLE_VALUE) return UV_EBADF;
  return status_of_handle(handle, Link::kFollow, status);
}

int status_of_file_system(const char* path, uv_statfs_t& status) {
  FilePath wide;
  if (int error = wide.assign(path); error != 0) return error;
  // The system asks for a directory, and finds the one above by itself for no file.
  if (GetFileAttributesW(wide.get()) == INVALID_FILE_ATTRIBUTES) return last_windows_error();
  WideText volume;
  if (volume.reserve(volume.capacity() + std::wcslen(wide.get())) == nullptr) return UV_ENOMEM;
  if (!GetVolumePathNameW(wide.get(), volume.get(), static_cast<DWORD>(volume.capacity()))) {
    return last_windows_error();
  }
  DWORD sectors, sector_size, free_clusters, clusters;
  if (!GetDiskFreeSpaceW(volume.get(), &sectors, &sector_size, &free_clusters, &clusters)) {
    return last_windows_error();
  }
  status = {};
  status.f_bsize = std::uint64_t{sectors} * sector_size;
  status.f_frsize = status.f_bsize;
  ULARGE_INTEGER available, total, unused;
  // The numbers of clusters have 32 bits only, and say nothing of quotas.
  if (!GetDiskFreeSpaceExW(volume.get(), &available, &total, &unused)) return last_windows_error();
  status.f_blocks = total.QuadPart / status.f_bsize;
  status.f_bfree = unused.QuadPart / status.f_bsize;
  status.f_bavail = available.QuadPart / status.f_bsize;
  return 0;
}

}  // namespace violet
