# snippet
import os

from s2_sdk import S2, Endpoints


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        basin = s2.basin("my-basin")
        page = await basin.list_streams(prefix="example-", limit=10)
        print([stream.name for stream in page.items], page.has_more)
# end
