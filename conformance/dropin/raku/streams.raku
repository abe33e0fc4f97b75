# Rakudo on MoarVM: TCP in both directions, many clients at once, UDP, and what a refused connection tells.
#
# expect:
#   echo: hello violet
#   large: 3000000 bytes intact True
#   50 clients: 1275
#   refused: True
#   datagram: ping
use v6.d;

sub listen(&each) {
    my $tap = IO::Socket::Async.listen('127.0.0.1', 0).tap(&each);
    return $tap, await $tap.socket-port;
}
sub receive($connection, $size) {
    my $bytes = Buf.new;
    react { whenever $connection.Supply(:bin) { $bytes ~= $_; done if $bytes.elems >= $size } }
    $bytes.decode
}
my ($echo, $port) = listen -> $connection {
    $connection.Supply(:bin).tap: -> $bytes { $connection.write($bytes) }, done => { $connection.close }
}

my $client = await IO::Socket::Async.connect('127.0.0.1', $port);
await $client.print('hello violet');
say 'echo: ' ~ receive($client, 12);
$client.close;

my ($drain, $drain-port) = listen -> $connection {
    start {
        my $total = 0;
        my $intact = True;
        react {
            whenever $connection.Supply(:bin) -> $bytes {
                $intact = False unless $bytes[0] == 65 + ($total div 1000) % 26;
                $total += $bytes.elems;
                if $total == 3_000_000 { await $connection.print("$total bytes intact $intact".fmt('%-25s')); done }
            }
        }
        $connection.close;
    }
}
my $large = await IO::Socket::Async.connect('127.0.0.1', $drain-port);
await $large.write(Blob.new: flat ((65 + $_ % 26) xx 1000 for ^3000));
say 'large: ' ~ receive($large, 25).trim;
$large.close;
$drain.close;

my @sums = await (1..50).map: -> $number {
    start {
        my $one = await IO::Socket::Async.connect('127.0.0.1', $port);
        await $one.print("$number");
        my $answer = receive($one, "$number".chars);
        $one.close;
        +$answer
    }
}
say '50 clients: ' ~ @sums.sum;
$echo.close;

my $refusal = try { await IO::Socket::Async.connect('127.0.0.1', $drain-port); 'connected' } // ~$!;
say 'refused: ' ~ so $refusal ~~ /refused/;

# A port of its own, which another socket just gave back: this Rakudo tells none of a datagram socket.
my $receiver = IO::Socket::Async.bind-udp('127.0.0.1', $drain-port);
my $got = $receiver.Supply(:bin, :datagram).head.Promise;
my $sender = IO::Socket::Async.udp;
await $sender.print-to('127.0.0.1', $drain-port, 'ping');
say 'datagram: ' ~ (await $got).data.decode;
