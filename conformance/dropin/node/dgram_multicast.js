// Multicast on the loopback interface: join, receive one's own, leave; broadcast and TTL options.
//
// expect:
//   received: to the group
//   dropped membership twice: EADDRNOTAVAIL
//   options accepted
const dgram = require('dgram');
const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true });
const group = '239.255.77.77';
socket.bind(0, () => {
  socket.setMulticastInterface('127.0.0.1');
  socket.setMulticastLoopback(true);
  socket.setMulticastTTL(1);
  socket.setTTL(64);
  socket.setBroadcast(true);
  socket.addMembership(group, '127.0.0.1');
  socket.once('message', (message) => {
    console.log(`received: ${message}`);
    socket.dropMembership(group, '127.0.0.1');
    try {
      socket.dropMembership(group, '127.0.0.1');
    } catch (error) {
      console.log(`dropped membership twice: ${error.code}`);
    }
    console.log('options accepted');
    socket.close();
  });
  socket.send('to the group', socket.address().port, group);
});
