// snippet
use s2_sdk::{
    S2,
    types::{DeleteStreamInput, S2Config, S2Endpoints},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let basin = s2.basin("my-basin".parse()?);
    basin.delete_stream(DeleteStreamInput::new("example-1".parse()?)).await?;
    Ok(())
}
// end
