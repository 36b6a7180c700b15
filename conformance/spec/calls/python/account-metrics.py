# snippet
import os

from s2_sdk import S2, AccountMetricSet, Endpoints, TimeseriesInterval


async def main():
    async with S2(os.environ["S2_ACCESS_TOKEN"], endpoints=Endpoints.from_env()) as s2:
        start, end = 1_767_225_600, 1_767_229_200  # 2026-01-01, the first hour
        metrics = await s2.account_metrics(
            set=AccountMetricSet.ACCOUNT_OPS, start=start, end=end, interval=TimeseriesInterval.MINUTE
        )
        print(metrics)
# end
