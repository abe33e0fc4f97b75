// What close(2) tells the emulation.
#pragma once

extern "C" void kqueue_on_linux_closes(int descriptor);
