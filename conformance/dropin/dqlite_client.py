"""A client of dqlite's wire protocol, as https://dqlite.io/docs/reference/wire-protocol has it."""

import struct

LEADER, CLIENT, OPEN, EXEC_SQL, QUERY_SQL = 0, 1, 3, 8, 9
FAILURE, SERVER, WELCOME, DATABASE, RESULT, ROWS = 0, 1, 2, 4, 6, 7
INTEGER, TEXT, NULL = 1, 3, 5
ALL_SENT, MORE_FOLLOWS = b"\xff" * 8, b"\xee" * 8


class Failure(Exception):
    """What the node answered instead of a result."""


def _text(text):
    raw = text.encode() + b"\0"
    return raw + b"\0" * (-len(raw) % 8)


def _parameters(values):
    if not values:
        return b""
    kinds = bytes([len(values), *(INTEGER if isinstance(value, int) else TEXT for value in values)])
    encoded = (struct.pack("<q", value) if isinstance(value, int) else _text(value) for value in values)
    return kinds + b"\0" * (-len(kinds) % 8) + b"".join(encoded)


class _Body:
    """What remains of a message."""

    def __init__(self, raw):
        self.raw, self.at = raw, 0

    def words(self, form="<q"):
        self.at += 8
        return struct.unpack_from(form, self.raw, self.at - 8)

    def text(self):
        end = self.raw.index(b"\0", self.at)
        text = self.raw[self.at:end].decode()
        self.at = end + 1 + -(end + 1) % 8
        return text

    def value(self, kind):
        if kind == TEXT:
            return self.text()
        number, = self.words()
        assert kind in (INTEGER, NULL), f"a column of type {kind}"
        return number if kind == INTEGER else None

    def rows(self):
        """The rows of this message, and whether more messages of rows follow."""
        columns, = self.words()
        for _ in range(columns):
            self.text()
        found = []
        size = -(-columns // 16) * 8  # Four bits for the type of each column, padded to a word.
        while self.raw[self.at:self.at + 8] not in (ALL_SENT, MORE_FOLLOWS):
            header = self.raw[self.at:self.at + size]
            self.at += size
            kinds = [header[index // 2] >> 4 * (index % 2) & 15 for index in range(columns)]
            found.append(tuple(self.value(kind) for kind in kinds))
        return found, self.raw[self.at:self.at + 8] == MORE_FOLLOWS


class Client:
    """One connection to a node."""

    def __init__(self, connection):
        self._socket = connection
        self._socket.settimeout(30)
        self._stream = self._socket.makefile("rb")
        self._socket.sendall(struct.pack("<Q", 1))
        self.ask(CLIENT, struct.pack("<Q", 1), WELCOME)
        self._database = 0

    def open(self, database="test.db"):
        self._database = self.ask(OPEN, _text(database) + struct.pack("<Q", 0) + _text("volatile"),
                                  DATABASE).words("<II")[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._stream.close()
        self._socket.close()

    def ask(self, kind, body, wanted):
        self._socket.sendall(struct.pack("<IBBH", len(body) // 8, kind, 0, 0) + body)
        return self._answer(wanted)

    def _answer(self, wanted):
        words, kind, _, _ = struct.unpack("<IBBH", self._read(8))
        body = _Body(self._read(words * 8))
        if kind == FAILURE:
            raise Failure(body.words(), body.text())
        assert kind == wanted, f"answer of type {kind}"
        return body

    def _read(self, size):
        data = self._stream.read(size)
        if len(data) < size:
            raise EOFError("the node hung up")
        return data

    def leader(self):
        """The address of the node that leads, "" while there is none."""
        body = self.ask(LEADER, struct.pack("<Q", 0), SERVER)
        body.words()
        return body.text()

    def execute(self, statement, *parameters):
        """Returns the last row's number and how many rows were changed."""
        body = self.ask(EXEC_SQL, self._statement(statement, parameters), RESULT)
        return body.words()[0], body.words()[0]

    def query(self, statement, *parameters):
        """Returns all rows, however many messages bring them."""
        found, more = self.ask(QUERY_SQL, self._statement(statement, parameters), ROWS).rows()
        while more:
            further, more = self._answer(ROWS).rows()
            found += further
        return found

    def _statement(self, statement, parameters):
        return struct.pack("<Q", self._database) + _text(statement) + _parameters(parameters)
