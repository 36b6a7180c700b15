# snippet
import os

from s2_sdk import S2, Endpoints, StreamConfig


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        basin = s2.basin("my-basin")
        ensured = await basin.ensure_stream("example-1", config=StreamConfig(retention_policy=86_400))
        print(ensured.status)
# end
