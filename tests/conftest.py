"""What holds for every test."""

import gc
import ipaddress
import sys

from hypothesis import settings

# A machine that is busy is no mistake in the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


def pytest_collection_finish():
    """Look for garbage less often, and never among what is loaded by now: that saves a twelfth of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def on_this_machine(host):
    """Say whether `host`, a name or an IP address, is the machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "", None)


def keep_inside(event, args):
    """Refuse every connection and name look-up that leaves this machine."""
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple):
        host = args[1][0]
    else:
        return
    if not on_this_machine(host.decode() if isinstance(host, bytes) else host):
        raise RuntimeError(f"A test reached for {host}. Tests stay on this machine: use a stand-in.")


sys.addaudithook(keep_inside)
