"""Values that nobody means well with."""

import pytest

# As they stand in an address, after the =.
VALUES = {
    "nothing": "",
    "NUL": "%00",
    "NUL inside": "one%00two",
    "long": "a" * 10_000,
    "no UTF-8": "%ff%fe",
    "half a letter": "%c3",
    "half a pair": "%ed%a0%80",
    "digits of another script": "%d9%a3",
    "minus one": "-1",
    "zero": "0",
    "a fraction": "1.5",
    "huge": "9" * 25,
    "too huge for int": "9" * 5_000,
    "beyond floats": "1e400",
    "infinity": "inf",
    "not a number": "nan",
    "hexadecimal": "0x10",
    "SQL": "%27%20OR%201=1;--%20",
    "SQL wildcard": "%25_%5c",
}

# Nothing but text to any database.
WORDS = {
    "a space": "%20",
    "line breaks": "a%0d%0aSet-Cookie:%20x=y",
    "long in words": "+".join(["word"] * 2_000),
    "a broken escape": "%zz%",
    "emoji": "%f0%9f%a9%ba",
    "right to left": "%e2%80%ae%d7%a9%d7%9c%d7%95%d7%9d",
    "combining marks": "e" + "%cc%81" * 50,
    "path": "../../../etc/passwd",
    "other host": "https://evil.example/",
    "script": "%3Cscript%3Ealert(1)%3C/script%3E",
    "attribute": "%22%20onmouseover=%22alert(1)",
    "single quotes": "%27%20onfocus=%27alert(1)",
    "image": "%3Cimg%20src=x%20onerror=alert(1)%3E",
    "end of the title": "%3C/title%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "template": "%7B%7B%20request%20%7D%7D%7B%25%20debug%20%25%7D",
    "formula": "=cmd%7C%27/C%20calc%27!A0",
}
each_strange_value = pytest.mark.parametrize(
    "value",
    [
        *[pytest.param(value, id=name) for name, value in VALUES.items()],
        *[pytest.param(value, id=name, marks=pytest.mark.once) for name, value in WORDS.items()],
    ],
)
