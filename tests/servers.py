"""Servers on this machine, for tests and for benchmarks."""

import os
import socket
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parent.parent / "deploy" / "nginx.conf.template"
# Such a frame as a machine's own nginx.conf is. All readers come from one address, so that limits only count.
FRAME = """user root;
daemon off;
pid {path}.pid;
error_log {path}.log;
worker_processes 1;
events {{ worker_connections 2048; }}
http {{ include /etc/nginx/mime.types; access_log off; limit_req_dry_run on; limit_req_log_level info;
{site}
}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def smallest_environment(**more):
    """What a program needs that starts the site as in production; nothing else of this machine's reaches it."""
    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "a text of fifty characters that nobody should know",
        "ALLOWED_HOSTS": "testserver,127.0.0.1",
        "DEBUG": "off",
        "HTTPS": "off",
        "SITE_URL": "",
    } | more


def nginx_configuration(path, site):
    """Write the configuration of an nginx that serves `site`; its log and its process number lie beside `path`."""
    path.write_text(FRAME.format(path=path, site=site))
    return path


def nginx_site(folder, port, upstreams, **other):
    """The site as deploy/ has it, on `port`, with its copies in `folder`; `other` are places filled otherwise."""
    places = {
        "LISTEN": f"127.0.0.1:{port}",
        "SERVER_NAME": "127.0.0.1",
        "UPSTREAMS": " ".join(f"server 127.0.0.1:{each} max_fails=1 fail_timeout=2s;" for each in upstreams),
        "FORWARDED_PROTO": "$scheme",
        "STATIC_COMPRESSION": "gzip_static on;",
        "CACHE_DIR": str(folder / "pages"),
        "CONF_DIR": str(folder / "tls"),
        "ACCESS_LOG": "off",
        "REAL_IP": "",
    } | other
    site = TEMPLATE.read_text()
    for name, value in places.items():
        site = site.replace(f"${{{name}}}", value)
    assert "${" not in site, "a place that docs/operations.md must name"
    return site
