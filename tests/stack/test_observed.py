"""What operators see of the whole installation."""

import json

from .conftest import get


def logged(stack, name):
    """The lines of JSON that the web processes wrote about the request with this id."""
    lines = [line for part in stack.web for line in part.log.read_text().splitlines() if line.startswith("{")]
    return [line for line in map(json.loads, lines) if line.get("request") == name]


def test_request_has_one_id_from_the_proxy_to_the_log(stack):
    _, headers, body = get(f"{stack.address}/search/?q=xprivatex", **{"X-Request-ID": "claimed-by-a-reader"})

    (line,) = logged(stack, headers["X-Request-ID"])
    assert (line["route"], line["status"], line["bytes"]) == ("/search/", 200, len(body))
    assert all("xprivatex" not in part.log.read_text() for part in stack.web)


def test_copy_of_the_proxy_hands_out_no_id_of_the_request_that_brought_it(stack):
    _, *copies = [get(f"{stack.address}/roles/")[1] for _ in range(3)]

    assert [each["X-Cache"] for each in copies] == ["HIT", "HIT"]
    assert [each["X-Request-ID"] for each in copies] == [None, None]


def test_counts_are_there_for_a_monitor_and_for_nobody_outside(stack):
    known = {"Authorization": f"Bearer {stack.environment['METRICS_TOKEN']}"}

    assert get(f"{stack.address}/metrics", **known)[0] == 404
    for port in stack.web_ports:
        status, _, body = get(f"http://127.0.0.1:{port}/metrics", **known)
        assert (status, b"careers_requests_total" in body) == (200, True)
