#include "os/windows/child_files.h"

#include <climits>
#include <cstring>

#include "os/windows/inherited_files.h"
#include "os/windows/pipe_in_use.h"
#include "os/windows/windows_error.h"
#include "uv.h"

namespace violet {
namespace {

constexpr int kStandardFiles = 3;
constexpr std::size_t kHeaderSize = sizeof(std::uint32_t);
// The block's size has to fit into 16 bits.
constexpr int kMaxDescriptors = (USHRT_MAX - static_cast<int>(kHeaderSize)) / 9;

unsigned char flags_of(HANDLE handle) {
  switch (type_of_file(handle)) {
    case FILE_TYPE_PIPE:
      return kFileIsOpen | kFileIsPipe;
    case FILE_TYPE_CHAR:
      return kFileIsOpen | kFileIsDevice;
    default:
      return kFileIsOpen;
  }
}

}  // namespace

ChildFiles::~ChildFiles() {
  for (std::size_t i = 0; i < handles_.size(); ++i)
    CloseHandle(handles_[i]);
}

int ChildFiles::prepare(const SpawnPlan& plan) {
  descriptors_ = plan.descriptor_count < kStandardFiles ? kStandardFiles : plan.descriptor_count;
  if (descriptors_ > kMaxDescriptors) return UV_ENOTSUP;
  const std::size_t size =
      kHeaderSize + static_cast<std::size_t>(descriptors_) * (1 + sizeof(HANDLE));
  for (std::size_t i = 0; i < size; ++i) {
    if (!block_.push_back(0)) return UV_ENOMEM;
  }
  const std::uint32_t count = static_cast<std::uint32_t>(descriptors_);
  std::memcpy(block_.data(), &count, sizeof(count));
  for (int number = 0; number < descriptors_; ++number) {
    set(number, 0, INVALID_HANDLE_VALUE);
    const bool given = number < plan.descriptor_count && plan.descriptors[number].is_open();
    int error = 0;
    if (given) {
      error = add(plan.descriptors[number], number);
    } else if (number < kStandardFiles) {
      error = add_null_device(number);
    }
    if (error != 0) return error;
  }
  return 0;
}

int ChildFiles::add(Descriptor source, int number) {
  const HANDLE self = GetCurrentProcess();
  HANDLE copy = nullptr;
  if (!handles_.reserve_one_more()) return UV_ENOMEM;
  if (!DuplicateHandle(self, system_handle(source), self, &copy, 0, TRUE, DUPLICATE_SAME_ACCESS)) {
    return last_windows_error();
  }
  handles_.push_back(copy);
  set(number, flags_of(system_handle(source)), copy);
  return 0;
}

int ChildFiles::add_null_device(int number) {
  if (!handles_.reserve_one_more()) return UV_ENOMEM;
  SECURITY_ATTRIBUTES inheritable = {sizeof(inheritable), nullptr, TRUE};
  const DWORD access = number == 0 ? FILE_GENERIC_READ : FILE_GENERIC_WRITE | FILE_READ_ATTRIBUTES;
  OwnedHandle device(CreateFileW(L"NUL", access, FILE_SHARE_READ | FILE_SHARE_WRITE, &inheritable,
                                 OPEN_EXISTING, 0, nullptr));
  if (!device.is_open()) return last_windows_error();
  set(number, kFileIsOpen | kFileIsDevice, device.get());
  handles_.push_back(device.take());
  return 0;
}

void ChildFiles::set(int number, unsigned char flags, HANDLE handle) {
  const std::size_t index = static_cast<std::size_t>(number);
  block_[kHeaderSize + index] = flags;
  const std::size_t handles_start = kHeaderSize + static_cast<std::size_t>(descriptors_);
  std::memcpy(block_.data() + handles_start + index * sizeof(HANDLE), &handle, sizeof(handle));
}

HANDLE ChildFiles::handle(int number) const {
  return InheritedFiles(block_.data(), block_.size()).handle(static_cast<unsigned>(number));
}

}  // namespace violet
