// Noticing that the console's window has another size: SIGWINCH.
#pragma once

namespace violet {

// Tells whoever listens to SIGWINCH when the size is not what it was the last time. From any
// thread; cheap while nobody listens.
void look_for_resize();

}  // namespace violet
