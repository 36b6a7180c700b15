# snippet
import os

from s2_sdk import S2, Endpoints, SeqNum


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        stream = s2.basin("my-basin").stream("example-1")
        async with stream.read_session(start=SeqNum(0)) as session:
            async for batch in session:
                print([record.body for record in batch.records])
                if batch.records[-1].body == b"last":
                    break
# end
