from tests.careers.conftest import real_content, staff_client  # noqa: F401
