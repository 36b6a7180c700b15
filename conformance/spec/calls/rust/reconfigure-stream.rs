// snippet
use s2_sdk::{
    S2,
    types::{ReconfigureStreamInput, RetentionPolicy, S2Config, S2Endpoints, StreamReconfiguration},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let basin = s2.basin("my-basin".parse()?);
    let change = StreamReconfiguration::new().with_retention_policy(RetentionPolicy::Age(86_400));
    let input = ReconfigureStreamInput::new("example-1".parse()?, change);
    let stream_config = basin.reconfigure_stream(input).await?;
    println!("{stream_config:?}");
    Ok(())
}
// end
