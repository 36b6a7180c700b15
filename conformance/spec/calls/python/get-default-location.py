# snippet
import os

from s2_sdk import S2, Endpoints


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        location = await s2.get_default_location()
        print(location.name)
# end
