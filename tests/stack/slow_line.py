"""A line to a server that takes its time: whatever is sent waits before it goes on."""

import socket
import threading
import time
from contextlib import contextmanager, suppress


class SlowLine:
    """Listens on `port` of this machine and passes on to `target`, a port; what is sent there waits `delay` seconds."""

    def __init__(self, target):
        self.target, self.delay = target, 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @contextmanager
    def slow(self, seconds):
        self.delay = seconds
        try:
            yield
        finally:
            self.delay = 0

    def close(self):
        self._listener.close()

    def _serve(self):
        with suppress(OSError):  # it is closed
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
                threading.Thread(target=self._pass_on, args=(client, server, True), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(server, client, False), daemon=True).start()

    def _pass_on(self, source, target, is_slow):
        with suppress(OSError), source, target:
            while data := source.recv(65_536):
                if is_slow:
                    time.sleep(self.delay)
                target.sendall(data)
