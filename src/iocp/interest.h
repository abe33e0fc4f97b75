// Interest in channels: noted at once, told to the kernel with the next wait, as polls, receives
// and accepts.
#pragma once

#include <cstdint>

#include "base/list.h"
#include "engine.h"
#include "iocp/channel_table.h"
#include "iocp/port.h"
#include "iocp/receiver.h"

namespace violet {

class IocpInterest {
 public:
  explicit IocpInterest(Port& port);

  // As the functions of the same names of Engine.
  int watch(Channel& channel, Events wanted);
  void forget(Channel& channel);
  int check_unused(Descriptor descriptor) const;
  std::int64_t take(Channel& channel, void* buffer, std::size_t size);
  int take_connection(Channel& channel, OwnedDescriptor& connection);
  int take_datagram(Channel& channel, const uv_buf_t& buffer, ReceivedDatagram& received);
  bool take_passed(Channel& channel, OwnedDescriptor& passed);
  void name_peer(Channel& channel, int pid);
  void supply_ends(Channel& channel, unsigned int count);

  // The channel's record, which is made if there is none. Null when out of memory.
  ChannelRecord* record_for(Channel& channel);
  // Null if the channel has no record.
  ChannelRecord* find(const Channel& channel) const { return table_.find(channel); }
  // Gives a descriptor to a channel that had none (a pipe that has connected).
  void give_descriptor(Channel& channel, Descriptor descriptor);
  // Whether operations on the channel report to our port. Associates it with the port if that has
  // not been tried.
  bool works_ahead(ChannelRecord& record);
  // For a pipe on which calls wait: interrupts the read that is under way, so that another call can
  // be made. Bytes that have come are kept, and reading goes on with the next wait. With kGiveUp it
  // may fail: false, and the caller has to try again later.
  static bool interrupt_read(ChannelRecord& record, WhenFull when_full);
  // To be called when a channel that could not be read for a while can be read again.
  void go_on_reading(ChannelRecord& record);
  // The op ends with 0, or the error of its connection, once there is room to write.
  void park(ChannelRecord& record, Op& op);
  // False if it is not parked.
  bool unpark(Op& op);

  int watch_child(Channel& channel);
  int watch_folder(Channel& channel, Events wanted);

  // Whether a wait has something to do or to tell before it may sleep.
  bool wants_turn() const;
  void apply_changes();
  // Links the channels whose owners have something to take. How many.
  std::uint32_t link_deliverable(ReadyList& ready);
  // These are called when a packet has come.
  void complete_poll(Operation& operation, ReadyList& ready);
  void complete_receive(Operation& operation, std::uint32_t size);
  void complete_accept(Operation& operation);
  void complete_child(Operation& operation);
  void complete_console(Operation& operation);
  void complete_folder(Operation& operation, std::uint32_t size);

  // True, once, if polls were cancelled in order to ask for more: they have to be started again
  // before the wait ends.
  bool take_restarts() {
    const bool any = restarts_;
    restarts_ = false;
    return any;
  }

  void close() { device_.close(); }

 private:
  bool decide_way_of_pipe(ChannelRecord& record);
  std::int64_t take_from(ChannelRecord& record, void* buffer, std::size_t size);
  int begin_folder(ChannelRecord& record);
  std::int64_t take_folder(ChannelRecord& record, void* buffer, std::size_t size);
  void note(ChannelRecord& record);
  void apply(ChannelRecord& record);
  void apply_poll(ChannelRecord& record);
  void start_poll(ChannelRecord& record, Events wanted);
  void apply_receive(ChannelRecord& record);
  void apply_accept(ChannelRecord& record);
  int watch_console(Channel& channel, Events wanted);
  std::int64_t take_typed(ChannelRecord& record, void* buffer, std::size_t size);
  void refuse_poll(ChannelRecord& record);
  void report(ChannelRecord& record, Events happened, ReadyList& ready);
  void end_parked(ChannelRecord& record, ReadyList& ready);
  void update_deliverable(ChannelRecord& record);
  void began(ChannelRecord& record, unsigned int operations = 1);
  // True when its channel is gone; then the record may be, too.
  bool is_over(ChannelRecord& record);
  bool has_news_of_pipes() const;
  void free_if_unused(ChannelRecord& record);

  Port& port_;
  AfdDevice device_;
  ChannelTable table_;
  Receives receives_;
  List changes_;                      // by Channel::change
  List deliverable_;                  // by ChannelRecord::deliverable
  std::uint32_t ended_children_ = 0;  // that are not forgotten yet
  bool restarts_ = false;
  ReadyList found_;                  // what became ready outside of a wait, for the next one
  std::uint32_t found_at_once_ = 0;  // polls that were over when they began
};

}  // namespace violet
