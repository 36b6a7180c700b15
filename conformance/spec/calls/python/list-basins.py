# snippet
import os

from s2_sdk import S2, Endpoints


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        page = await s2.list_basins(prefix="example-", limit=10)
        print([basin.name for basin in page.items], page.has_more)
# end
