/** Sends the requests of the examples to the server that serves these pages, at `/docs`. */
if (/^https?:$/.test(location.protocol) && location.pathname.startsWith('/docs/')) {
  const dialog = document.createElement('dialog')
  dialog.className = 'send'
  dialog.setAttribute('aria-labelledby', 'send-title')
  dialog.innerHTML = `<h2 id="send-title">Send to ${location.host}</h2>
<form><label>Request, with headers and body as over HTTP<textarea name="request" rows="10" spellcheck="false"></textarea></label>
<p><button type="submit">Send</button> <button type="button" name="prepare">Create its basin and stream</button> <button type="button" name="close">Close</button></p></form>
<pre class="wire" role="status"><code></code></pre>`
  const form = dialog.querySelector('form')
  const output = dialog.querySelector('code')
  let sending = new AbortController()

  /** The request line, the headers, and the body after an empty line. */
  const parse = (text) => {
    const [head, ...body] = text.split('\n\n')
    const [start, ...lines] = head.split('\n')
    const [method, path] = start.split(' ')
    const headers = lines.filter(Boolean).map((line) => {
      const [name, ...value] = line.split(':')
      return [name.trim(), value.join(':').trim()]
    })
    return { method, path, headers, body: body.join('\n\n') || undefined }
  }

  /** Shows the answer as it arrives: a session has no end of its own. */
  const send = async ({ method, path, headers, body }) => {
    const { signal } = sending
    output.append(output.textContent === '' ? '' : '\n\n', `${method} ${path}\n`)
    try {
      const answer = await fetch(path, { method, headers, body, signal })
      output.append(`HTTP ${answer.status}\n`)
      for (const [name, value] of answer.headers) output.append(`${name}: ${value}\n`)
      output.append('\n')
      const decoder = new TextDecoder()
      for await (const piece of chunksOf(answer.body)) output.append(decoder.decode(piece, { stream: true }))
    } catch (error) {
      if (!signal.aborted) output.append(`not sent: ${error.message}`)
    }
  }

  async function* chunksOf(body) {
    const reader = body?.getReader()
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done) return
      yield value
    }
  }

  /** Empties the output and ends what is still being sent. */
  const restart = () => {
    sending.abort()
    sending = new AbortController()
    output.textContent = ''
  }

  /** Sends the PUT requests that create the basin and the stream which a request names. */
  const prepare = async ({ path, headers }) => {
    const named = headers.find(([name]) => name.toLowerCase() === 's2-basin')?.[1]
    const basin = named ?? /^\/v1\/(?:basins|metrics)\/([^/?]+)/.exec(path)?.[1]
    const stream = /^\/v1\/(?:streams|metrics\/[^/]+)\/([^/?]+)/.exec(path)?.[1]
    if (!basin) output.append('this request names no basin')
    const json = ['content-type', 'application/json']
    if (basin) await send({ method: 'PUT', path: `/v1/basins/${basin}`, headers: [json], body: '{}' })
    if (basin && stream) {
      const ofBasin = ['s2-basin', decodeURIComponent(basin)]
      await send({ method: 'PUT', path: `/v1/streams/${stream}`, headers: [json, ofBasin], body: '{}' })
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    restart()
    void send(parse(form.request.value))
  })
  form.prepare.addEventListener('click', () => {
    restart()
    void prepare(parse(form.request.value))
  })
  form.close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', restart)
  document.body.append(dialog)

  for (const request of document.querySelectorAll('.exchange .request')) {
    // A request with a body of another form cannot be typed.
    if (request.children.length > 1) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'send'
    button.textContent = 'Send'
    button.addEventListener('click', () => {
      restart()
      form.request.value = request.querySelector('pre').textContent.replace(/ HTTP\/[\d.]+$/m, '')
      dialog.showModal()
    })
    request.append(button)
  }
}
