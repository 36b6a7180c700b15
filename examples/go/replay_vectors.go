// Command replay_vectors replays the S2 vectors against a server; see docs/vectors.md for the format.
//
//	go run replay_vectors.go -endpoint URL [-token TOKEN] [-vectors DIR] [-strict] [-fail-fast]
//
// SSE and limits are left to the Python runner. It prints each failing vector with expected and actual, and exits with 1 if one fails.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type object = map[string]any

const skewMs = 60_000 // The clocks of client and server may differ by this much.

var codes = map[string]int{"bad_json": 400, "bad_proto": 400, "bad_header": 400, "invalid": 422, "": 200}

type server struct {
	endpoint, token, basin string
	strict                 bool
	streams                atomic.Int64
}

// parse returns a JSON value with its numbers as they are written, or the text itself.
func parse(body []byte) any {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return string(body)
	}
	return value
}

func show(value any) string {
	text, _ := json.Marshal(value)
	return string(text)
}

func (s *server) send(method, path string, body []byte, headers map[string]string) (int, []byte) {
	request, err := http.NewRequest(method, s.endpoint+"/v1"+path, bytes.NewReader(body))
	if err != nil {
		return 0, []byte(err.Error())
	}
	request.Header = http.Header{"S2-Basin": {s.basin}, "Content-Type": {"application/json"}}
	if s.token != "" {
		request.Header.Set("authorization", "Bearer "+s.token)
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, []byte(err.Error())
	}
	defer answer.Body.Close()
	received, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, received
}

func (s *server) newStream(config any) string {
	name := fmt.Sprintf("stream-%d", s.streams.Add(1))
	s.send("POST", "/streams", []byte(show(object{"stream": name, "config": config})), nil)
	return "/streams/" + name + "/records"
}

// scope is what the matchers of one sequence have found out so far.
type scope struct {
	arrivals       map[int64]int64
	removed, began int64
}

func newScope() *scope { return &scope{map[int64]int64{}, 0, time.Now().UnixMilli()} }

func whole(value any) int64 {
	number, _ := value.(json.Number)
	integer, _ := number.Int64()
	return integer
}

func (s *scope) fits(expected, actual any, arrivals map[int64]int64, strict bool) bool {
	switch wanted := expected.(type) {
	case object:
		if index, ok := wanted["$arrival"]; ok {
			return s.fitsArrival(whole(index), whole(wanted["plus"]), actual, arrivals)
		}
		if list, ok := wanted["$first_of"].([]any); ok {
			got, ok := actual.([]any)
			if ok && !strict && len(got) > 0 && len(got) < len(list) {
				list = list[:len(got)]
			}
			return s.fits(list, actual, arrivals, strict)
		}
		if limits, ok := wanted["$range"].([]any); ok {
			in := whole(actual) >= whole(limits[0]) && whole(actual) <= whole(limits[1])
			return in && !slices.Contains(wanted["except"].([]any), actual)
		}
		got, ok := actual.(object)
		for name, value := range wanted {
			found, has := got[name]
			empty := value == nil || show(value) == `""` || show(value) == "[]"
			if !has && !empty || has && !s.fits(value, found, arrivals, strict) {
				return false
			}
		}
		return ok
	case []any:
		got, ok := actual.([]any)
		return ok && slices.EqualFunc(wanted, got, func(one, other any) bool { return s.fits(one, other, arrivals, strict) })
	}
	return expected == actual
}

func (s *scope) fitsArrival(index, plus int64, actual any, arrivals map[int64]int64) bool {
	value := whole(actual)
	at, known := arrivals[index]
	if !known {
		at = value - plus
		arrivals[index] = at
	}
	for other, time := range arrivals {
		if other > index && time < at || other < index && time > at {
			return false
		}
	}
	return at+plus == value && at >= s.began-skewMs && at <= time.Now().UnixMilli()+skewMs
}

// accepts reports whether an outcome explains the answer; if so, it keeps what that says of arrivals and removed records.
func (s *scope) accepts(outcome object, status int, body any, strict bool) bool {
	removed, trimmed := outcome["removed"].([]any)
	arrivals := maps.Clone(s.arrivals)
	actual := json.Number(fmt.Sprint(status))
	if strict && outcome["lenient"] == true || trimmed && whole(removed[1]) < s.removed ||
		!s.fits(outcome["status"], actual, arrivals, strict) || !s.fits(outcome["body"], body, arrivals, strict) {
		return false
	}
	if s.arrivals = arrivals; trimmed {
		s.removed = max(s.removed, whole(removed[0]))
	}
	return true
}

// expand fills in the arrivals of a request.
func (s *scope) expand(value any) any {
	switch given := value.(type) {
	case []any:
		all := make([]any, len(given))
		for index, one := range given {
			all[index] = s.expand(one)
		}
		return all
	case object:
		if index, ok := given["$arrival"].(json.Number); ok {
			return json.Number(fmt.Sprint(s.arrivals[whole(index)] + whole(given["plus"])))
		}
		all := object{}
		for name, one := range given {
			all[name] = s.expand(one)
		}
		return all
	}
	return value
}

func (s *server) sendStep(path string, step object, scope *scope, headers map[string]string) (int, any) {
	if input, ok := step["append"]; ok {
		status, body := s.send("POST", path, []byte(show(scope.expand(input))), headers)
		return status, parse(body)
	}
	query := url.Values{}
	if read, ok := step["read"]; ok {
		for name, value := range scope.expand(read).(object) {
			query.Set(name, fmt.Sprint(value))
		}
	} else {
		path += "/tail"
	}
	status, body := s.send("GET", path+"?"+query.Encode(), nil, headers)
	return status, parse(body)
}

// replaySequence returns why the vector fails; empty if it does not.
func (s *server) replaySequence(vector object) string {
	path, scope := s.newStream(vector["config"]), newScope()
	headers := map[string]string{"s2-format": vector["format"].(string)}
	for index, each := range vector["steps"].([]any) {
		step := each.(object)
		if step["sse"] == true {
			continue
		}
		deadline := time.Now().Add(time.Duration(whole(step["within_seconds"])) * time.Second)
		for {
			status, body := s.sendStep(path, step, scope, headers)
			explains := func(outcome any) bool { return scope.accepts(outcome.(object), status, body, s.strict) }
			if slices.ContainsFunc(step["outcomes"].([]any), explains) {
				break
			}
			if !time.Now().Before(deadline) {
				expected := show(step["outcomes"])
				delete(step, "outcomes")
				return fmt.Sprintf("step %d %s\n  expected %s\n  actual   %d %s", index+1, show(step), expected, status, show(body))
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
	return ""
}

// replayWire sends the appends among the wire vectors; the rest tests decoders, and is skipped.
func (s *server) replayWire(vector object) string {
	var body []byte
	headers := map[string]string{}
	if text, ok := vector["hex"].(string); ok {
		body, _ = hex.DecodeString(text)
	}
	switch kind := vector["kind"]; {
	case kind == "message" && vector["type"] == "AppendInput":
		headers["content-type"] = "application/protobuf"
	case kind == "json":
		if text, ok := vector["text"].(string); ok {
			body = []byte(text)
		}
		headers["s2-format"] = vector["format"].(string)
	default:
		return "skip"
	}
	code, _ := vector["error"].(string)
	status, answer := s.send("POST", s.newStream(object{}), body, headers)
	actual, _ := parse(answer).(object)
	// A vector that decodes may still be refused for its conditions, or for having no records.
	decoded := code == "" && (status == 412 || status == 422 && show(vector["json"]) == `{"records":[]}`)
	if !decoded && (status != codes[code] || code != "" && actual["code"] != code) {
		return fmt.Sprintf("expected %d %s, actual %d %s", codes[code], code, status, answer)
	}
	return ""
}

func main() {
	s := &server{basin: "vectors-" + strings.ToLower(rand.Text()[:8])}
	flag.StringVar(&s.endpoint, "endpoint", "", "base `URL` of the server")
	flag.StringVar(&s.token, "token", os.Getenv("S2_ACCESS_TOKEN"), "access token")
	folder := flag.String("vectors", "vectors", "`folder` of the vectors")
	flag.BoolVar(&s.strict, "strict", false, "accept only what s2-lite may answer")
	failFast := flag.Bool("fail-fast", false, "stop at the first failing vector")
	flag.Parse()
	if status, body := s.send("POST", "/basins", []byte(show(object{"basin": s.basin})), nil); status != 201 {
		fmt.Printf("the basin cannot be created: %d %s\n", status, body)
		os.Exit(2)
	}
	var passed, failed atomic.Int64
	var group sync.WaitGroup
	slots := make(chan struct{}, 8)
	for file, replay := range map[string]func(object) string{"wire": s.replayWire, "sequences": s.replaySequence} {
		data, err := os.ReadFile(*folder + "/" + file + ".jsonl")
		for line := range bytes.Lines(data) {
			slots <- struct{}{}
			group.Go(func() {
				defer func() { <-slots }()
				vector := parse(line).(object)
				if *failFast && failed.Load() > 0 {
					return
				}
				if why := replay(vector); why == "" {
					passed.Add(1)
				} else if why != "skip" {
					failed.Add(1)
					fmt.Printf("FAIL %s: %s\n", vector["id"], why)
				}
			})
		}
		if err != nil {
			panic(err)
		}
	}
	group.Wait()
	s.send("DELETE", "/basins/"+s.basin, nil, nil)
	fmt.Printf("%d passed, %d failed\n", passed.Load(), failed.Load())
	if failed.Load() > 0 {
		os.Exit(1)
	}
}
