// Several datagrams where no call takes several.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "os/posix/datagram_message.h"

namespace violet {
namespace {

class DatagramLoops : public testing::Test {
 protected:
  DatagramLoops() { EXPECT_EQ(0, socketpair(AF_UNIX, SOCK_DGRAM, 0, ends_)); }
  ~DatagramLoops() override {
    for (int end : ends_)
      close(end);
  }

  Descriptor sender() const { return Descriptor::of(ends_[0]); }
  Descriptor receiver() const { return Descriptor::of(ends_[1]); }
  int send(std::vector<std::string> texts) const {
    std::vector<uv_buf_t> buffers;
    std::vector<OutgoingDatagram> datagrams;
    for (std::string& text : texts)
      buffers.push_back(uv_buf_init(text.data(), static_cast<unsigned>(text.size())));
    for (uv_buf_t& buffer : buffers)
      datagrams.push_back({&buffer, 1, nullptr});
    return send_one_by_one(sender(), datagrams.data(), static_cast<unsigned>(datagrams.size()));
  }

  int ends_[2] = {-1, -1};
};

TEST_F(DatagramLoops, MoveEachIntoAChunkOfItsOwn) {
  ASSERT_EQ(3, send({"one", "", "three"}));
  std::vector<char> room(4 * kLargestDatagram);
  const uv_buf_t buffer = uv_buf_init(room.data(), static_cast<unsigned>(room.size()));
  ReceivedDatagram received[4];
  ASSERT_EQ(3, receive_one_by_one(receiver(), buffer, received, 4)) << "no more than there are";
  EXPECT_EQ("one", std::string(room.data(), received[0].size));
  EXPECT_EQ(0u, received[1].size);
  EXPECT_EQ("three", std::string(room.data() + 2 * kLargestDatagram, received[2].size));
  EXPECT_FALSE(received[2].cut);
  EXPECT_EQ(UV_EAGAIN, receive_one_by_one(receiver(), buffer, received, 4));
}

TEST_F(DatagramLoops, LeaveWhatTheyAreNotAskedFor) {
  ASSERT_EQ(3, send({"one", "two", "three"}));
  std::vector<char> room(2 * kLargestDatagram);
  const uv_buf_t buffer = uv_buf_init(room.data(), static_cast<unsigned>(room.size()));
  ReceivedDatagram received[2];
  EXPECT_EQ(2, receive_one_by_one(receiver(), buffer, received, 2));
  EXPECT_EQ(1, receive_one_by_one(receiver(), buffer, received, 2));
  EXPECT_EQ("three", std::string(room.data(), received[0].size));
}

TEST_F(DatagramLoops, SendUpToTheFirstThatFindsNoRoom) {
  const std::string large(1000, 'x');
  int sent = 0;
  int last = 0;
  while ((last = send({large, large, large})) > 0)
    sent += last;
  EXPECT_GT(sent, 0);
  EXPECT_EQ(UV_EAGAIN, last);
  close(ends_[1]);
  ends_[1] = -1;
  EXPECT_LT(send({"nobody", "there"}), 0);
}

}  // namespace
}  // namespace violet
