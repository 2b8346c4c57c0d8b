package jsbind

import "github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"

// lazyGlobals are the globals that are loaded with their module.
var lazyGlobals = []lazyGlobal{
	{name: "Buffer", module: "buffer", export: "Buffer"},
	{name: "atob", module: "buffer", export: "atob", enumerable: true},
	{name: "btoa", module: "buffer", export: "btoa", enumerable: true},
	{name: "AbortController", load: eventtargetmod.Load, export: "AbortController"},
	{name: "AbortSignal", load: eventtargetmod.Load, export: "AbortSignal"},
	{name: "CustomEvent", load: eventtargetmod.Load, export: "CustomEvent"},
	{name: "Event", load: eventtargetmod.Load, export: "Event"},
	{name: "EventTarget", load: eventtargetmod.Load, export: "EventTarget"},
	{name: "console", module: "console"},
	{name: "TextDecoder", module: "util", export: "TextDecoder"},
	{name: "TextEncoder", module: "util", export: "TextEncoder"},
	{name: "URL", module: "url", export: "URL"},
	{name: "URLSearchParams", module: "url", export: "URLSearchParams"},
}
