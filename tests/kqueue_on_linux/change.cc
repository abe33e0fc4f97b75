// Applying a change: registering, modifying and removing events.
#include <fcntl.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "filter.h"
#include "queue.h"

namespace kqueue_on_linux {
namespace {

constexpr unsigned short kStayingFlags = EV_ONESHOT | EV_CLEAR | EV_DISPATCH | EV_RECEIPT;

int add(Queue& queue, const Filter& filter, const struct kevent& change,
        Registration*& registration) {
  queue.resting.emplace_back();
  const auto place = std::prev(queue.resting.end());
  place->ident = change.ident;
  place->filter = change.filter;
  place->wanted = change.fflags;
  if (filter.takes_descriptor) identify(place->descriptor(), place->file);
  queue.registered[{change.filter, change.ident}] = place;
  registration = &*place;
  const int error = filter.attach(queue, *registration);
  if (error != 0) remove(queue, *registration);
  return error;
}

void modify(const Filter& filter, Registration& registration, const struct kevent& change,
            bool is_new) {
  if ((change.flags & EV_ADD) != 0) {
    registration.flags = change.flags & kStayingFlags;
    registration.enabled = true;
  }
  if ((change.flags & EV_ENABLE) != 0) registration.enabled = true;
  if ((change.flags & EV_DISABLE) != 0) registration.enabled = false;
  registration.udata = change.udata;
  if (filter.change != nullptr) {
    filter.change(registration, change, is_new);
  } else {
    registration.wanted = change.fflags;
    registration.argument = change.data;
  }
}

}  // namespace

const Filter* find_filter(short filter) {
  switch (filter) {
    case EVFILT_READ:
      return &kReadFilter;
    case EVFILT_WRITE:
      return &kWriteFilter;
    case EVFILT_EXCEPT:
      return &kExceptFilter;
    case EVFILT_VNODE:
      return &kVnodeFilter;
    case EVFILT_PROC:
      return &kProcessFilter;
    case EVFILT_USER:
      return is_taken_away("user") ? nullptr : &kUserFilter;
    default:
      return nullptr;
  }
}

bool is_taken_away(const char* behaviour) {
  const char* list = std::getenv("KQUEUE_ON_LINUX_WITHOUT");
  return list != nullptr && std::strstr(list, behaviour) != nullptr;
}

Registration* Queue::find(short filter, std::uintptr_t ident) {
  auto found = registered.find({filter, ident});
  return found == registered.end() ? nullptr : &*found->second;
}

void look_at(Queue& queue, Registration& registration) {
  if (!registration.enabled || registration.listed) return;
  const auto place = queue.registered.find({registration.filter, registration.ident})->second;
  queue.to_look_at.splice(queue.to_look_at.end(), queue.resting, place);
  registration.listed = true;
}

void remove(Queue& queue, Registration& registration) {
  const auto found = queue.registered.find({registration.filter, registration.ident});
  const auto place = found->second;
  // Detaching looks at what else is registered for the descriptor.
  queue.registered.erase(found);
  find_filter(registration.filter)->detach(queue, registration);
  (registration.listed ? queue.to_look_at : queue.resting).erase(place);
}

void remove_stale(Queue& queue, int descriptor) {
  FileIdentity identity;
  const bool is_open = identify(descriptor, identity);
  for (short filter : kDescriptorFilters) {
    Registration* registration = queue.find(filter, static_cast<std::uintptr_t>(descriptor));
    if (registration == nullptr) continue;
    if (!is_open || !(registration->file == identity)) remove(queue, *registration);
  }
}

int apply_change(Queue& queue, const struct kevent& change) {
  const Filter* filter = find_filter(change.filter);
  if (filter == nullptr) return EINVAL;
  if (filter->takes_descriptor) {
    const int descriptor = static_cast<int>(change.ident);
    remove_stale(queue, descriptor);
    if (fcntl(descriptor, F_GETFD) < 0) return EBADF;
  }
  Registration* registration = queue.find(change.filter, change.ident);
  const bool is_new = registration == nullptr;
  if (is_new) {
    if ((change.flags & EV_ADD) == 0) return ENOENT;
    if (int error = add(queue, *filter, change, registration); error != 0) return error;
  }
  if ((change.flags & EV_DELETE) != 0) {
    remove(queue, *registration);
    return 0;
  }
  modify(*filter, *registration, change, is_new);
  // "The filter is executed upon the initial registration of a kevent in order to detect whether a
  // preexisting condition is present."
  struct kevent unused = change;
  if (registration->enabled && filter->holds(*registration, unused)) look_at(queue, *registration);
  return 0;
}

}  // namespace kqueue_on_linux
