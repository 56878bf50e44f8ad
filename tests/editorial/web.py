"""A small web of real servers on this machine, for what asks addresses."""

import contextlib
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Web:
    """A server whose pages are functions: `web.pages["/slow"] = lambda request: …`. It notes what it is asked."""

    def __init__(self, server, scheme):
        self.server = server
        self.scheme = scheme
        self.pages = {}
        self.asked = []
        self.headers = []

    @property
    def port(self):
        return self.server.server_address[1]

    def url(self, path="/", host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.port}{path}"

    def answers(self, path, status=200, *, head=None, body=b"Hello.", **headers):
        """Let `path` answer with a status; `head` is the status for HEAD when it differs."""

        def page(request):
            is_head = request.command == "HEAD"
            request.send_response(head if is_head and head else status)
            for name, value in headers.items():
                request.send_header(name, value)
            request.end_headers()
            if not is_head:
                request.wfile.write(body)

        self.pages[path] = page

    def redirects(self, path, to, status=302):
        self.answers(path, status, Location=to)


@contextlib.contextmanager
def serving(certificate=None):
    """A `Web`, with https when `certificate` names a file that holds a key and a certificate."""
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            web.asked.append((self.command, self.path))
            web.headers.append(dict(self.headers))
            with contextlib.suppress(OSError):
                web.pages[self.path.partition("?")[0]](self)

        do_HEAD = do_GET

        def log_message(self, *args):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            pass  # a client that does not trust us hangs up

    server = Server(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    web = Web(server, "https" if certificate else "http")
    web.stop = stop
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def certificate_for(name, folder):
    """A file with a key and a certificate for the host `name`, signed by itself."""
    path = folder / f"{name}.pem"
    files = ["-keyout", path, "-out", folder / "certificate"]
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run(
        ["openssl", "req", "-x509", *kind, *files, *names],
        check=True,
        capture_output=True,
    )
    path.write_text(path.read_text() + (folder / "certificate").read_text())
    return path
