// snippet
use s2_sdk::{
    S2,
    append_session::AppendSessionConfig,
    types::{AppendInput, AppendRecord, AppendRecordBatch, S2Config, S2Endpoints},
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let stream = s2.basin("my-basin".parse()?).stream("example-1".parse()?);
    let session = stream.append_session(AppendSessionConfig::new());
    let mut tickets = Vec::new();
    for body in ["hello", "world"] {
        let records = AppendRecordBatch::try_from_iter([AppendRecord::new(body)?])?;
        tickets.push(session.submit(AppendInput::new(records)).await?);
    }
    for ticket in tickets {
        println!("{}", ticket.await?.tail.seq_num);
    }
    session.close().await?;
    Ok(())
}
// end
