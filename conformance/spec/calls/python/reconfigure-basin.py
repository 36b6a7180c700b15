# snippet
import os

from s2_sdk import S2, BasinConfig, Endpoints


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        config = await s2.reconfigure_basin("example-1", config=BasinConfig(create_stream_on_append=True))
        print(config.create_stream_on_append)
# end
