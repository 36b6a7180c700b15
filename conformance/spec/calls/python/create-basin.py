# snippet
import os

from s2_sdk import S2, BasinConfig, Endpoints


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        created = await s2.create_basin("example-1", config=BasinConfig(create_stream_on_append=True))
        print(created.created_at)
# end
