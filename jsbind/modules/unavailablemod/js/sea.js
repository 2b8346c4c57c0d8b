// node:sea (https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html):
// the program is never a single-executable application.
(function (host) {
  const outside = () => host.fail('Error', 'ERR_NOT_IN_SINGLE_EXECUTABLE_APPLICATION', 'Operation cannot be invoked when not in a single-executable application');
  function get(key) {
    host.checkString(key, 'key');
    outside();
  }
  return {
    isSea() { return false; },
    getAsset(key, encoding) {
      if (encoding !== undefined) host.checkString(encoding, 'encoding');
      get(key);
    },
    getRawAsset(key) { get(key); },
    getAssetAsBlob(key, options) { get(key); },
    getAssetKeys() { outside(); },
  };
})
