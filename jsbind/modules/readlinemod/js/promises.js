// node:readline/promises (https://nodejs.org/docs/latest-v24.x/api/readline.html#promises-api).
(function (host) {
  const k = host.load('symbols');
  const Base = host.load('complete');
  host.load('editor');
  const { Readline } = host.load('csi');

  class Interface extends Base {
    constructor(input, output, completer, terminal) {
      super(input, output, completer, terminal);
    }

    question(query, options = {}) {
      return new Promise((resolve, reject) => {
        let done = resolve;
        if (options?.signal) {
          const { signal } = options;
          host.checkSignal(signal, 'options.signal');
          if (signal.aborted) {
            reject(host.abortError(signal.reason));
            return;
          }
          const onAbort = () => {
            this[k.questionCancel]();
            reject(host.abortError(signal.reason));
          };
          signal.addEventListener('abort', onAbort, { once: true });
          done = (answer) => {
            signal.removeEventListener('abort', onAbort);
            resolve(answer);
          };
        }
        this[k.question](query, done);
        this[k.questionReject] = reject;
      });
    }
  }

  function createInterface(input, output, completer, terminal) {
    return new Interface(input, output, completer, terminal);
  }

  return { Interface, Readline, createInterface };
})
