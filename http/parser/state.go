package parser

// state is where the grammar stands between two bytes.
type state uint8

const (
	// Between messages.
	sStart  state = iota // CR and LF are skipped
	sClosed              // after the last message; only CR and LF may follow
	sDrop                // after the last message, LenientDataAfterClose

	// Request line.
	sMethod
	sMethodSpace
	sURLSpaces
	sURLSchema
	sURLSchemaSlash1
	sURLSchemaSlash2
	sURLServer
	sURLServerAt
	sURLPath
	sURLQuery
	sURLFragment
	sURLLF
	sURLEnd
	sProtocolSpaces
	sProtocol

	// Version, then the rest of either start line.
	sMajor
	sDot
	sMinor
	sPreface
	sRequestCR
	sRequestLF
	sStatusSpace
	sStatusCode
	sStatusCodeEnd
	sStatusText
	sStatusLF

	// Header lines, of the head and of the trailers.
	sFirstHeader
	sHeader
	sName
	sNameSpaces
	sValueSpaces
	sValueEmptyLF
	sValueEmptyFold
	sValue
	sValueLF
	sValueFold
	sHeadersLF

	// Chunked body.
	sChunkSizeStart
	sChunkSize
	sChunkSizeSpaces
	sChunkExt
	sChunkExtName
	sChunkExtValue
	sChunkExtQuoted
	sChunkExtQuotedPair
	sChunkExtQuotedEnd
	sChunkSizeLF
	sChunkData
	sChunkDataCR
	sChunkDataLF

	// Other bodies.
	sBodyLength
	sBodyEOF

	// States that need no byte: entered after a callback that may have made
	// Execute return.
	sHeadComplete
	sComplete
	sFailed
)

// flag is what is known about the message.
type flag uint16

const (
	fClose flag = 1 << iota
	fKeepAlive
	fConnUpgrade
	fUpgrade
	fChunked
	fLength
	fTransferEncoding
	fSkipBody
	fTrailing
	fHost
	fExpect
	fTakeover // llhttp's upgrade field: what follows is another protocol
)

// valueKind is which of the headers that the grammar reads the value belongs
// to, with the state inside it.
type valueKind uint8

const (
	vGeneral valueKind = iota
	vUpgrade
	vRelaxed     // has had a byte that only LenientHeaders lets through
	vConnRelaxed // the same, in a Connection header
	vLengthDigits
	vLengthSpaces
	vTEToken // reading letters of a coding that is still equal to "chunked"
	vTEOther // in a coding that is not chunked
	vTEMatched
	vConnToken
	vConnOther
	vConnMatched
)

// finishKind is what the end of input means.
type finishKind uint8

const (
	finishSafe     finishKind = iota // between messages
	finishComplete                   // the body ends here
	finishUnsafe                     // in the middle of a message
)
