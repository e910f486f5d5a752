#!/usr/bin/python3
# Between the workers and the database's socket: proxy.py LISTEN UPSTREAM.  Each
# line of standard input orders one fault, "fired NAME" tells when it happened.
# SPDX-License-Identifier: MulanPSL-2.0
import os
import socket
import sys
import threading
import time

HOLE_SECONDS, DELAY_SECONDS = 4, 0.5
# Faults of one COMMIT, and those that wait for no particular packet.
AT_COMMIT = ("unsent", "unanswered", "half", "delay")
ANY = ("reset", "hole")

orders, lock = [], threading.Lock()


def take(*names):
    """The oldest order that is one of NAMES; None: there is none."""
    with lock:
        if orders and orders[0] in names:
            name = orders.pop(0)
            print("fired " + name, flush=True)
            return name
    return None


def read(sock, size):
    out = b""
    while len(out) < size:
        part = sock.recv(size - len(out))
        if not part:
            raise ConnectionError("the end")
        out += part
    return out


def packet(sock):
    """One packet of the protocol: its header and its body."""
    head = read(sock, 4)
    return head + read(sock, int.from_bytes(head[:3], "little"))


class Link:
    """One connection of a worker."""

    def __init__(self, worker, upstream):
        self.worker, self.upstream = worker, socket.socket(socket.AF_UNIX)
        self.upstream.connect(upstream)
        self.answer = None      # what becomes of the next answer
        for way in (self.down, self.up):
            threading.Thread(target=self.run, args=(way,), daemon=True).start()

    def run(self, way):
        try:
            while True:
                way()
        except OSError:
            self.close()

    def close(self):
        for s in (self.worker, self.upstream):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            s.close()

    def down(self):
        data = packet(self.worker)
        if data[4:] == b"\x03COMMIT":
            order = take(*AT_COMMIT)
            if order == "unsent":
                raise ConnectionError("COMMIT is not handed on")
            self.answer = order
        elif data[4:5] in (b"\x03", b"\x16", b"\x17"):
            order = take(*ANY)
            if order == "hole":
                time.sleep(HOLE_SECONDS)
            if order is not None:
                raise ConnectionError("cut")
        self.upstream.sendall(data)

    def up(self):
        data, order = packet(self.upstream), self.answer
        self.answer = None
        if order == "unanswered":
            raise ConnectionError("the answer is not handed back")
        if order == "half":
            self.worker.sendall(data[:len(data) // 2])
            raise ConnectionError("half of the answer")
        if order == "delay":
            time.sleep(DELAY_SECONDS)
        self.worker.sendall(data)


def accept(listening, upstream):
    while True:
        worker = listening.accept()[0]
        try:
            Link(worker, upstream)
        except OSError:
            worker.close()


def main():
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(sys.argv[1])
    listening.listen(50)
    threading.Thread(target=accept, args=(listening, sys.argv[2]), daemon=True).start()
    print("ready", flush=True)
    for line in sys.stdin:          # its end is ours, too
        with lock:
            orders.append(line.strip())
    os.unlink(sys.argv[1])


if __name__ == "__main__":
    main()
