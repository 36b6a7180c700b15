#!/usr/bin/env python3
"""Replays the S2 vectors against a server. Standard library only; see docs/vectors.md for the format.

replay_vectors.py --endpoint URL [--token TOKEN] [--vectors DIR] [--strict] [--fail-fast]

Prints each failing vector with expected and actual. Exits with 1 if one fails, with 2 for wrong usage.
"""
import argparse, base64, http.client, json, os, re, sys, threading, time, urllib.parse
from concurrent.futures import ThreadPoolExecutor

SKEW = 60_000  # Milliseconds by which the clocks of client and server may differ.
PROTOBUF, S2S = "application/protobuf", "s2s/proto"


class Mismatch(Exception):
    pass


class Server:
    def __init__(self, endpoint, token):
        self.url, self.token, self.local = urllib.parse.urlsplit(endpoint), token, threading.local()
        self.basin, self.names, self.lock = f"vectors-{os.urandom(4).hex()}", 0, threading.Lock()

    def send(self, method, path, body=None, **headers):
        """Returns status and body; a JSON value is sent as JSON, bytes as they are."""
        headers = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        headers.setdefault("s2-basin", self.basin)
        if self.token: headers["authorization"] = f"Bearer {self.token}"
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
        if body is not None: headers.setdefault("content-type", "application/json")
        kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        connection = getattr(self.local, "connection", None)
        if connection is None: connection = self.local.connection = kind(self.url.netloc, timeout=60)
        try:
            connection.request(method, "/v1" + path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (http.client.HTTPException, OSError) as error:
            connection.close()
            self.local.connection = None
            return 0, str(error).encode()

    def new_stream(self, config=None):
        with self.lock: self.names += 1; name = f"stream-{self.names}"
        status, body = self.send("POST", "/streams", {"stream": name, "config": config or {}})
        if status != 201: raise Mismatch(f"expected the stream to be created, actual {status} {body!r}")
        return f"/streams/{name}/records"


def parsed(body):
    try: return json.loads(body)
    except ValueError: return repr(body)


class Scope:
    """What the matchers of one sequence have found out so far."""

    def __init__(self):
        self.arrivals, self.removed, self.began = {}, 0, time.time_ns() // 1_000_000

    def fits(self, expected, actual, arrivals):
        if isinstance(expected, dict):
            if "$arrival" in expected: return self.fits_arrival(expected, actual, arrivals)
            if "$first_of" in expected:
                whole = expected["$first_of"]
                return isinstance(actual, list) and 0 < len(actual) and self.fits(whole[: len(actual)], actual, arrivals)
            if "$range" in expected:
                low, high = expected["$range"]
                return low <= actual <= high and actual not in expected["except"]
            # An absent member is the same as an empty one.
            return isinstance(actual, dict) and all(
                self.fits(value, actual.get(name, value if value in ("", [], None) else Mismatch), arrivals)
                for name, value in expected.items())
        if isinstance(expected, list):
            return isinstance(actual, list) and len(actual) == len(expected) and all(
                self.fits(one, other, arrivals) for one, other in zip(expected, actual))
        return type(expected) is type(actual) and expected == actual

    def fits_arrival(self, expected, actual, arrivals):
        index, plus = expected["$arrival"], expected.get("plus", 0)
        if type(actual) is not int: return False
        at = arrivals.setdefault(index, actual - plus)
        in_time = self.began - SKEW <= at <= time.time_ns() // 1_000_000 + SKEW
        in_order = all((at >= other) if index > one else (at <= other) for one, other in arrivals.items() if one != index)
        return at + plus == actual and in_time and in_order

    def accepts(self, outcome, status, body, strict):
        """Whether this outcome explains the answer; if so, keeps what it says of arrivals and removed records."""
        if strict and outcome.get("lenient"): return False
        low, high = outcome.get("removed", (0, None))
        if high is not None and high < self.removed: return False
        arrivals, expected = dict(self.arrivals), outcome["body"]
        if strict: expected = json.loads(json.dumps(expected), object_hook=lambda o: o.get("$first_of", o))
        if not self.fits(outcome["status"], status, arrivals) or not self.fits(expected, body, arrivals): return False
        self.arrivals, self.removed = arrivals, max(self.removed, low)
        return True


def expand(value, arrivals):
    """Fills in what a request leaves to the run: arrivals, and repetitions."""
    if isinstance(value, list): return [expand(one, arrivals) for one in value]
    if not isinstance(value, dict): return value
    if "$arrival" in value: return arrivals[value["$arrival"]] + value.get("plus", 0)
    if "$repeat" in value: return value["$repeat"] * value["times"]
    return {name: expand(one, arrivals) for name, one in value.items()}


def events_of(body):
    """Returns the read that the events of an event stream make up."""
    records, last = [], None
    for event in re.split(r"\r?\n\r?\n", body.decode()):
        fields = dict(line.split(": ", 1) for line in event.splitlines() if ": " in line)
        if fields.get("event") == "batch":
            records, last = records + json.loads(fields["data"])["records"], fields.get("id")
        elif fields.get("event") == "error": return json.loads(fields["data"])
        elif fields.get("data") == "[DONE]": return {"records": records, "last_event_id": last}
    return {"records": records, "error": "no [DONE]"}


def send_step(server, path, step, scope, fmt):
    if "append" in step: status, body = server.send("POST", path, expand(step["append"], scope.arrivals), s2_format=fmt)
    elif "check_tail" in step: status, body = server.send("GET", path + "/tail")
    else:
        query = urllib.parse.urlencode({name: str(value).lower() for name, value in expand(step["read"], scope.arrivals).items()})
        sse = step.get("sse")
        status, body = server.send("GET", f"{path}?{query}", s2_format=fmt, accept="text/event-stream" if sse else None)
        if sse and status == 200: return status, events_of(body)
    return status, parsed(body)


def replay_sequence(server, vector, strict):
    path, scope = server.new_stream(vector["config"]), Scope()
    fmt = "base64" if vector["format"] == "base64" else None
    for index, step in enumerate(vector["steps"]):
        deadline = time.monotonic() + step.get("within_seconds", 0)
        while True:
            status, body = send_step(server, path, step, scope, fmt)
            if any(scope.accepts(outcome, status, body, strict) for outcome in step["outcomes"]): break
            if time.monotonic() >= deadline:
                request = {name: value for name, value in step.items() if name != "outcomes"}
                raise Mismatch(f"step {index + 1} {json.dumps(request)}\n  expected {json.dumps(step['outcomes'])}\n"
                               f"  actual   {status} {json.dumps(body)}")
            time.sleep(0.1)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--endpoint", required=True)
    options.add_argument("--token", default=os.environ.get("S2_ACCESS_TOKEN"))
    options.add_argument("--vectors", default="vectors")
    options.add_argument("--strict", action="store_true", help="accept only what s2-lite may answer")
    options.add_argument("--fail-fast", action="store_true", help="stop at the first failing vector")
    given = options.parse_args()
    server, failed, passed = Server(given.endpoint, given.token), 0, 0
    status, body = server.send("POST", "/basins", {"basin": server.basin})
    if status not in (200, 201): sys.exit(f"the basin cannot be created: {status} {body!r}")
    kinds = (("wire.jsonl", replay_wire), ("sequences.jsonl", replay_sequence))
    vectors = [(replay, json.loads(line)) for file, replay in kinds for line in open(os.path.join(given.vectors, file))]

    def attempt(one):
        replay, vector = one
        if given.fail_fast and failed: return None
        try: return vector, replay(server, vector, given.strict)
        except Mismatch as error: return vector, str(error)

    with ThreadPoolExecutor(8) as pool:
        for result in filter(None, pool.map(attempt, vectors)):
            vector, why = result
            if why == "skip": continue
            passed, failed = passed + (why is None), failed + (why is not None)
            if why is not None: print(f"FAIL {vector['id']}: {why}")
    server.send("DELETE", f"/basins/{server.basin}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
