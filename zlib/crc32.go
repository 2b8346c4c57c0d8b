package zlib

import "hash/crc32"

// CRC32 is zlib.crc32: the checksum of p after what gave value
// (https://nodejs.org/docs/latest-v24.x/api/zlib.html#zlibcrc32data-value).
func CRC32(p []byte, value uint32) uint32 { return crc32.Update(value, crc32.IEEETable, p) }
