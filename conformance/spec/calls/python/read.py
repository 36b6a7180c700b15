# snippet
import os

from s2_sdk import S2, Endpoints, ReadLimit, SeqNum


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        stream = s2.basin("my-basin").stream("example-1")
        batch = await stream.read(start=SeqNum(0), limit=ReadLimit(count=10))
        print([record.body for record in batch.records])
# end
