// snippet
use s2_sdk::{
    S2,
    types::{ReadFrom, ReadInput, ReadLimits, ReadStart, ReadStop, S2Config, S2Endpoints},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let stream = s2.basin("my-basin".parse()?).stream("example-1".parse()?);
    let start = ReadStart::new().with_from(ReadFrom::Timestamp(1000));
    let stop = ReadStop::new().with_limits(ReadLimits::new().with_count(10));
    let batch = stream.read(ReadInput::new().with_start(start).with_stop(stop)).await?;
    println!("{:?}", batch.records);
    Ok(())
}
// end
