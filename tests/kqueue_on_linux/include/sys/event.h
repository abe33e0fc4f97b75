/* kqueue(2) for tests on Linux, with FreeBSD's layout and numbers. README.md beside this folder
 * says what it emulates. Filters and notes that it does not have are not defined. */
#ifndef KQUEUE_ON_LINUX_SYS_EVENT_H
#define KQUEUE_ON_LINUX_SYS_EVENT_H

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kevent {
  uintptr_t ident; /* a descriptor, a process or any number, as the filter says */
  short filter;
  unsigned short flags;
  unsigned int fflags;
  int64_t data;
  void* udata;
  uint64_t ext[4];
};

#define EV_SET(event, ident_, filter_, flags_, fflags_, data_, udata_) \
  do {                                                                 \
    struct kevent* event_to_set = (event);                             \
    event_to_set->ident = (uintptr_t)(ident_);                         \
    event_to_set->filter = (filter_);                                  \
    event_to_set->flags = (flags_);                                    \
    event_to_set->fflags = (fflags_);                                  \
    event_to_set->data = (data_);                                      \
    event_to_set->udata = (udata_);                                    \
    event_to_set->ext[0] = event_to_set->ext[1] = 0;                   \
    event_to_set->ext[2] = event_to_set->ext[3] = 0;                   \
  } while (0)

#define EVFILT_READ (-1)
#define EVFILT_WRITE (-2)
#define EVFILT_VNODE (-4)
#define EVFILT_PROC (-5)
/* The number is OpenBSD's: FreeBSD 13 has no such filter. */
#define EVFILT_EXCEPT (-9)
#define EVFILT_USER (-11)

/* Actions. */
#define EV_ADD 0x0001
#define EV_DELETE 0x0002
#define EV_ENABLE 0x0004
#define EV_DISABLE 0x0008
/* How to report. */
#define EV_ONESHOT 0x0010
#define EV_CLEAR 0x0020
#define EV_RECEIPT 0x0040
#define EV_DISPATCH 0x0080
/* Returned. */
#define EV_ERROR 0x4000
#define EV_EOF 0x8000

/* EVFILT_READ */
#define NOTE_LOWAT 0x0001
#define NOTE_FILE_POLL 0x0002

/* EVFILT_EXCEPT */
#define NOTE_OOB 0x0004

/* EVFILT_USER */
#define NOTE_FFNOP 0x00000000
#define NOTE_FFAND 0x40000000
#define NOTE_FFOR 0x80000000
#define NOTE_FFCOPY 0xc0000000
#define NOTE_FFCTRLMASK 0xc0000000
#define NOTE_FFLAGSMASK 0x00ffffff
#define NOTE_TRIGGER 0x01000000

/* EVFILT_VNODE */
#define NOTE_DELETE 0x0001
#define NOTE_WRITE 0x0002
#define NOTE_EXTEND 0x0004
#define NOTE_ATTRIB 0x0008
#define NOTE_LINK 0x0010
#define NOTE_RENAME 0x0020
#define NOTE_REVOKE 0x0040

/* EVFILT_PROC */
#define NOTE_EXIT 0x80000000

int kqueue(void);
int kqueue1(int flags); /* O_CLOEXEC; NetBSD, FreeBSD 14 */
int kevent(int queue, const struct kevent* changes, int change_count, struct kevent* events,
           int event_count, const struct timespec* timeout);

#ifdef __cplusplus
}
#endif

#endif
