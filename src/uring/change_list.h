// The channels of which the kernel has to be told something else with the next wait.
#pragma once

#include <cstddef>

#include "base/list.h"
#include "engine.h"

namespace violet {

class ChangeList {
 public:
  ChangeList() { channels_.reset(); }

  bool empty() const { return channels_.empty(); }
  void note(Channel& channel) {
    if (!channel.change.linked()) channels_.push_back(channel.change);
  }

  // Calls apply(channel) for each channel, including those that are noted meanwhile. A channel for
  // which it returns false is looked at again at the next wait.
  template <typename Apply>
  void apply_each(Apply apply) {
    List later;
    later.reset();
    while (ListNode* node = channels_.pop_front()) {
      Channel& channel = object_from_member<Channel>(node, offsetof(Channel, change));
      if (apply(channel)) continue;
      // apply() may have put the channel back into the list.
      node->unlink_if_linked();
      later.push_back(*node);
    }
    later.move_all_to(channels_);
  }

 private:
  List channels_;
};

}  // namespace violet
