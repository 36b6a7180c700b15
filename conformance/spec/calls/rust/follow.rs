// snippet
use futures::StreamExt;
use s2_sdk::{
    S2,
    types::{ReadFrom, ReadInput, ReadSessionConfig, ReadStart, S2Config, S2Endpoints},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let stream = s2.basin("my-basin".parse()?).stream("example-1".parse()?);
    let start = ReadStart::new().with_from(ReadFrom::SeqNum(0));
    let input = ReadInput::new().with_start(start);
    let mut session = stream.read_session(input, ReadSessionConfig::default()).await?;
    while let Some(batch) = session.next().await {
        let records = batch?.records;
        println!("{records:?}");
        if records.last().is_some_and(|record| record.body == "last") {
            break;
        }
    }
    Ok(())
}
// end
