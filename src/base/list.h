// Intrusive lists: the nodes live inside handles and requests, so linking never allocates.
#pragma once

#include <cassert>
#include <cstddef>

namespace violet {

// A node that knows whether it is linked. An unlinked node points at nothing, so that zeroed memory
// is a valid unlinked node.
struct ListNode {
  ListNode* next;  // first: some programs walk the list of a loop's handles
  ListNode* previous;

  bool linked() const { return next != nullptr; }

  void unlink() {
    assert(linked() && next->previous == this && previous->next == this);
    previous->next = next;
    next->previous = previous;
    previous = nullptr;
    next = nullptr;
  }

  void unlink_if_linked() {
    if (linked()) unlink();
  }
};

// A circular doubly linked list with O(1) removal of any node. The head must not move in memory
// while nodes are linked to it.
struct List {
  ListNode head;

  void reset() { head.previous = head.next = &head; }

  bool empty() const { return head.next == &head; }

  void push_back(ListNode& node) {
    assert(!node.linked() && "in one list at a time");
    node.previous = head.previous;
    node.next = &head;
    head.previous->next = &node;
    head.previous = &node;
  }

  void push_front(ListNode& node) {
    assert(!node.linked() && "in one list at a time");
    node.next = head.next;
    node.previous = &head;
    head.next->previous = &node;
    head.next = &node;
  }

  // Null when the list is empty.
  ListNode* front() const { return empty() ? nullptr : head.next; }

  ListNode* pop_front() {
    if (empty()) return nullptr;
    ListNode* node = head.next;
    node->unlink();
    return node;
  }

  // Moves all nodes of this list to the end of `target`, which must be initialised.
  void move_all_to(List& target) {
    assert(target.head.linked() && &target != this);
    if (empty()) return;
    head.next->previous = target.head.previous;
    target.head.previous->next = head.next;
    head.previous->next = &target.head;
    target.head.previous = head.previous;
    reset();
  }
};

// Calls `visit(node)` once for each node that is in the list now. Nodes added meanwhile are left
// for the next time; a node removed meanwhile is not visited. This is how the phases stay
// well-defined when a callback starts, stops or closes its neighbours.
template <typename Visit>
void for_each_linked_now(List& list, Visit visit) {
  List batch;
  batch.reset();
  list.move_all_to(batch);
  while (ListNode* node = batch.pop_front()) {
    list.push_back(*node);
    visit(*node);
  }
}

// The object that contains `node` as its member at `offset`. Our handle and request objects are
// standard-layout, so the arithmetic is well-defined for them.
template <typename Object>
Object& object_from_member(void* member, std::size_t offset) {
  return *reinterpret_cast<Object*>(static_cast<char*>(member) - offset);
}

}  // namespace violet
