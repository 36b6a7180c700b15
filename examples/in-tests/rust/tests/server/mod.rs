//! An S2 server for the tests of an application. It needs Node 22.22 or later.
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};

pub struct Server {
    pub endpoint: String,
    process: Child,
    /// Kept open, as the server prints more lines.
    _out: BufReader<ChildStdout>,
}

impl Server {
    /// Starts a server on a free port, with its data in memory. It ends when the value is dropped.
    pub fn start() -> Server {
        let command = std::env::var("S2_TEST_SERVER")
            .unwrap_or("npx --yes --package s2-conformance s2-reference-server".into());
        let mut words = command.split_whitespace();
        let mut process = Command::new(words.next().expect("a command"))
            .args(words)
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            // A process group of its own: npx passes no signal to the server.
            .process_group(0)
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let mut out = BufReader::new(process.stdout.take().expect("its output is piped"));
        out.read_line(&mut line).expect("it prints a line");
        // Listening on http://127.0.0.1:41234, data in memory
        let endpoint = line.trim_start_matches("Listening on ").split(',').next().unwrap_or("");
        Server { endpoint: endpoint.into(), process, _out: out }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.process.wait();
    }
}
