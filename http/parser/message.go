package parser

// headersEnd ends a head, or trailers, before index i of the input.
func (p *Parser) headersEnd(d []byte, i int) int {
	h := &p.head
	h.buf = p.block(d, i)
	p.inBlock = false
	n := len(h.pairs)
	p.state = sHeadComplete
	if p.flags&fTrailing != 0 {
		p.state = sComplete
	}
	if p.opt.Yield && (n > 0 && p.state == sComplete || p.opt.Flushed && p.state == sHeadComplete) {
		p.opt.Flushed = true
		// The block outlives the input.
		p.cut(d, i, i)
		h.buf = p.arena
		p.yielded, p.stop = true, true
	}
	return i
}

// flushDue reports whether a full batch of lines has not been yielded for.
func (p *Parser) flushDue(lines int) bool {
	return p.opt.Yield && lines%BatchPairs == 0 && lines != p.flushed
}

// headComplete reports a head that ends before index i.
func (p *Parser) headComplete(i int) {
	h := &p.head
	p.nread = 0
	p.describe()
	p.state, p.calling = sFailed, errCallbackHeaders
	action, err := p.handler.OnHeadersComplete(h)
	switch {
	case err != nil:
		p.throw(err, i)
	case p.freed:
		p.stop = true
	case action == Continue, action == SkipBody, action == Upgrade:
		p.beginBody(i, action)
	default:
		p.fail(errCallbackHeaders, i)
	}
}

// describe fills in what the head says about the message.
func (p *Parser) describe() {
	h, f := &p.head, p.flags
	if f&fUpgrade != 0 && f&fConnUpgrade != 0 {
		h.Upgrade = p.opt.Kind == Request || h.Status == 101
	} else {
		h.Upgrade = p.opt.Kind == Request && h.Method == CONNECT
	}
	h.HasContentLength = f&fLength != 0
	h.TransferEncoding = f&fTransferEncoding != 0
	h.Chunked = f&fChunked != 0
	h.ConnectionClose = f&fClose != 0
	h.ConnectionKeepAlive = f&fKeepAlive != 0
	h.ConnectionUpgrade = f&fConnUpgrade != 0
	h.HasUpgrade = f&fUpgrade != 0
	h.HasHost = f&fHost != 0
	h.HasExpect = f&fExpect != 0
	h.ShouldKeepAlive = p.shouldKeepAlive()
}

// bodiless reports whether the response's status, or the caller, rules a body
// out, whatever the head says. Node reads one behind 104 to 199 that announce it.
func (p *Parser) bodiless() bool {
	if p.flags&fSkipBody != 0 {
		return true
	}
	if p.opt.Kind == Response {
		switch p.head.Status {
		case 100, 101, 102, 103, 204, 304:
			return true
		}
	}
	return false
}

// untilEOF reports whether the end of the message is the end of the input
// (RFC 9112, section 6.3).
func (p *Parser) untilEOF() bool {
	switch f := p.flags; {
	case p.opt.Kind == Request || p.bodiless() || p.head.Status/100 == 1:
		return false
	case f&fTransferEncoding != 0 && f&fChunked == 0:
		return true
	default:
		return f&(fChunked|fLength) == 0
	}
}

// shouldKeepAlive is llhttp_should_keep_alive.
func (p *Parser) shouldKeepAlive() bool {
	if p.head.Major > 0 && p.head.Minor > 0 {
		if p.flags&fClose != 0 {
			return false
		}
	} else if p.flags&fKeepAlive == 0 {
		return false
	}
	return !p.untilEOF()
}

// beginBody chooses how the body is read.
func (p *Parser) beginBody(i int, action Action) {
	h := &p.head
	takeover := h.Upgrade
	if action != Continue {
		p.flags |= fSkipBody
		takeover = takeover || action == Upgrade
	}
	if p.flags &^= fTakeover; takeover {
		p.flags |= fTakeover
	}
	if p.flags&fLength != 0 {
		p.carry = h.ContentLength
	}
	hasBody := p.flags&fChunked != 0 || p.carry > 0
	switch {
	case takeover && (h.Method == CONNECT && p.opt.Kind == Request || p.flags&fSkipBody != 0 || !hasBody),
		p.opt.Kind == Response && h.Status == 101:
		p.state = sComplete
		p.upgraded = true
	case p.bodiless():
		p.state = sComplete
	case p.flags&fChunked != 0:
		p.state, p.carry = sChunkSizeStart, 0
	case p.flags&fTransferEncoding != 0:
		if p.opt.Kind == Request && !p.lenient(LenientChunkedLength|LenientTransferEncoding) {
			p.fail(errTERequest, i)
			return
		}
		p.state, p.finish = sBodyEOF, finishComplete
	case p.untilEOF():
		p.state, p.finish = sBodyEOF, finishComplete
	case h.ContentLength == 0:
		p.state = sComplete
	default:
		p.state, p.remaining, p.carry = sBodyLength, h.ContentLength, 0
	}
}

// readBody reads a body of known length.
func (p *Parser) readBody(d []byte, i int) int {
	to := len(d)
	if p.remaining <= uint64(to-i) {
		to = i + int(p.remaining)
		p.state = sComplete
	}
	p.remaining -= uint64(to - i)
	return p.body(d, i, to)
}

// body reports the body bytes from index i to index to, and returns to.
func (p *Parser) body(d []byte, i, to int) int {
	p.calling = errCallbackBody
	if err := p.handler.OnBody(d[i:to:to]); err != nil {
		p.throw(err, to)
		return to
	}
	if p.opt.Yield {
		p.yielded, p.stop = true, true
	}
	if p.freed {
		p.stop = true
	}
	return to
}

// noTrailers returns an empty list of trailers.
func (p *Parser) noTrailers() *Fields {
	p.head.buf, p.head.pairs = nil, p.head.pairs[:0]
	return &p.head.Fields
}

// complete ends the message before index i.
func (p *Parser) complete(i int) {
	trailers := &p.head.Fields
	if p.flags&fTrailing == 0 {
		trailers = p.noTrailers()
	}
	p.state, p.calling = sFailed, errCallbackComplete
	takeover := p.upgraded
	err := p.handler.OnMessageComplete(trailers)
	if err != nil {
		p.throw(err, i)
		return
	}
	if p.freed {
		p.stop = true
	}
	p.arena = p.arena[:0]
	p.finish = finishSafe
	switch {
	case p.shouldKeepAlive():
		p.state, p.carry = sStart, 0
	case p.lenient(LenientKeepAlive):
		p.state = sStart
	default:
		p.state = sClosed
	}
	if takeover || p.flags&fTakeover != 0 {
		p.stop, p.upgraded = true, true
	}
	if takeover {
		p.finish = finishUnsafe
	}
}
