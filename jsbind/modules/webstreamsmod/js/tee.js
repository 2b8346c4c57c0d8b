// Teeing (https://streams.spec.whatwg.org/#abstract-opdef-readablestreamtee).
(host, u, rs) => {
  const { then, resolvedWith, deferred } = u;

  const tee = (s) => (s.controller.kind === 'ReadableByteStreamController' ? teeBytes(s) : teeDefault(s));

  // cancelling makes the cancel algorithms of two branches: the source is
  // cancelled when both are.
  function cancelling(s) {
    const d = deferred();
    const reasons = [undefined, undefined];
    const canceled = [false, false];
    const of = (i) => (reason) => {
      canceled[i] = true;
      reasons[i] = reason;
      if (canceled[1 - i]) d.resolve(rs.cancel(s, reasons.slice()));
      return d.promise;
    };
    return { d, canceled, first: of(0), second: of(1) };
  }

  function teeDefault(s) {
    const reader = rs.acquireReader(s);
    const { d, canceled, first, second } = cancelling(s);
    let reading = false;
    let readAgain = false;
    let branches;
    const each = (f) => {
      for (let i = 0; i < 2; i++) if (!canceled[i]) f(branches[i].controller);
    };
    const pull = () => {
      if (reading) {
        readAgain = true;
        return resolvedWith();
      }
      reading = true;
      rs.read(reader, {
        chunk: (chunk) => queueMicrotask(() => {
          readAgain = false;
          each((c) => rs.enqueue(c, chunk));
          reading = false;
          if (readAgain) pull();
        }),
        close: () => {
          reading = false;
          each((c) => rs.controllerClose(c));
          if (!canceled[0] || !canceled[1]) d.resolve();
        },
        error: () => {
          reading = false;
        },
      });
      return resolvedWith();
    };
    branches = [
      rs.create({ start: u.noop, pull, cancel: first }),
      rs.create({ start: u.noop, pull, cancel: second }),
    ];
    then(reader.closed.promise, undefined, (e) => {
      for (const b of branches) rs.controllerError(b.controller, e);
      if (!canceled[0] || !canceled[1]) d.resolve();
    });
    return branches;
  }

  function teeBytes(s) {
    const { bytes } = rs;
    let reader = rs.acquireReader(s);
    const { d, canceled, first, second } = cancelling(s);
    let reading = false;
    const readAgain = [false, false];
    let branches;

    const forward = (r) => then(r.closed.promise, undefined, (e) => {
      if (r !== reader) return;
      for (const b of branches) bytes.fail(b.controller, e);
      if (!canceled[0] || !canceled[1]) d.resolve();
    });
    const clone = (view) => host.copyOf(view);
    const failBoth = (e) => {
      for (const b of branches) bytes.fail(b.controller, e);
      d.resolve(rs.cancel(s, e));
    };
    const again = () => {
      reading = false;
      if (readAgain[0]) pullFor(0)();
      else if (readAgain[1]) pullFor(1)();
    };

    function pullDefault() {
      if (reader.intoRequests !== undefined) {
        bytes.releaseReader(reader);
        reader = rs.acquireReader(s);
        forward(reader);
      }
      rs.read(reader, {
        chunk: (chunk) => queueMicrotask(() => {
          readAgain[0] = readAgain[1] = false;
          let second = chunk;
          if (!canceled[0] && !canceled[1]) {
            try {
              second = clone(chunk);
            } catch (e) {
              failBoth(e);
              return;
            }
          }
          if (!canceled[0]) bytes.enqueue(branches[0].controller, chunk);
          if (!canceled[1]) bytes.enqueue(branches[1].controller, second);
          again();
        }),
        close: () => {
          reading = false;
          for (let i = 0; i < 2; i++) if (!canceled[i]) bytes.close(branches[i].controller);
          for (const b of branches) if (b.controller.pendingPullIntos.length > 0) bytes.respond(b.controller, 0);
          if (!canceled[0] || !canceled[1]) d.resolve();
        },
        error: () => {
          reading = false;
        },
      });
    }

    function pullInto(view, forSecond) {
      if (reader.requests !== undefined) {
        rs.releaseReader(reader);
        reader = bytes.acquireReader(s);
        forward(reader);
      }
      const mine = forSecond ? 1 : 0;
      const other = 1 - mine;
      bytes.readInto(reader, view, 1, {
        chunk: (chunk) => queueMicrotask(() => {
          readAgain[0] = readAgain[1] = false;
          if (!canceled[other]) {
            let copied;
            try {
              copied = clone(chunk);
            } catch (e) {
              failBoth(e);
              return;
            }
            if (!canceled[mine]) bytes.respondWithNewView(branches[mine].controller, chunk);
            bytes.enqueue(branches[other].controller, copied);
          } else if (!canceled[mine]) {
            bytes.respondWithNewView(branches[mine].controller, chunk);
          }
          again();
        }),
        close: (chunk) => {
          reading = false;
          if (!canceled[mine]) bytes.close(branches[mine].controller);
          if (!canceled[other]) bytes.close(branches[other].controller);
          if (chunk !== undefined) {
            if (!canceled[mine]) bytes.respondWithNewView(branches[mine].controller, chunk);
            if (!canceled[other] && branches[other].controller.pendingPullIntos.length > 0) bytes.respond(branches[other].controller, 0);
          }
          if (!canceled[mine] || !canceled[other]) d.resolve();
        },
        error: () => {
          reading = false;
        },
      });
    }

    function pullFor(i) {
      return () => {
        if (reading) {
          readAgain[i] = true;
          return resolvedWith();
        }
        reading = true;
        const request = bytes.byobRequest(branches[i].controller);
        if (request === null) pullDefault();
        else pullInto(request.view, i === 1);
        return resolvedWith();
      };
    }

    branches = [
      bytes.create({ start: u.noop, pull: pullFor(0), cancel: first }),
      bytes.create({ start: u.noop, pull: pullFor(1), cancel: second }),
    ];
    forward(reader);
    return branches;
  }

  return rs.tee = { tee };
};
