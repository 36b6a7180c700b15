// snippet
use s2_sdk::{
    S2,
    types::{BasinMetricSet, GetBasinMetricsInput, S2Config, S2Endpoints, TimeRange},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    // 2026-01-01, the first hour
    let set = BasinMetricSet::Storage(TimeRange::new(1_767_225_600, 1_767_229_200));
    let input = GetBasinMetricsInput::new("my-basin".parse()?, set);
    println!("{:?}", s2.get_basin_metrics(input).await?);
    Ok(())
}
// end
