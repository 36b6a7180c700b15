# snippet
import os

from s2_sdk import S2, AccessTokenScope, Endpoints, ExactMatch, Operation, PrefixMatch


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        scope = AccessTokenScope(
            basins=ExactMatch("my-basin"), streams=PrefixMatch("example-"), ops=[Operation.READ]
        )
        print(await s2.issue_access_token("reader", scope=scope))
# end
