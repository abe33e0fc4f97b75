// Go: its net package with a goroutine for each connection, its timers, its files.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"
	"net"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

var options = map[string]string{}

func option(name, fallback string) string {
	if value, found := options[name]; found {
		return value
	}
	return fallback
}

func number(name string, fallback int) int {
	value, err := strconv.Atoi(option(name, ""))
	if err != nil {
		return fallback
	}
	return value
}

func say(key, text string) {
	fmt.Printf("{%q: %q}\n", key, text)
}

func end(key, text string) {
	say(key, text)
	os.Exit(1)
}

// -- the run: bench/protocol/protocol.h --

var input = bufio.NewReader(os.Stdin)
var began, ends time.Time

func awaitGo() {
	say("ready", "")
	if _, err := input.ReadString('\n'); err != nil {
		os.Exit(1)
	}
	seconds, _ := strconv.ParseFloat(option("seconds", "0.5"), 64)
	began = time.Now()
	ends = began.Add(time.Duration(seconds * 1e9))
}

func timeIsUp() bool { return !time.Now().Before(ends) }

type latencies map[uint64]uint64

// Exact below 256 ns, then 128 steps for each power of two.
func (all latencies) record(passed time.Duration) {
	value := uint64(passed)
	shift := 0
	if width := bits.Len64(value); width > 8 {
		shift = width - 8
	}
	all[value>>shift<<shift]++
}

func finish(operations uint64, more string, all latencies) {
	passed := time.Since(began).Seconds()
	values := make([]uint64, 0, len(all))
	for value := range all {
		values = append(values, value)
	}
	sort.Slice(values, func(i, j int) bool { return values[i] < values[j] })
	pairs := []string{}
	for _, value := range values {
		pairs = append(pairs, fmt.Sprintf("[%d, %d]", value, all[value]))
	}
	fmt.Printf("{\"operations\": %d, \"seconds\": %.9f, %s\"latency\": [%s]}\n",
		operations, passed, more, strings.Join(pairs, ", "))
	io.Copy(io.Discard, input)
}

func nextRandom(state *uint64) uint64 {
	*state ^= *state << 13
	*state ^= *state >> 7
	*state ^= *state << 17
	return *state
}

const firstRandomState = 88172645463325252

// -- streams --

func echo(connection net.Conn) {
	defer connection.Close()
	buffer := make([]byte, 64*1024)
	for {
		count, err := connection.Read(buffer)
		if err != nil {
			return
		}
		if _, err := connection.Write(buffer[:count]); err != nil {
			return
		}
	}
}

func sink(connection net.Conn) {
	defer connection.Close()
	buffer := make([]byte, 64*1024)
	received := 0
	for {
		count, err := connection.Read(buffer)
		received += count
		if err == io.EOF {
			fmt.Fprintf(connection, "%d\n", received)
		}
		if err != nil {
			return
		}
	}
}

func serve(handle func(net.Conn)) {
	network, address := "tcp4", "127.0.0.1:0"
	if option("transport", "tcp") == "pipe" {
		network, address = "unix", option("path", "")
	}
	listener, err := net.Listen(network, address)
	if err != nil {
		end("failed", err.Error())
	}
	if network == "tcp4" {
		address = strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	}
	say("ready", address)
	for {
		connection, err := listener.Accept()
		if err != nil {
			end("failed", err.Error())
		}
		go handle(connection)
	}
}

// -- timers --

func timers() {
	count := number("count", 1000000)
	span := uint64(number("span", 5))
	state := uint64(firstRandomState)
	var fired, rounds uint64
	var early atomic.Bool
	awaitGo()
	for {
		rounds++
		var left sync.WaitGroup
		left.Add(count)
		for i := 0; i < count; i++ {
			delay := time.Duration(nextRandom(&state)%span) * time.Millisecond
			due := time.Now().Add(delay)
			time.AfterFunc(delay, func() {
				if time.Now().Before(due) {
					early.Store(true)
				}
				atomic.AddUint64(&fired, 1)
				left.Done()
			})
		}
		left.Wait()
		if timeIsUp() {
			break
		}
	}
	if early.Load() {
		end("cheats", "a timer fires before its time")
	}
	if fired != rounds*uint64(count) {
		end("cheats", "a timer has not fired once for each start")
	}
	finish(fired, "", latencies{})
}

// -- files --

const wayPastCache = 0x4000 // O_DIRECT, on Linux on x86-64.

type reads struct {
	mutex      sync.Mutex
	state      uint64
	sum        uint64
	operations uint64
	all        latencies
}

func (shared *reads) next(blocks uint64) uint64 {
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	return nextRandom(&shared.state) % blocks
}

func (shared *reads) add(told uint64, passed time.Duration) {
	shared.mutex.Lock()
	defer shared.mutex.Unlock()
	shared.sum += told
	shared.operations++
	shared.all.record(passed)
}

func aligned(size int) []byte {
	buffer := make([]byte, size+4096)
	for start := 0; ; start++ {
		if addressOf(buffer[start:])%4096 == 0 {
			return buffer[start : start+size]
		}
	}
}

func files() {
	size, _ := strconv.ParseUint(option("size", "0"), 10, 64)
	block := number("bytes", 4096)
	flags := os.O_RDONLY
	if number("direct", 0) != 0 {
		flags |= wayPastCache
	}
	file, err := os.OpenFile(option("path", ""), flags, 0)
	if err != nil {
		end("failed", err.Error())
	}
	shared := reads{state: firstRandomState, all: latencies{}}
	awaitGo()
	var left sync.WaitGroup
	for i := 0; i < number("depth", 1); i++ {
		left.Add(1)
		go func() {
			defer left.Done()
			buffer := aligned(block)
			for {
				start := time.Now()
				offset := int64(shared.next(size/uint64(block))) * int64(block)
				if _, err := file.ReadAt(buffer, offset); err != nil {
					end("failed", err.Error())
				}
				shared.add(binary.LittleEndian.Uint64(buffer), time.Since(start))
				if timeIsUp() {
					return
				}
			}
		}()
	}
	left.Wait()
	finish(shared.operations, fmt.Sprintf("\"sum\": \"%d\", ", shared.sum), shared.all)
}

func main() {
	task := ""
	for i, word := range os.Args[1:] {
		name, value, found := strings.Cut(word, "=")
		if found {
			options[name] = value
		} else if i == 0 {
			task = word
		}
	}
	switch task + ":" + option("mode", option("operation", "")) {
	case "stream_server:echo":
		serve(echo)
	case "stream_server:sink":
		serve(sink)
	case "timers:fire":
		timers()
	case "files:read":
		files()
	default:
		say("lacks", "not done by this peer")
	}
}
