"""A pytest fixture: an S2 server for the tests of an application. It needs Node 22.22 or later."""

import os
import shlex
import signal
import subprocess

import pytest

COMMAND = os.environ.get("S2_TEST_SERVER", "npx --yes --package s2-conformance s2-reference-server")


@pytest.fixture(scope="session")
def s2_endpoint():
    """The URL of a server for all tests, on a free port, with its data in memory."""
    command = [*shlex.split(COMMAND), "--port", "0"]
    # A process group of its own: npx passes no signal to the server.
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        # Listening on http://127.0.0.1:41234, data in memory
        yield server.stdout.readline().removeprefix("Listening on ").split(",")[0]
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
