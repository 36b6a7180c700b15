# snippet
import os

from s2_sdk import S2, Endpoints


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        print([location.name for location in await s2.list_locations()])
# end
