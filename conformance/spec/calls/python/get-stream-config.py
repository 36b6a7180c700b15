# snippet
import os

from s2_sdk import S2, Endpoints


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        basin = s2.basin("my-basin")
        config = await basin.get_stream_config("example-1")
        print(config.retention_policy)
# end
