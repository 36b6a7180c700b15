#!/usr/bin/env python3
"""Replays the S2 vectors against a server. Standard library only; see docs/vectors.md for the format.
replay_vectors.py --endpoint URL [--token TOKEN] [--vectors DIR] [--strict] [--fail-fast]
Prints each failing vector with expected and actual. Exits with 1 if one fails, with 2 for wrong usage.
"""
import argparse, http.client, json, os, re, sys, threading, time, urllib.parse
from concurrent.futures import ThreadPoolExecutor

SKEW = 60_000  # Milliseconds by which the clocks of client and server may differ.
PROTOBUF, S2S, TRIM = "application/protobuf", "s2s/proto", [["", "dHJpbQ=="]]
CODES = {"bad_json": 400, "bad_proto": 400, "bad_header": 400, "invalid": 422}

class Mismatch(Exception): pass
class Server:
    def __init__(self, endpoint, token):
        self.url, self.token, self.local = urllib.parse.urlsplit(endpoint), token, threading.local()
        self.basin, self.names, self.lock = f"vectors-{os.urandom(4).hex()}", 0, threading.Lock()
    def send(self, method, path, body=None, **headers):  # Returns status and body; a JSON value is sent as JSON, bytes as they are.
        given = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        token = {"authorization": f"Bearer {self.token}"} if self.token else {}
        headers = {"s2-basin": self.basin, "content-type": "application/json", **token, **given}
        if body is None: del headers["content-type"]
        elif not isinstance(body, bytes): body = json.dumps(body).encode()
        kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        if not hasattr(self.local, "connection"): self.local.connection = kind(self.url.netloc, timeout=60)
        try:
            self.local.connection.request(method, "/v1" + path, body, headers)
            answer = self.local.connection.getresponse()
            return answer.status, answer.read()
        except (http.client.HTTPException, OSError) as error:
            del self.local.connection
            return 0, str(error).encode()
    def new_stream(self, config=None):
        with self.lock: self.names += 1; name = f"stream-{self.names}"
        status, body = self.send("POST", "/streams", {"stream": name, "config": config or {}})
        if status != 201: raise Mismatch(f"expected the stream to be created, actual {status} {body!r}")
        return f"/streams/{name}/records"
def parsed(body):
    try: return json.loads(body)
    except ValueError: return repr(body)

class Scope:  # What the matchers of one sequence have found out so far.
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
    def accepts(self, outcome, status, body, strict):  # Whether this outcome explains the answer; if so, keeps what it says of arrivals and removed records.
        if strict and outcome.get("lenient"): return False
        low, high = outcome.get("removed", (0, None))
        if high is not None and high < self.removed: return False
        arrivals, expected = dict(self.arrivals), outcome["body"]
        if strict: expected = json.loads(json.dumps(expected), object_hook=lambda o: o.get("$first_of", o))
        if not self.fits(outcome["status"], status, arrivals) or not self.fits(expected, body, arrivals): return False
        self.arrivals, self.removed = arrivals, max(self.removed, low)
        return True
def expand(value, arrivals):  # Fills in what a request leaves to the run: arrivals, and repetitions.
    if isinstance(value, list): return [expand(one, arrivals) for one in value]
    if not isinstance(value, dict): return value
    if "$arrival" in value: return arrivals[value["$arrival"]] + value.get("plus", 0)
    if "$repeat" in value: return expand(value["$repeat"], arrivals) * value["times"]
    return {name: expand(one, arrivals) for name, one in value.items()}
def events_of(body):  # Returns the read that the events of an event stream make up.
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
                expected = json.dumps(step.pop("outcomes"))
                raise Mismatch(f"step {index + 1} {step}\n  expected {expected}\n  actual   {status} {json.dumps(body)}")
            time.sleep(0.1)
def expect(code, answer, status=200):  # Holds the status and error code of an answer against what is expected; no code is a success, or a 412.
    actual, status = parsed(answer[1]), CODES.get(code, status)
    found = actual.get("code") if isinstance(actual, dict) and answer[0] >= 400 else None
    if (answer[0], found) != (status, code): raise Mismatch(f"expected {status} {code}, actual {answer[0]} {actual}")
def replay_append(server, vector, answer, path):  # Holds the answer to an append, and what a read returns, against the decoded message.
    if "error" in vector: return expect(vector["error"], answer)
    message = vector["json"]
    if not message["records"]: return expect("invalid", answer)
    if message.get("match_seq_num") or message.get("fencing_token"): return expect(None, answer, 412)
    expect(None, answer)
    if any(record.get("headers") == TRIM for record in message["records"]): return
    status, body = server.send("GET", f"{path}?seq_num=0", s2_format="base64")
    wanted = [{"headers": [], "body": "", **record} for record in message["records"]]
    if len(wanted) > 1: wanted = [{k: v for k, v in record.items() if k != "timestamp"} for record in wanted]
    if status != 200 or not Scope().fits(wanted, parsed(body)["records"], {}):
        raise Mismatch(f"expected {wanted}, actual {status} {body!r}")
def replay_frames(server, vector, path):
    status, body = server.send("POST", path, bytes.fromhex(vector["hex"]), content_type=S2S)
    frames = []
    while len(body) > 3 and status == 200:
        end = 3 + int.from_bytes(body[:3], "big")
        frames, body = frames + [(body[3], body[4:end])], body[end:]
    terminal = [json.loads(payload[2:])["code"] for flags, payload in frames if flags & 0x80]
    count, wanted = len(frames) - len(terminal), [vector["error"]] if "error" in vector else []
    if terminal != wanted or (not wanted and count != len(vector["frames"])):
        raise Mismatch(f"expected {wanted or vector['frames']}, actual {status} {frames} {body!r}")

def replay_wire(server, vector, _strict):  # Sends what a client can send; the rest tests decoders, and is skipped.
    kind, uncapped = vector["kind"], {"timestamping": {"uncapped": True}}
    if kind == "name" and vector["of"] != "access-token":
        noun = vector["of"]
        status, body = server.send("POST", f"/{noun}s", {noun: vector["name"]})
        if status == 201 and noun == "basin": server.send("DELETE", f"/basins/{vector['name']}")
        if (status in (201, 409)) != vector["valid"] or status >= 500:
            raise Mismatch(f"expected {'201' if vector['valid'] else '4xx'}, actual {status} {body!r}")
    elif kind == "message" and vector["type"] == "AppendInput":
        path = server.new_stream(uncapped)
        replay_append(server, vector, server.send("POST", path, bytes.fromhex(vector["hex"]), content_type=PROTOBUF), path)
    elif kind == "json":
        path, text = server.new_stream(uncapped), vector.get("text")
        body = bytes.fromhex(vector["hex"]) if text is None else text.encode()
        replay_append(server, vector, server.send("POST", path, body, s2_format=vector["format"]), path)
    elif kind == "frames" and all(frame.get("payload") for frame in vector.get("frames", [])):
        replay_frames(server, vector, server.new_stream())
    elif kind == "limit":
        expect(vector.get("error"), server.send("POST", server.new_stream(), expand(vector["append"], {})))
    elif kind == "metered-size" and vector["record"].get("headers") != TRIM:
        path = server.new_stream(uncapped)
        expect(None, server.send("POST", path, {"records": [vector["record"]]}, s2_format="base64"))
        for size, count in ((vector["bytes"], 1), (vector["bytes"] - 1, 0)):
            status, body = server.send("GET", f"{path}?seq_num=0&bytes={size}")
            if status != 200 or len(parsed(body)["records"]) != count:
                raise Mismatch(f"expected {count} records in {size} bytes, actual {status} {body!r}")
    elif kind == "event-id" and "error" in vector and vector["text"]:
        headers = {"accept": "text/event-stream", "last_event_id": vector["text"]}
        expect(vector["error"], server.send("GET", server.new_stream() + "?seq_num=0", **headers))
    else: return "skip"

def main():
    options = argparse.ArgumentParser()
    options.add_argument("--endpoint", required=True)
    options.add_argument("--token", default=os.environ.get("S2_ACCESS_TOKEN"))
    options.add_argument("--vectors", default="vectors")
    for name in ("--strict", "--fail-fast"): options.add_argument(name, action="store_true")
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
main()
