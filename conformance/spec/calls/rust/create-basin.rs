// snippet
use s2_sdk::{
    S2,
    types::{BasinConfig, CreateBasinInput, S2Config, S2Endpoints},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let basin_config = BasinConfig::new().with_create_stream_on_append(true);
    let input = CreateBasinInput::new("example-1".parse()?).with_config(basin_config);
    let created = s2.create_basin(input).await?;
    println!("{}", created.created_at);
    Ok(())
}
// end
