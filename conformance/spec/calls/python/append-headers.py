# snippet
import os

from s2_sdk import S2, AppendInput, Endpoints, Record


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        stream = s2.basin("my-basin").stream("example-1")
        record = Record(body=b"hello", headers=[(b"kind", b"greeting")], timestamp=1000)
        ack = await stream.append(AppendInput([record]))
        print(ack.tail.seq_num)
# end
