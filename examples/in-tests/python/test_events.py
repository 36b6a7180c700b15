import json
import urllib.request


def call(method, url, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json", "s2-basin": "my-basin-1"}
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method)) as answer:
        return json.load(answer)


# With the SDK: S2(access_token="ignored", endpoints=Endpoints(account=s2_endpoint, basin=s2_endpoint))
def test_an_event_is_read_back(s2_endpoint):
    call("PUT", f"{s2_endpoint}/v1/basins/my-basin-1")
    call("PUT", f"{s2_endpoint}/v1/streams/events")
    call("POST", f"{s2_endpoint}/v1/streams/events/records", {"records": [{"body": "signed up"}]})
    read = call("GET", f"{s2_endpoint}/v1/streams/events/records?seq_num=0")
    assert [record["body"] for record in read["records"]] == ["signed up"]
