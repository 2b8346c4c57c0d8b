// DOMException (https://webidl.spec.whatwg.org/#idl-DOMException). Instances
// are errors, with a stack of their own.
(() => {
  const codes = [
    ['INDEX_SIZE_ERR', 'IndexSizeError'], ['DOMSTRING_SIZE_ERR'], ['HIERARCHY_REQUEST_ERR', 'HierarchyRequestError'],
    ['WRONG_DOCUMENT_ERR', 'WrongDocumentError'], ['INVALID_CHARACTER_ERR', 'InvalidCharacterError'], ['NO_DATA_ALLOWED_ERR'],
    ['NO_MODIFICATION_ALLOWED_ERR', 'NoModificationAllowedError'], ['NOT_FOUND_ERR', 'NotFoundError'],
    ['NOT_SUPPORTED_ERR', 'NotSupportedError'], ['INUSE_ATTRIBUTE_ERR', 'InUseAttributeError'],
    ['INVALID_STATE_ERR', 'InvalidStateError'], ['SYNTAX_ERR', 'SyntaxError'],
    ['INVALID_MODIFICATION_ERR', 'InvalidModificationError'], ['NAMESPACE_ERR', 'NamespaceError'],
    ['INVALID_ACCESS_ERR', 'InvalidAccessError'], ['VALIDATION_ERR'], ['TYPE_MISMATCH_ERR', 'TypeMismatchError'],
    ['SECURITY_ERR', 'SecurityError'], ['NETWORK_ERR', 'NetworkError'], ['ABORT_ERR', 'AbortError'],
    ['URL_MISMATCH_ERR', 'URLMismatchError'], ['QUOTA_EXCEEDED_ERR', 'QuotaExceededError'], ['TIMEOUT_ERR', 'TimeoutError'],
    ['INVALID_NODE_TYPE_ERR', 'InvalidNodeTypeError'], ['DATA_CLONE_ERR', 'DataCloneError'],
  ];
  const codeOf = new Map();
  codes.forEach(([, name], i) => name && codeOf.set(name, i + 1));
  const fields = new WeakMap();

  function get(o) {
    const f = fields.get(o);
    if (f === undefined) {
      const error = new TypeError('Value of "this" must be of type DOMException');
      error.code = 'ERR_INVALID_THIS';
      throw error;
    }
    return f;
  }

  class DOMException {
    constructor(message = '', options = 'Error') {
      message = `${message}`;
      let name = 'Error';
      let cause;
      const extra = options !== null && typeof options === 'object';
      if (extra) {
        if ('name' in options) name = `${options.name}`;
      } else {
        name = `${options}`;
      }
      // The header of the stack is the error's name and message at its birth.
      const self = new Error(message);
      delete self.message;
      Object.setPrototypeOf(self, new.target.prototype);
      fields.set(self, { message, name });
      if (extra && 'cause' in options) {
        cause = options.cause;
        Object.defineProperty(self, 'cause', { value: cause, writable: true, enumerable: false, configurable: true });
      }
      Error.captureStackTrace(self, DOMException);
      return self;
    }

    get name() {
      return get(this).name;
    }

    get message() {
      return get(this).message;
    }

    get code() {
      return codeOf.get(get(this).name) ?? 0;
    }
  }
  Object.setPrototypeOf(DOMException.prototype, Error.prototype);
  for (const name of ['name', 'message', 'code']) Object.defineProperty(DOMException.prototype, name, { enumerable: true });
  codes.forEach(([constant], i) => {
    const d = { value: i + 1, writable: false, enumerable: true, configurable: false };
    Object.defineProperty(DOMException, constant, d);
    Object.defineProperty(DOMException.prototype, constant, d);
  });
  Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { value: 'DOMException', configurable: true });
  return { DOMException };
})();
