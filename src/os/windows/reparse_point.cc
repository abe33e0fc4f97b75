#include "os/windows/reparse_point.h"

// Needs the types of <windows.h>.
#include <winioctl.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <cwchar>

#include "os/windows/file_path.h"
#include "os/windows/open_file.h"
#include "uv.h"

namespace violet {
namespace {

// As [MS-FSCC] 2.1.2 has them; the header with them is for drivers only. Names are given by offset
// and length in bytes, from the start of `names`.
struct ReparseHeader {
  ULONG tag;
  USHORT data_size;  // of what follows the header
  USHORT reserved;
  USHORT substitute_offset;
  USHORT substitute_size;
  USHORT print_offset;
  USHORT print_size;
};
struct SymbolicLinkData {
  ReparseHeader header;
  ULONG flags;
  wchar_t names[1];
};
struct JunctionData {
  ReparseHeader header;
  wchar_t names[1];
};
static_assert(offsetof(SymbolicLinkData, names) == 20);
static_assert(offsetof(JunctionData, names) == 16);

constexpr std::size_t kFixedHeaderSize = 8;
constexpr wchar_t kKernelPrefix[] = L"\\??\\";
constexpr std::size_t kKernelPrefixLength = 4;

union ReparseBuffer {
  ReparseHeader header;
  SymbolicLinkData symbolic_link;
  JunctionData junction;
  char room[MAXIMUM_REPARSE_DATA_BUFFER_SIZE];
};

struct Name {
  const wchar_t* text;
  std::size_t length;
};

Name name_at(const wchar_t* names, USHORT offset, USHORT size) {
  return {names + offset / sizeof(wchar_t), size / sizeof(wchar_t)};
}

// The kernel's name for "C:\name" is "\??\C:\name", that for "\\server" is "\??\UNC\server".
char* copy_without_kernel_prefix(Name name) {
  if (name.length < kKernelPrefixLength ||
      std::wmemcmp(name.text, kKernelPrefix, kKernelPrefixLength) != 0) {
    return narrow_copy(name.text, name.length);
  }
  constexpr std::size_t kNetworkLength = 7;  // "\??\UNC"
  if (name.length > kNetworkLength && std::wmemcmp(name.text + 4, L"UNC\\", 4) == 0) {
    char* copy = narrow_copy(name.text + kNetworkLength - 1, name.length - kNetworkLength + 1);
    if (copy != nullptr) copy[0] = '\\';
    return copy;
  }
  return narrow_copy(name.text + kKernelPrefixLength, name.length - kKernelPrefixLength);
}

}  // namespace

char* read_link_target(HANDLE link, int& error) {
  Owned<ReparseBuffer> buffer(static_cast<ReparseBuffer*>(allocate(sizeof(ReparseBuffer))));
  error = UV_ENOMEM;
  if (!buffer) return nullptr;
  DWORD size = 0;
  if (!DeviceIoControl(link, FSCTL_GET_REPARSE_POINT, nullptr, 0, buffer.get(),
                       sizeof(ReparseBuffer), &size, nullptr)) {
    error = last_windows_error();
    return nullptr;
  }
  const ReparseHeader& header = buffer.get()->header;
  error = UV_EINVAL;
  if (!is_link_tag(header.tag)) return nullptr;
  const wchar_t* names = header.tag == IO_REPARSE_TAG_SYMLINK ? buffer.get()->symbolic_link.names
                                                              : buffer.get()->junction.names;
  char* target =
      copy_without_kernel_prefix(name_at(names, header.substitute_offset, header.substitute_size));
  error = target == nullptr ? UV_ENOMEM : 0;
  return target;
}

int make_junction(HANDLE directory, const wchar_t* target) {
  const std::size_t length = std::wcslen(target);
  const std::size_t substitute_size = (kKernelPrefixLength + length) * sizeof(wchar_t);
  const std::size_t print_size = length * sizeof(wchar_t);
  // Both names, each with a terminator.
  const std::size_t names_size = substitute_size + print_size + 2 * sizeof(wchar_t);
  const std::size_t size = offsetof(JunctionData, names) + names_size;
  if (size > MAXIMUM_REPARSE_DATA_BUFFER_SIZE) return UV_ENAMETOOLONG;
  Owned<JunctionData> data(static_cast<JunctionData*>(allocate_zeroed(1, size + sizeof(wchar_t))));
  if (!data) return UV_ENOMEM;
  ReparseHeader& header = data.get()->header;
  header.tag = IO_REPARSE_TAG_MOUNT_POINT;
  header.data_size = static_cast<USHORT>(size - kFixedHeaderSize);
  header.substitute_size = static_cast<USHORT>(substitute_size);
  header.print_offset = static_cast<USHORT>(substitute_size + sizeof(wchar_t));
  header.print_size = static_cast<USHORT>(print_size);
  wchar_t* names = data.get()->names;
  std::wmemcpy(names, kKernelPrefix, kKernelPrefixLength);
  // The terminators are there.
  std::copy_n(target, length, names + kKernelPrefixLength);
  std::copy_n(target, length, names + header.print_offset / sizeof(wchar_t));
  DWORD unused = 0;
  return DeviceIoControl(directory, FSCTL_SET_REPARSE_POINT, data.get(), static_cast<DWORD>(size),
                         nullptr, 0, &unused, nullptr)
             ? 0
             : last_windows_error();
}

}  // namespace violet
