// Key presses out of the bytes of a terminal
// (https://nodejs.org/docs/latest-v24.x/api/readline.html#readlineemitkeypresseventsstream-interface).
(function (host) {
  const { StringDecoder } = host.require('string_decoder');
  const { setTimeout, clearTimeout } = globalThis;
  const decoderKey = Symbol('keypress-decoder');
  const parserKey = Symbol('escape-decoder');
  const sawKeyPress = host.symbols.sawKeyPress;
  const ESC = '\x1b';

  // Names of escape sequences by what stands behind the escape, without modifiers:
  // xterm, gnome, rxvt, putty, Cygwin, the Linux console.
  const names = new Map();
  const add = (text) => {
    for (const entry of text.trim().split(/\s+/)) {
      const i = entry.lastIndexOf('=');
      names.set(entry.slice(0, i), entry.slice(i + 1));
    }
  };
  add(`[P=f1 [Q=f2 [R=f3 [S=f4 OP=f1 OQ=f2 OR=f3 OS=f4 [11~=f1 [12~=f2 [13~=f3 [14~=f4
    [200~=paste-start [201~=paste-end [[A=f1 [[B=f2 [[C=f3 [[D=f4 [[E=f5
    [15~=f5 [17~=f6 [18~=f7 [19~=f8 [20~=f9 [21~=f10 [23~=f11 [24~=f12
    [A=up [B=down [C=right [D=left [E=clear [F=end [H=home
    OA=up OB=down OC=right OD=left OE=clear OF=end OH=home
    [1~=home [2~=insert [3~=delete [4~=end [5~=pageup [6~=pagedown [[5~=pageup [[6~=pagedown [7~=home [8~=end`);
  const shifted = new Map();
  const controlled = new Map();
  for (const [letter, name] of Object.entries({ a: 'up', b: 'down', c: 'right', d: 'left', e: 'clear' })) {
    shifted.set(`[${letter}`, name);
    controlled.set(`O${letter}`, name);
  }
  for (const [digit, name] of Object.entries({ 2: 'insert', 3: 'delete', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end' })) {
    shifted.set(`[${digit}$`, name);
    controlled.set(`[${digit}^`, name);
  }
  shifted.set('[Z', 'tab');

  const isDigit = (c) => c >= '0' && c <= '9';

  // A sequence's code and modifiers, as in ESC [ 1 ; 5 C: the code is [C, the modifier 5.
  function parseControl(command) {
    let m = /^(?:(\d\d?)(?:;(\d))?([~^$])|(\d{3}~))$/.exec(command);
    if (m !== null) return m[4] ? { code: m[4], modifier: 0 } : { code: m[1] + m[3], modifier: (m[2] || 1) - 1 };
    m = /^(?:(?:\d;)?(\d))?([A-Za-z])$/.exec(command);
    if (m !== null) return { code: m[2], modifier: (m[1] || 1) - 1 };
    return { code: command, modifier: 0 };
  }

  function nameSequence(key, code, modifier) {
    key.ctrl = (modifier & 4) !== 0;
    key.meta = (modifier & 10) !== 0;
    key.shift = (modifier & 1) !== 0;
    key.code = code;
    key.name = names.get(code);
    if (key.name !== undefined) return;
    if (shifted.has(code)) {
      key.name = shifted.get(code);
      key.shift = true;
    } else if (controlled.has(code)) {
      key.name = controlled.get(code);
      key.ctrl = true;
    } else {
      key.name = 'undefined';
    }
  }

  const plainNames = { '\r': 'return', '\n': 'enter', '\t': 'tab', '\b': 'backspace', '\x7f': 'backspace', [ESC]: 'escape', ' ': 'space' };

  // The parser takes one character at a time; an empty one says that no more
  // follow an escape.
  function* parse(stream) {
    for (;;) {
      let c = yield;
      let s = c;
      let escaped = false;
      const key = { sequence: null, name: undefined, ctrl: false, meta: false, shift: false };
      if (c === ESC) {
        escaped = true;
        s += (c = yield);
        if (c === ESC) s += (c = yield);
      }
      if (escaped && c === 'O') {
        let modifier = 0;
        s += (c = yield);
        if (isDigit(c)) {
          modifier = c - 1;
          s += (c = yield);
        }
        nameSequence(key, `O${c}`, modifier);
      } else if (escaped && c === '[') {
        let code = '[';
        s += (c = yield);
        if (c === '[') {
          code += c;
          s += (c = yield);
        }
        const start = s.length - 1;
        // Up to three digits, then perhaps a semicolon and a modifier.
        for (let i = 0; i < 3 && isDigit(c); i++) s += (c = yield);
        if (c === ';') {
          s += (c = yield);
          if (isDigit(c)) s += yield;
        }
        const parsed = parseControl(s.slice(start));
        nameSequence(key, code + parsed.code, parsed.modifier);
      } else if (Object.hasOwn(plainNames, c)) {
        key.name = plainNames[c];
        key.meta = escaped;
      } else if (!escaped && c <= '\x1a') {
        key.name = String.fromCharCode(c.charCodeAt(0) + 96);
        key.ctrl = true;
      } else if (/^[0-9A-Za-z]$/.test(c)) {
        key.name = c.toLowerCase();
        key.shift = c >= 'A' && c <= 'Z';
        key.meta = escaped;
      } else if (escaped) {
        key.name = c.length > 0 ? undefined : 'escape';
        key.meta = true;
      }
      key.sequence = s;
      if (s.length !== 0 && (key.name !== undefined || escaped)) {
        stream.emit('keypress', escaped ? undefined : s, key);
      } else if (charLength(s) === s.length) {
        stream.emit('keypress', s, key);
      }
    }
  }

  const charLength = (s) => (s === '' ? 0 : s.codePointAt(0) > 0xffff ? 2 : 1);

  function startParser(stream) {
    const p = parse(stream);
    stream[parserKey] = p;
    p.next();
  }

  function emitKeypressEvents(stream, iface = {}) {
    if (stream[decoderKey]) return;
    stream[decoderKey] = new StringDecoder('utf8');
    startParser(stream);
    const { escapeCodeTimeout = 500 } = iface;
    let timer;

    function onData(input) {
      if (stream.listenerCount('keypress') === 0) {
        // Nobody listens any more: wait for the next who does.
        stream.removeListener('data', onData);
        stream.on('newListener', onNewListener);
        return;
      }
      const text = stream[decoderKey].write(input);
      if (!text) return;
      clearTimeout(timer);
      iface[sawKeyPress] = charLength(text) === text.length;
      iface.isCompletionEnabled = false;
      let done = 0;
      for (const c of text) {
        done += c.length;
        if (done === text.length) iface.isCompletionEnabled = true;
        try {
          stream[parserKey].next(c);
        } catch (e) {
          startParser(stream); // a listener threw, which ended the parser
          throw e;
        }
        if (done === text.length && c === ESC) timer = setTimeout(() => stream[parserKey].next(''), escapeCodeTimeout);
      }
    }

    function onNewListener(event) {
      if (event !== 'keypress') return;
      stream.on('data', onData);
      stream.removeListener('newListener', onNewListener);
    }

    if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
    else stream.on('newListener', onNewListener);
  }

  return { emitKeypressEvents, charLength };
})
