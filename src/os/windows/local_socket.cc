// Local sockets, whose place named pipes take on Windows. A pipe exists once it is bound or
// connected; the engine connects, listens and accepts.
#include "os/local_socket.h"

#include <aclapi.h>

#include <algorithm>
#include <cstring>
#include <cwchar>

#include "os/windows/named_pipe.h"
#include "os/windows/wide_text.h"

// Needs the types of <windows.h>.
#include <winternl.h>

namespace violet {
namespace {

static_assert(sizeof(PipeName::text) <= sizeof(LocalAddress::bytes));

constexpr int kFileAccessInformation = 8;

const wchar_t* name_in(const LocalAddress& address) {
  return reinterpret_cast<const wchar_t*>(address.bytes);
}

Descriptor descriptor_of_handle(HANDLE handle) {
  return Descriptor::of(reinterpret_cast<Descriptor::Native>(handle));
}

// "Everyone", as long as the entry that names it.
class Everybody {
 public:
  Everybody() {
    DWORD size = sizeof(sid_);
    is_known_ = CreateWellKnownSid(WinWorldSid, nullptr, sid_, &size) != 0;
  }
  bool is_known() const { return is_known_; }
  EXPLICIT_ACCESSW with(DWORD rights) {
    EXPLICIT_ACCESSW entry = {};
    entry.grfAccessPermissions = rights;
    entry.grfAccessMode = GRANT_ACCESS;
    entry.grfInheritance = NO_INHERITANCE;
    entry.Trustee.TrusteeForm = TRUSTEE_IS_SID;
    entry.Trustee.TrusteeType = TRUSTEE_IS_WELL_KNOWN_GROUP;
    entry.Trustee.ptstrName = reinterpret_cast<wchar_t*>(sid_);
    return entry;
  }

 private:
  alignas(8) unsigned char sid_[SECURITY_MAX_SID_SIZE];
  bool is_known_;
};

}  // namespace

const bool kLocalSocketsAreSockets = false;

// No pipe makes a file.
const char* LocalAddress::path() const {
  return "";
}

int make_local_address(const char* name, std::size_t length, bool no_truncate,
                       LocalAddress& address) {
  if (length == 0 || std::memchr(name, '\0', length) != nullptr) return UV_EINVAL;
  Owned<char> terminated(static_cast<char*>(allocate(length + 1)));
  if (!terminated) return UV_ENOMEM;
  std::memcpy(terminated.get(), name, length);
  terminated[length] = '\0';
  WideText wide;
  if (int error = wide.assign(terminated.get()); error != 0) return error;
  std::size_t units = std::wcslen(wide.get());
  if (units > PipeName::kMost && no_truncate) return UV_EINVAL;
  units = std::min(units, PipeName::kMost);
  auto* text = reinterpret_cast<wchar_t*>(address.bytes);
  std::memcpy(text, wide.get(), units * sizeof(wchar_t));
  text[units] = L'\0';
  address.size = static_cast<unsigned int>((units + 1) * sizeof(wchar_t));
  return 0;
}

int open_local_socket(OwnedDescriptor&) {
  return 0;
}

int open_bound_local_socket(const LocalAddress& address, OwnedDescriptor& opened) {
  OwnedHandle made;
  int error = create_instance(name_in(address), Instance::kFirst, made);
  if (error != 0) return error;
  if (error = keep_from_clients(made.get(), name_in(address)); error != 0) return error;
  opened = OwnedDescriptor(descriptor_of_handle(made.take()));
  return 0;
}

// No file is made, so none is left.
SocketFile socket_file(const char*) {
  return {};
}

void remove_socket_file(const char*, const SocketFile&) {}

int allow_everybody(Descriptor socket, const SocketFile&, bool readable, bool writable) {
  const HANDLE pipe = system_handle(socket);
  Everybody everybody;
  if (!everybody.is_known()) return last_windows_error();
  DWORD rights = SYNCHRONIZE;
  if (readable) rights |= GENERIC_READ | FILE_WRITE_ATTRIBUTES;
  if (writable) rights |= GENERIC_WRITE | FILE_READ_ATTRIBUTES;
  EXPLICIT_ACCESSW entry = everybody.with(rights);
  ACL* before = nullptr;
  ACL* after = nullptr;
  PSECURITY_DESCRIPTOR description = nullptr;
  DWORD code = GetSecurityInfo(pipe, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION, nullptr, nullptr,
                               &before, nullptr, &description);
  if (code == 0) code = SetEntriesInAclW(1, &entry, before, &after);
  if (code == 0) {
    code = SetSecurityInfo(pipe, SE_KERNEL_OBJECT, DACL_SECURITY_INFORMATION, nullptr, nullptr,
                           after, nullptr);
  }
  LocalFree(after);
  LocalFree(description);
  return error_from_windows(code);
}

int local_socket_name(Descriptor socket, SocketEnd end, char* buffer, std::size_t* size) {
  if (!socket.is_open()) return UV_EBADF;
  const HANDLE pipe = system_handle(socket);
  // The end that was opened has no name, and is the peer of the one that has.
  if (is_server_end(pipe) != (end == SocketEnd::kOwn)) return write_wide_text(L"", buffer, size);
  PipeName name;
  if (int error = name_of_pipe(pipe, name); error != 0) return error;
  return write_wide_text(name.text, buffer, size);
}

int access_mode(Descriptor descriptor, AccessMode& mode) {
  if (!descriptor.is_open()) return UV_EBADF;
  if (!is_pipe(system_handle(descriptor))) return UV_EINVAL;
  IO_STATUS_BLOCK block;
  ACCESS_MASK rights = 0;
  const long status =
      NtQueryInformationFile(system_handle(descriptor), &block, &rights, sizeof(rights),
                             static_cast<FILE_INFORMATION_CLASS>(kFileAccessInformation));
  if (status < 0) return error_from_status(status);
  mode.readable = (rights & FILE_READ_DATA) != 0;
  mode.writable = (rights & FILE_WRITE_DATA) != 0;
  return 0;
}

// Not used: the engine separates descriptors from bytes (iocp/ipc_frames.h).
std::int64_t receive_with_descriptors(Descriptor, const uv_buf_t&, PassedDescriptors&) {
  return UV_ENOTSUP;
}

}  // namespace violet
