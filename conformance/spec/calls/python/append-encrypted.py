# snippet
import os

from s2_sdk import S2, AppendInput, Endpoints, Record


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        key = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="
        stream = s2.basin("example-1").stream("example-2", encryption_key=key)
        ack = await stream.append(AppendInput([Record(body=b"hello")]))
        print(ack.tail.seq_num)
# end
