mod server;

/// With the SDK, the endpoint goes into `S2Config::with_endpoints`.
#[test]
fn an_event_is_read_back() -> Result<(), ureq::Error> {
    let server = server::Server::start();
    let url = |path: &str| format!("{}/v1/{path}", server.endpoint);
    ureq::put(url("basins/my-basin-1")).send_empty()?;
    ureq::put(url("streams/events")).header("s2-basin", "my-basin-1").send_empty()?;
    ureq::post(url("streams/events/records"))
        .header("s2-basin", "my-basin-1")
        .header("content-type", "application/json")
        .send(r#"{"records": [{"body": "signed up"}]}"#)?;
    let mut read = ureq::get(url("streams/events/records?seq_num=0"))
        .header("s2-basin", "my-basin-1")
        .call()?;
    assert!(read.body_mut().read_to_string()?.contains(r#""signed up""#));
    Ok(())
}
