// snippet
use s2_sdk::{
    S2,
    types::{ListStreamsInput, S2Config, S2Endpoints},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let basin = s2.basin("my-basin".parse()?);
    let input = ListStreamsInput::new().with_prefix("example-".parse()?).with_limit(10);
    let page = basin.list_streams(input).await?;
    println!("{:?}", page.values);
    Ok(())
}
// end
