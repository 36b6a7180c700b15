# snippet
import os

from s2_sdk import S2, BasinMetricSet, Endpoints


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        start, end = 1_767_225_600, 1_767_229_200  # 2026-01-01, the first hour
        metrics = await s2.basin_metrics("my-basin", set=BasinMetricSet.STORAGE, start=start, end=end)
        print(metrics)
# end
