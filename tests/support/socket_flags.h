// The flags with which tests open sockets.
#pragma once

#if defined(__APPLE__)
// There is no such flag: programs that a test starts inherit its sockets.
inline constexpr int SOCK_CLOEXEC = 0;
#endif
