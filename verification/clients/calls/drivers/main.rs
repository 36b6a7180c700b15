//! Runs snippets of the Rust SDK by name: reads one name a line, runs the module of that name, and prints `done NAME` or
//! `failed NAME: MESSAGE`.

mod calls;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for name in std::io::stdin().lines() {
        let name = name.expect("a line of text");
        match calls::run(&name).await {
            Ok(()) => println!("done {name}"),
            Err(error) => println!("failed {name}: {}", error.to_string().replace('\n', " ")),
        }
    }
}
