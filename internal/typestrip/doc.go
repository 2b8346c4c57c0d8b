// Package typestrip turns TypeScript into JavaScript by replacing what is only
// there for types with white space, so that every position stays
// (https://nodejs.org/docs/latest-v24.x/api/typescript.html#type-stripping).
//
// It is a parser of the grammar that looks for the ends of things and keeps no
// tree. Syntax that would need code of its own (enum, namespace with values,
// parameter properties, import = …) is an Error of the kind Unsupported. What is
// wrong JavaScript may get through: the engine's parser reports it.
package typestrip
