// snippet
use s2_sdk::{
    S2,
    types::{BasinReconfiguration, ReconfigureBasinInput, S2Config, S2Endpoints},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let change = BasinReconfiguration::new().with_create_stream_on_append(true);
    let input = ReconfigureBasinInput::new("example-1".parse()?, change);
    let basin_config = s2.reconfigure_basin(input).await?;
    println!("{basin_config:?}");
    Ok(())
}
// end
