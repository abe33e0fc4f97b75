# Rakudo on MoarVM: children with pipes, exit codes and signals, timers in order, a signal to oneself,
# a file that changes.
#
# expect:
#   output: hello violet
#   exit: 3 signal 0
#   errors: to stderr
#   cat: 100000
#   killed: signal 15
#   missing: True
#   20 children: 210
#   timers: 10 30 60
#   interval: 0 1 2
#   own signal: SIGUSR1
#   changed: True
use v6.d;

sub run-it(*@command) {
    my $process = Proc::Async.new(|@command);
    my ($out, $err) = '', '';
    $process.stdout.tap: { $out ~= $_ };
    $process.stderr.tap: { $err ~= $_ };
    my $result = await $process.start;
    return $out.chomp, $err.chomp, $result;
}

my ($out, $err, $result) = run-it('/bin/sh', '-c', 'echo hello violet; echo to stderr >&2; exit 3');
say "output: $out";
say "exit: {$result.exitcode} signal {$result.signal}";
say "errors: $err";

my $cat = Proc::Async.new(:w, 'cat');
my $bytes = 0;
$cat.stdout(:bin).tap: { $bytes += .elems };
my $ended = $cat.start;
await $cat.print('x' x 100_000);
$cat.close-stdin;
await $ended;
say "cat: $bytes";

my $sleeper = Proc::Async.new('sleep', '60');
my $sleeping = $sleeper.start;
await $sleeper.ready;
$sleeper.kill(SIGTERM);
say 'killed: signal ' ~ (await $sleeping).signal;

my $missing = try { await Proc::Async.new('/does/not/exist').start; 'started' } // ~$!;
say 'missing: ' ~ so $missing ~~ /:i 'no such file' /;

say '20 children: ' ~ [+] await (1..20).map: -> $number {
    start { +run-it('/bin/sh', '-c', "echo $number")[0] }
};

my @fired;
await (60, 10, 30).map: -> $after { Promise.in($after / 100).then: { @fired.push: $after } };
say 'timers: ' ~ @fired;
say 'interval: ' ~ await Supply.interval(0.01).head(3).reduce(-> $a, $b { "$a $b" }).Promise;

my $own = Promise.new;
signal(SIGUSR1).tap: { $own.keep($_) };
await Proc::Async.new('kill', '-USR1', ~$*PID).start;
say 'own signal: ' ~ await $own;

my $folder = %*ENV<TMPDIR>.IO.add("raku-$*PID");
$folder.mkdir;
my $event = $folder.watch.head.Promise;
my $writer = Supply.interval(0.05).tap: { $folder.add("file$_").spurt('x') };
say 'changed: ' ~ so (await $event).path ~~ /raku/;
$writer.close;
