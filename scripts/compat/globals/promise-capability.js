// Constructors that are handed to Promise's functions: their executor is called
// once, with two functions.
'use strict';
const attempt = (name, C) => {
  try {
    Promise[name].call(C, []);
    console.log(name, 'made');
  } catch (err) {
    console.log(name, err.name);
  }
};
for (const name of ['any', 'all', 'race', 'allSettled', 'withResolvers']) {
  attempt(name, function (executor) { executor(undefined, () => {}); });
  attempt(name, function (executor) { executor(() => {}, 5); });
  attempt(name, function (executor) { executor(() => {}, () => {}); executor(() => {}, () => {}); });
  attempt(name, function (executor) { executor(undefined, undefined); executor(() => {}, () => {}); });
  attempt(name, function () {});
  attempt(name, 5);
}
class Own extends Promise {}
console.log(Promise.try.call(Own, () => 1) instanceof Own, Object.keys(Promise.withResolvers()));
