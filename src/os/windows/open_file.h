// Opening files by their path, for all that works on them afterwards.
#pragma once

#include "os/windows/file_path.h"
#include "os/windows/owned_handle.h"

namespace violet {

enum class Link : unsigned char { kFollow, kItself };

// Of a file or directory that exists. Others may do with it what they like meanwhile. 0 or a
// negative UV_E*.
int open_existing(const char* path, DWORD access, Link link, OwnedHandle& file);
int open_existing(const FilePath& path, DWORD access, Link link, OwnedHandle& file);

// The handle under a C library's descriptor; INVALID_HANDLE_VALUE for one that is not open.
HANDLE handle_of_file(int file);

// What GetFileInformationByHandleEx() tells. False when it fails.
template <typename Information>
bool query(HANDLE file, FILE_INFO_BY_HANDLE_CLASS what, Information& information) {
  return GetFileInformationByHandleEx(file, what, &information, sizeof(information)) != 0;
}
template <typename Information>
bool change(HANDLE file, FILE_INFO_BY_HANDLE_CLASS what, Information& information) {
  return SetFileInformationByHandle(file, what, &information, sizeof(information)) != 0;
}

// Whether the handle is open for a symbolic link or junction itself. What else has a reparse point
// (a file that lies in a cloud, for one) is a file as any other.
bool is_link(HANDLE file, DWORD attributes);
bool is_link_tag(DWORD reparse_tag);

}  // namespace violet
