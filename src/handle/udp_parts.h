// What the parts of UDP handles share among themselves.
#pragma once

#include "handle/udp.h"

namespace violet {

// Gives a handle without a socket one that is bound to all addresses and a free port.
int ensure_bound(Udp& udp, int family, unsigned int flags);
// Tells the engine and the loop what the handle is doing now.
int update_udp(Udp& udp);

void on_udp_report(ReadyItem& item, Loop& loop);
void on_udp_output(ReadyItem& item, Loop& loop);
void send_waiting(Udp& udp);
// To be called when the socket has become writable.
void send_again(Udp& udp);
// Whether the engine has to watch the socket for writability.
bool awaits_readiness(const Udp& udp);
// For a handle that is being closed.
void close_waiting(Udp& udp);
void report_finished(Udp& udp);
void receive_ready(Udp& udp, Events events);

}  // namespace violet
