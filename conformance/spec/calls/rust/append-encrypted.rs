// snippet
use s2_sdk::{
    S2,
    types::{AppendInput, AppendRecord, AppendRecordBatch, S2Config, S2Endpoints},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let stream = s2
        .basin("example-1".parse()?)
        .stream("example-2".parse()?)
        .with_encryption_key("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=".parse()?);
    let records = AppendRecordBatch::try_from_iter([AppendRecord::new("hello")?])?;
    let ack = stream.append(AppendInput::new(records)).await?;
    println!("{}", ack.tail.seq_num);
    Ok(())
}
// end
