from tests.careers.conftest import real_content  # noqa: F401
