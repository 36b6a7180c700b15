# snippet
import os

from s2_sdk import S2, AppendInput, Endpoints, Record


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        stream = s2.basin("my-basin").stream("example-1")
        async with stream.append_session() as session:
            tickets = [
                await session.submit(AppendInput([Record(body=b"hello")])),
                await session.submit(AppendInput([Record(body=b"world")])),
            ]
            print([(await ticket).tail.seq_num for ticket in tickets])
# end
