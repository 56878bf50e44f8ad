from tests.nothing_counted import nothing_counted  # noqa: F401
