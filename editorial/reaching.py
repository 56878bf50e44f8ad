"""Asks an address on the web whether it still answers: politely, and never inside a private network.

Every hop of a redirect is looked at before it is followed. A host's name is looked up once, what came back is
checked, and the connection goes to that very address: a name that answers otherwise a moment later changes nothing.
Proxies from the environment are not used. A proxy would look up names by itself, out of sight of this check.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from editorial.models import SourceCheck

MOST_REDIRECTS = 5
LONGEST_ADDRESS = 2_000
FIRST_BYTES = 1_024
PORTS = {"http": 80, "https": 443}
FOR_GOOD = (301, 308)
REDIRECTS = (*FOR_GOOD, 302, 303, 307)
GONE = (404, 410)
TOO_MANY_REQUESTS = 429
# An IPv4 address behind it is what the connection reaches in the end (RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Outcome = SourceCheck.Outcome


@dataclass(frozen=True)
class Answer:
    """What came of asking: `status` is None when no server answered, `final_url` the address that answered last."""

    outcome: str
    detail: str
    status: int | None = None
    final_url: str = ""

    @property
    def was_heard(self):
        """Whether any server spoke: a sign that this machine is connected at all."""
        return self.status is not None


class NotAllowed(Exception):
    """The address leads where this program does not go. The message says where, as a sentence."""


class NoAnswer(Exception):
    """Nothing came back. The message says why, as a sentence."""


@dataclass(frozen=True)
class Place:
    """An address taken apart: whom to ask, and for what."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self):
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def place_of(url, *, any_port=False):
    """The `Place` of an address. Raises NotAllowed for one that is not of the public web."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        raise NotAllowed("It leads to something that is no web address.") from None
    if parts.scheme not in PORTS or not host or len(url) > LONGEST_ADDRESS or not _is_plain(host):
        raise NotAllowed("It leads to something that is no web address (http or https).")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed("It has a user name or a password in it.")
    port = PORTS[parts.scheme] if port is None else port
    if port != PORTS[parts.scheme] and not any_port:
        raise NotAllowed(f"It uses port {port}. Only the usual ports of the web are asked.")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?[]|")
    return Place(parts.scheme, host, port, target)


def _is_plain(host):
    return host.isprintable() and not set(host) & set(" /\\?#@<>\"'%")


def _readable(location):
    """A Location header with everything but plain characters percent-encoded, as browsers do it."""
    return quote(location.encode("latin-1", "replace"), safe="".join(map(chr, range(0x21, 0x7F))))


def is_public(address):
    """Whether an IP address, as text, belongs to a host on the public internet."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # such as an address with a zone: fe80::1%eth0
        return False
    inner = _ipv4_inside(ip)
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _ipv4_inside(ip):
    """The IPv4 address that an IPv6 address stands for, or None."""
    if ip.version == 4:
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    return ipaddress.ip_address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None


def look_up(host, port):
    """Every IP address of a host, as texts in the order of the system. Raises OSError when there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(each[4][0] for each in found))


class Asker:
    """Asks addresses one after another, and lets each host rest between two questions.

    `timeout` and `pause` are in seconds. `look_up` and `certificates` (a file of trusted ones) are for tests.
    """

    def __init__(self, *, agent, allow_private=False, timeout=10, pause=2, look_up=look_up, certificates=None):
        self.agent = agent
        self.allow_private = allow_private
        self.timeout = timeout
        self.pause = pause
        self.look_up = look_up
        self.certificates = certificates
        self._asked_at = {}

    def ask(self, url):
        """An `Answer`, whatever happens on the way."""
        url = url.partition("#")[0]
        first, seen, hops, status = url, [url], [], None
        while True:
            try:
                place = place_of(url, any_port=self.allow_private)
                status, location = self._ask_once(place)
            except NotAllowed as trouble:
                return Answer(Outcome.NOT_ALLOWED, self._on_the_way(trouble, hops, url), status, seen[-1])
            except NoAnswer as trouble:
                return Answer(Outcome.UNREACHABLE, self._on_the_way(trouble, hops, url), status, seen[-1])
            if status not in REDIRECTS or not location:
                return _answered(first, url, status, hops)
            hops.append(status)
            try:
                url = urljoin(url, _readable(location)).partition("#")[0]
            except ValueError:
                return Answer(Outcome.UNREACHABLE, "It redirects to something that is no web address.", status, url)
            if url in seen:
                return Answer(Outcome.UNREACHABLE, "It redirects in a circle.", status, seen[-1])
            if len(hops) > MOST_REDIRECTS:
                return Answer(Outcome.UNREACHABLE, f"It redirects more than {MOST_REDIRECTS} times.", status, seen[-1])
            seen.append(url if len(url) <= LONGEST_ADDRESS else "")

    def _on_the_way(self, trouble, hops, url):
        return f"It redirects to {url[:200]}. {trouble}" if hops else str(trouble)

    def _ask_once(self, place):
        """(status, where it redirects to) of one hop: HEAD, then GET when the answer to HEAD is no good news."""
        addresses = self._addresses_of(place)
        try:
            status, location = self._request("HEAD", place, addresses)
        except NoAnswer as trouble:
            # Some servers hang up on HEAD. One that cannot be connected to will not answer GET either.
            if isinstance(trouble, _NoConnection):
                raise
            return self._request("GET", place, addresses)
        if status >= 400 and status != TOO_MANY_REQUESTS:
            return self._request("GET", place, addresses)
        return status, location

    def _addresses_of(self, place):
        """The IP addresses to connect to. Raises NotAllowed when one of them is not public."""
        try:
            found = self.look_up(place.host, place.port)
        except (OSError, UnicodeError):
            raise NoAnswer(f"There is no host {place.host}.") from None
        private = [address for address in found if not is_public(address)]
        if private and not self.allow_private:
            raise NotAllowed(f"Its host {place.host} is at {private[0]}, which is not on the public internet.")
        if not found:
            raise NoAnswer(f"There is no host {place.host}.")
        return found[:2]

    def _request(self, method, place, addresses):
        trouble = None
        for address in addresses:
            self._let_rest(place.host)
            try:
                return self._request_at(address, method, place)
            except _NoConnection as found:
                trouble = found
        raise trouble

    def _let_rest(self, host):
        """Wait until the host was left alone for the pause."""
        now = time.monotonic()
        wait = self._asked_at.get(host, now - self.pause) + self.pause - now
        if wait > 0:
            time.sleep(wait)
        self._asked_at[host] = time.monotonic()

    def _request_at(self, address, method, place):
        connection = self._connection(address, place)
        try:
            try:
                connection.connect()
            except (OSError, HTTPError) as trouble:
                raise _NoConnection(_in_words(trouble, self.timeout)) from trouble
            return self._exchange(connection, method, place)
        finally:
            connection.close()

    def _connection(self, address, place):
        if place.scheme == "http":
            return HTTPConnection(address, place.port, timeout=self.timeout)
        return HTTPSConnection(
            address,
            place.port,
            timeout=self.timeout,
            server_hostname=place.host,
            cert_reqs="CERT_REQUIRED",
            ca_certs=self.certificates,
        )

    def _exchange(self, connection, method, place):
        """Ask, and read no more than the first bytes; cut off a server that trickles its answer."""
        headers = {
            "Host": place.host_header,
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        was_cut = threading.Event()
        cut_off = threading.Timer(self.timeout, _shut, [connection.sock, was_cut])
        cut_off.daemon = True
        cut_off.start()
        response = None
        try:
            connection.request(method, place.target, headers=headers, preload_content=False, decode_content=False)
            response = connection.getresponse()
            if method == "GET":
                response.read(FIRST_BYTES, decode_content=False)
            if was_cut.is_set():  # what came before it looks like a whole answer
                raise NoAnswer(_in_words(TimeoutError(), self.timeout))
            return response.status, response.headers.get("Location")
        except (OSError, HTTPError, http.client.HTTPException) as trouble:
            raise NoAnswer(_in_words(trouble, self.timeout, was_cut=was_cut.is_set())) from trouble
        finally:
            cut_off.cancel()
            if response is not None:
                response.close()


class _NoConnection(NoAnswer):
    """No connection was made, so that no other question would be answered either."""


def _shut(connected, was_cut):
    was_cut.set()
    with contextlib.suppress(OSError):  # already closed by the other side
        connected.shutdown(socket.SHUT_RDWR)


def _in_words(trouble, timeout, was_cut=False):
    """A sentence on why nothing came back."""
    causes = [trouble]
    while causes[-1].__cause__ or causes[-1].__context__:
        causes.append(causes[-1].__cause__ or causes[-1].__context__)
    if was_cut or any(isinstance(each, TimeoutError) or "timed out" in str(each) for each in causes):
        return f"No answer within {timeout:g} seconds."
    certificate = next((each for each in causes if isinstance(each, ssl.SSLCertVerificationError)), None)
    if certificate is not None:
        return f"Its certificate cannot be trusted: {certificate.verify_message.rstrip('.')}."
    if any(isinstance(each, ssl.SSLError) or "CertificateError" in type(each).__name__ for each in causes):
        return "No safe connection (TLS) could be made."
    if any(isinstance(each, ConnectionRefusedError) for each in causes):
        return "The host refuses the connection."
    if any(isinstance(each, http.client.HTTPException) for each in causes):
        return "What the server sends is no answer that a browser would understand."
    return "The connection broke off."


def _answered(first, url, status, hops):
    """What a status means for somebody who follows the link."""
    if 200 <= status < 300:
        if not hops:
            return Answer(Outcome.REACHABLE, "It answers.", status, url)
        if hops[0] not in FOR_GOOD:
            return Answer(Outcome.REACHABLE, f"It answers, after a redirect to {url}.", status, url)
        detail = f"It has moved for good, to {url}."
        if urlsplit(url).path in ("", "/") and urlsplit(first).path not in ("", "/"):
            detail += " That is the first page of a site: the document itself may be gone."
        return Answer(Outcome.MOVED, detail, status, url)
    where = f"It redirects to {url}. " if hops else ""
    if status in GONE:
        detail = f"{where}The server says that there is no such page (status {status})."
        return Answer(Outcome.GONE, detail, status, url)
    if status >= 500:
        return Answer(Outcome.UNREACHABLE, f"{where}The server reports a fault (status {status}).", status, url)
    if status in REDIRECTS:
        return Answer(Outcome.UNREACHABLE, f"{where}It redirects without saying where to.", status, url)
    detail = f"{where}The server refuses to answer a program (status {status}). Open it in a browser to see."
    return Answer(Outcome.REFUSED, detail, status, url)
