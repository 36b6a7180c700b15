// Tests of an application that start an S2 server. They need Node 22.22 or later.
package events

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

var endpoint string

func TestMain(m *testing.M) {
	os.Exit(withServer(m.Run))
}

// withServer starts a server on a free port, with its data in memory, and stops it after the tests.
func withServer(run func() int) int {
	command := os.Getenv("S2_TEST_SERVER")
	if command == "" {
		command = "npx --yes --package s2-conformance s2-reference-server"
	}
	words := append(strings.Fields(command), "--port", "0")
	server := exec.Command(words[0], words[1:]...)
	// A process group of its own: npx passes no signal to the server.
	server.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := server.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := server.Start(); err != nil {
		panic(err)
	}
	defer server.Wait()
	defer syscall.Kill(-server.Process.Pid, syscall.SIGTERM)
	// Listening on http://127.0.0.1:41234, data in memory
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		panic(err)
	}
	endpoint, _, _ = strings.Cut(strings.TrimPrefix(line, "Listening on "), ",")
	return run()
}

// The SDK takes the endpoint from S2_ACCOUNT_ENDPOINT and S2_BASIN_ENDPOINT.
func TestAnEventIsReadBack(t *testing.T) {
	call(t, "PUT", "/v1/basins/my-basin-1", "")
	call(t, "PUT", "/v1/streams/events", "")
	call(t, "POST", "/v1/streams/events/records", `{"records": [{"body": "signed up"}]}`)
	if read := call(t, "GET", "/v1/streams/events/records?seq_num=0", ""); !strings.Contains(read, `"signed up"`) {
		t.Fatalf("the event is missing: %s", read)
	}
}

func call(t *testing.T, method, path, body string) string {
	t.Helper()
	request, err := http.NewRequest(method, endpoint+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("content-type", "application/json")
	request.Header.Set("s2-basin", "my-basin-1")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		t.Fatalf("%s %s: %d %s", method, path, answer.StatusCode, text)
	}
	return string(text)
}
