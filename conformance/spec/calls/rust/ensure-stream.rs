// snippet
use s2_sdk::{
    S2,
    types::{EnsureStreamInput, RetentionPolicy, S2Config, S2Endpoints, StreamConfig},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let basin = s2.basin("my-basin".parse()?);
    let stream_config = StreamConfig::new().with_retention_policy(RetentionPolicy::Age(86_400));
    let input = EnsureStreamInput::new("example-1".parse()?).with_config(stream_config);
    let ensured = basin.ensure_stream(input).await?;
    println!("{ensured:?}");
    Ok(())
}
// end
