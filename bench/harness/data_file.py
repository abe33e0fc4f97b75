"""Files to work on, whose contents only the harness knows: reads that were not made cannot add up.

A block begins with 8 bytes that count. The programs choose blocks by a known sequence of numbers
(next_random() in bench/protocol/protocol.c), so what so many reads have met is known, too.
"""

import array
import os
import tempfile

PAGE = 4096
WORD = 2**64 - 1
FIRST_STATE = 88172645463325252


def next_random(state):
    state ^= state << 13 & WORD
    state ^= state >> 7
    return state ^ (state << 17 & WORD)


class Sums:
    """After so many reads of blocks of one size: the sum of what they met."""

    def __init__(self, words, pages_per_block):
        self.words, self.step = words, pages_per_block
        self.blocks = len(words) // pages_per_block
        self.state, self.sums = FIRST_STATE, [0]

    def after(self, count):
        while len(self.sums) <= count:
            self.state = next_random(self.state)
            word = self.words[self.state % self.blocks * self.step]
            self.sums.append((self.sums[-1] + word) & WORD)
        return self.sums[count]


class TemporaryFile:
    """One that others can open meanwhile: on Windows, NamedTemporaryFile keeps them out."""

    def __init__(self, folder):
        descriptor, self.path = tempfile.mkstemp(dir=folder, prefix="violet-bench-")
        self.file = os.fdopen(descriptor, "w+b")

    def close(self):
        self.file.close()
        os.unlink(self.path)


class DataFile(TemporaryFile):
    def __init__(self, folder, megabytes):
        super().__init__(folder)
        self.size = megabytes << 20
        words = array.array("Q")
        for _ in range(megabytes):
            piece = os.urandom(1 << 20)
            self.file.write(piece)
            for offset in range(0, 1 << 20, PAGE):
                words.append(int.from_bytes(piece[offset:offset + 8], "little"))
        self.file.flush()
        os.fsync(self.file.fileno())
        self.words = words
        self.sums = {}

    def expected(self, operation, block_size, count):
        """The sum that a program must have found; None for operations that read nothing."""
        if operation == "read_file":
            return self.words[0] * count & WORD
        if operation != "read":
            return None
        sums = self.sums.setdefault(block_size, Sums(self.words, block_size // PAGE))
        return sums.after(count)

    def leave_cache(self):
        """False where the system has no way to say so."""
        if not hasattr(os, "posix_fadvise"):
            return False
        os.posix_fadvise(self.file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return True

    def enter_cache(self):
        with open(self.path, "rb") as file:
            while file.read(1 << 20):
                pass


class WrittenFile(TemporaryFile):
    """Empty blocks; operation N (from 1) writes N at the start of its block."""

    BLOCKS = 2048

    def __init__(self, folder):
        super().__init__(folder)
        self.size = self.BLOCKS * PAGE
        self.file.write(bytes(self.size))
        self.file.flush()

    def fault(self, count):
        """What is wrong with the file after `count` writes, or None."""
        state, written, choices = FIRST_STATE, set(), []
        for _ in range(count):
            state = next_random(state)
            choices.append(state % self.BLOCKS)
        with open(self.path, "rb") as file:
            for block in range(self.BLOCKS):
                file.seek(block * PAGE)
                number = int.from_bytes(file.read(8), "little")
                if number == 0:
                    continue
                if number > count or choices[number - 1] != block:
                    return "a block has what was not written there"
                written.add(block)
        return None if written == set(choices) else "a write did not reach the file"
