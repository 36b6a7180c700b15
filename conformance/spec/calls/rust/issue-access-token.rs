// snippet
use s2_sdk::{
    S2,
    types::{
        AccessTokenScopeInput, BasinMatcher, IssueAccessTokenInput, Operation, S2Config, S2Endpoints,
        StreamMatcher,
    },
};

pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = S2Config::new(std::env::var("S2_ACCESS_TOKEN")?);
    let s2 = S2::new(config.with_endpoints(S2Endpoints::from_env()?))?;
    let scope = AccessTokenScopeInput::from_ops([Operation::Read])
        .with_basins(BasinMatcher::Exact("my-basin".parse()?))
        .with_streams(StreamMatcher::Prefix("example-".parse()?));
    let input = IssueAccessTokenInput::new("reader".parse()?, scope);
    println!("{}", s2.issue_access_token(input).await?);
    Ok(())
}
// end
