# snippet
import os

from s2_sdk import S2, Endpoints


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        config = await s2.get_basin_config("example-1")
        print(config.default_stream_config)
# end
